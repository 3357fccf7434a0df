"""Points systems: how many points a finish pays, by season of the national series, as data.

Sources: the points systems as announced for each season. 2017 to 2024: 40 to the winner, 35 to the second, then one
less for each place, at least 1, and 10 to 1 points to the first ten of each of the first two stages. 2025 adds a
point for the fastest lap of the race, 2026 pays 55 for a win. 2016: one point for each place counted from the 40th,
3 more to the winner, one for a lap led and one for the most laps led; 2011 to 2015 the same from the 43rd.
1975 to 2003: 175, 170, 165, 160, 155, 150, then four less to the eleventh and three less from there; 5 for a lap led
and 5 for the most laps led; 2004 to 2006 the winner has 180 and 2007 to 2010 185.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.racing.series import NATIONAL_SERIES

__all__ = ["PLAYOFF_RACES", "POINTS_SCALES", "PointsScale", "points_scale_of"]

# Series to the first season in which the title was run for at its end, and in how many races: the Chase, then the
# playoffs. Source: the series' own announcements of 2004 and 2016.
PLAYOFF_RACES: Mapping[str, tuple[int, int]] = {"cup": (2004, 10), "nxs": (2016, 7), "truck": (2016, 7)}
STAGE_POINTS = 10  # to the winner of a stage; one less for each place


@dataclass(frozen=True, slots=True)
class PointsScale:
    """One system of points. `finish_points` are points by place from 1, the last of them for every place behind.

    `bonus_sums` are the sums that a driver may have on top of finish and stages (a lap led, the most laps, the fastest
    lap), 0 among them; `winner_bonus_sums` those of the winner. `pays_stages` tells whether stages pay.
    """

    first_season: int
    last_season: int
    series: frozenset[str]
    finish_points: tuple[int, ...]
    pays_stages: bool
    bonus_sums: tuple[int, ...]
    winner_bonus_sums: tuple[int, ...]
    description: str

    def points_for_finish(self, position: int) -> int:
        """Points for a place, without stages and bonus."""
        return self.finish_points[min(position, len(self.finish_points)) - 1]

    def allowed_points(
        self, position: int, stage_points: int, laps_led: int | None = None, most_laps_led: int | None = None
    ) -> frozenset[int]:
        """The points that a driver may have for a place with these `stage_points`.

        Where laps led pay, and `laps_led` and the `most_laps_led` of anybody are known, only the bonus for them.
        """
        bonus_sums = self.winner_bonus_sums if position == 1 else self.bonus_sums
        if not self.pays_stages and laps_led is not None and most_laps_led:
            led_bonus = self.bonus_sums[1]
            won_bonus = self.winner_bonus_sums[0] - led_bonus if position == 1 else 0
            earned = won_bonus + led_bonus * (laps_led > 0)
            # Of several who led as many laps one may have had the point alone.
            bonus_sums = (earned, earned + led_bonus) if laps_led == most_laps_led else (earned,)
        return frozenset(self.points_for_finish(position) + stage_points + bonus for bonus in bonus_sums)


def _descending_points(highest: int, *first_points: int) -> tuple[int, ...]:
    """The first places as given, then one less for each, down to 1."""
    return (*first_points, *range(highest, 0, -1))


def _latford_points(winner: int) -> tuple[int, ...]:
    """The scale of 1975: steps of five to the sixth, of four to the eleventh, of three to the last."""
    # Only the winner is paid differently over the years; from the second place on the steps stay.
    points = [winner, 170, 165, 160, 155, 150]
    while len(points) < 43:
        points.append(points[-1] - (4 if len(points) < 11 else 3))
    return tuple(points)


POINTS_SCALES: tuple[PointsScale, ...] = (
    PointsScale(1975, 2003, frozenset({"cup"}), _latford_points(175), False, (0, 5, 10), (5, 10),
          "175 for the win, 170 for second, 5 for a lap led and 5 for the most laps led (1975 to 2003)"),
    PointsScale(2004, 2006, frozenset({"cup"}), _latford_points(180), False, (0, 5, 10), (5, 10),
          "180 for the win, 170 for second, 5 for a lap led and 5 for the most laps led (2004 to 2006)"),
    PointsScale(2007, 2010, frozenset({"cup"}), _latford_points(185), False, (0, 5, 10), (5, 10),
          "185 for the win, 170 for second, 5 for a lap led and 5 for the most laps led (2007 to 2010)"),
    PointsScale(2011, 2015, frozenset({"cup"}), _descending_points(42, 43), False, (0, 1, 2), (4, 5),
          "43 for first place down to 1, 3 for the win, 1 for a lap led and 1 for the most laps led (2011 to 2015)"),
    PointsScale(2016, 2016, frozenset({"cup"}), _descending_points(39, 40), False, (0, 1, 2), (4, 5),
          "40 for first place down to 1, 3 for the win, 1 for a lap led and 1 for the most laps led (2016)"),
    PointsScale(2017, 2024, NATIONAL_SERIES, _descending_points(35, 40), True, (0,), (0,),
          "40 for the win, 35 for second, one less for each place, and 10 to 1 in each stage (2017 to 2024)"),
    PointsScale(2025, 2025, NATIONAL_SERIES, _descending_points(35, 40), True, (0, 1), (0, 1),
          "40 for the win, 35 for second, one less for each place, 10 to 1 a stage, 1 for the fastest lap (2025)"),
    PointsScale(2026, 2026, NATIONAL_SERIES, _descending_points(35, 55), True, (0, 1), (0, 1),
          "55 for the win, 35 for second, one less for each place, 10 to 1 a stage, 1 for the fastest lap (2026)"),
)  # fmt: skip


def points_scale_of(series: str | None, season: int | None) -> PointsScale | None:
    """The scale of a season of a series; None where no rule is written here, and then nothing is checked."""
    # The seasons of one series never overlap, so the first that fits is the only one.
    for scale in POINTS_SCALES:
        if season is not None and scale.first_season <= season <= scale.last_season and series in scale.series:
            return scale
    return None
