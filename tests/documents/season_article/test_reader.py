"""Articles about a season: schedule, winners and championships, with the spans, marks and notes that they have."""

import random
from datetime import date
from pathlib import PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.model import Document, RawClaim
from bot.documents.registry import FORMATS
from bot.documents.season import SeasonClaims, SeasonEvent, SeasonStandingClaim
from bot.documents.season_article.reader import SEASON_ARTICLE
from bot.errors import BadDocument
from tests.support.calls import calls_of
from tests.support.examples import examples
from tests.support.paths import SAMPLES, SEEDS

SAMPLE = (SAMPLES / "cup-2023-season.wikitext").read_text("utf-8")
TIMES, MOST_TIMES = 4, 4.4  # what is proportional to the length comes to 4, what is so to its square to 16
SCHEDULE = """
==Schedule==
{| class="wikitable"
! No. !! Race !! Track !! Date
|-
! 1
| Daytona 500 || Daytona International Speedway || February 15
|}
"""


def document(text: str, name: str = "article.txt") -> Document:
    return Document(name, "", tuple(text.split("\n")))


def season(text: str, name: str = "article.txt") -> SeasonClaims:
    (parsed,) = SEASON_ARTICLE.read(document(text, name))
    assert parsed.season is not None
    return parsed.season


def raw(text: str) -> list[tuple[str, str]]:
    (parsed,) = SEASON_ARTICLE.read(document(text))
    return [(claim.section, claim.text) for claim in parsed.claims if isinstance(claim, RawClaim)]


@pytest.fixture(scope="module")
def sample() -> SeasonClaims:
    return season(SAMPLE)


def event(claims: SeasonClaims, race: str) -> SeasonEvent:
    return next(one for one in claims.events if one.race == race)


def standing(claims: SeasonClaims, name: str) -> SeasonStandingClaim:
    return next(row for row in claims.standings if row.name == name)


def test_the_article_says_which_season_of_which_series_it_is(sample: SeasonClaims) -> None:
    assert (sample.series, sample.season, sample.series_name) == ("cup", 2023, "NASCAR Cup Series")


def test_the_row_above_the_cut_off_is_known(sample: SeasonClaims) -> None:
    assert [row.name for row in sample.standings if row.above_cut] == ["Ryan Blaney"]


@pytest.mark.parametrize(
    ("race", "round_number", "day", "start", "zone", "network", "radio", "counts"),
    [
        ("Busch Light Clash at The Coliseum", None, date(2023, 2, 5), "20:00", "America/New_York", "Fox", "MRN", False),
        ("Bluegreen Vacations Duel 1", None, date(2023, 2, 16), "19:00", "America/New_York", "Fox", "MRN", False),
        ("Daytona 500", 1, date(2023, 2, 19), "14:30", "America/New_York", "Fox", "MRN", True),
        ("Coca-Cola 600", 14, date(2023, 5, 29), "15:00", "America/New_York", "Fox", "PRN", True),
        ("Ally 400", 17, date(2023, 6, 25), "18:00", "America/Chicago", "NBC", "PRN", True),
        ("Grant Park 220", 18, date(2023, 7, 2), None, None, "NBC", "MRN", True),
        ("Quaker State 400", 19, None, None, None, "USA", "PRN", True),
        ("Toyota Owners 400", None, None, None, None, None, None, True),
    ],
)
def test_a_row_of_the_schedule_says_when_and_where_to_watch(
    sample: SeasonClaims,
    race: str,
    round_number: int | None,
    day: date | None,
    start: str | None,
    zone: str | None,
    network: str | None,
    radio: str | None,
    counts: bool,
) -> None:
    row = event(sample, race).scheduled
    assert row is not None
    told = (row.round, row.day, row.start, row.zone, row.network, row.radio, row.counts)
    assert told == (round_number, day, start, zone, network, radio, counts)


def test_track_and_town_are_told_apart_also_where_a_cell_spans_races(sample: SeasonClaims) -> None:
    places = {one.race: (one.track, one.scheduled.place) for one in sample.events if one.scheduled}
    assert places["Bluegreen Vacations Duel 1"] == ("Daytona International Speedway", "Daytona Beach, Florida")
    assert places["Daytona 500"] == ("Daytona International Speedway", "Daytona Beach, Florida")
    assert places["Ally 400"] == ("Nashville Superspeedway", "Lebanon, Tennessee")


def test_a_race_that_rain_moved_has_both_days(sample: SeasonClaims) -> None:
    row = event(sample, "Coca-Cola 600").scheduled
    assert row is not None
    assert (row.status, row.day, row.first_day) == ("postponed", date(2023, 5, 29), date(2023, 5, 28))


def test_a_race_that_was_cancelled_is_a_row_that_says_so(sample: SeasonClaims) -> None:
    row = event(sample, "Toyota Owners 400").scheduled
    assert row is not None
    assert (row.status, row.written_day, row.network) == ("cancelled", "", None)


def test_winners_stand_beside_their_row_of_the_schedule(sample: SeasonClaims) -> None:
    winners = event(sample, "Daytona 500").winners
    assert winners is not None
    assert (winners.winner, winners.winner_car, winners.winner_team, winners.winner_manufacturer) == (
        "Ricky Stenhouse Jr.", "47", "JTG Daugherty Racing", "Chevrolet",
    )  # fmt: skip
    assert (winners.pole_driver, winners.most_laps_led_driver) == ("Alex Bowman", "Brad Keselowski")
    assert winners.report == "2023 Daytona 500"


def test_a_race_to_come_has_no_winner(sample: SeasonClaims) -> None:
    assert event(sample, "Grant Park 220").winner is None


def test_the_grid_says_place_pole_and_most_laps_led_of_each_race(sample: SeasonClaims) -> None:
    marks = {mark.race: mark for mark in standing(sample, "Ross Chastain").finishes}
    assert {race: mark.position for race, mark in marks.items()} == {"DAY": 9, "CLT": 22, "NSH": 1}
    assert [race for race, mark in marks.items() if mark.pole] == ["NSH"]
    assert [race for race, mark in marks.items() if mark.most_laps_led] == ["NSH"]


def test_italics_are_a_pole_where_the_key_says_so(sample: SeasonClaims) -> None:
    assert [mark.race for mark in standing(sample, "Ty Gibbs").finishes if mark.pole] == ["CLT"]
    fastest = SAMPLE.replace("Pole position set by final practice results", "Fastest lap of the race")
    assert not [mark.race for mark in standing(season(fastest), "Ty Gibbs").finishes if mark.pole]


def test_points_places_and_marks_of_a_row(sample: SeasonClaims) -> None:
    chastain, gibbs, hocevar = (standing(sample, name) for name in ("Ross Chastain", "Ty Gibbs", "Carson Hocevar"))
    assert (chastain.position, chastain.points, chastain.stage_points, chastain.playoff_points) == (1, 2084.5, 33, 6)
    assert (gibbs.position, gibbs.points, gibbs.rookie) == (3, 400, True)
    assert (hocevar.position, hocevar.points, hocevar.ineligible) == (None, None, True)
    assert standing(sample, "Noah Gragson").position == 3
    assert {mark.race: mark.text for mark in standing(sample, "Noah Gragson").finishes}["CLT"] == "DNQ"


def test_makes_have_a_table_of_their_own_and_rookies_none(sample: SeasonClaims) -> None:
    assert [(row.name, row.points) for row in sample.standings if row.championship == "manufacturers"] == [
        ("Chevrolet", 114), ("Ford", 101),
    ]  # fmt: skip
    assert sum(row.name == "Ty Gibbs" for row in sample.standings) == 1


def test_every_row_stands_on_its_line(sample: SeasonClaims) -> None:
    lines = SAMPLE.split("\n")
    for one in sample.events:
        rows = [row for row in (one.scheduled, one.winners) if row]
        assert all(any(row.race in text for text in lines[row.line - 1 : row.line + 3]) for row in rows if row.race)
    for row in sample.standings:
        assert any(row.name in text for text in lines[row.line - 2 : row.line + 2])


def test_a_value_that_is_no_time_is_kept_as_written_and_named() -> None:
    assert raw(SAMPLE) == [("schedule: Quaker State 400: time", "7:00")]
    assert ("schedule: Daytona 500: date", "early spring") in raw(SAMPLE.replace("February 19", "early spring"))


@given(word=st.text(st.characters(codec="ascii", exclude_characters="|!{}[]<>'=\n\r"), min_size=1, max_size=12))
@examples(40)
def test_one_odd_value_keeps_every_other_row(word: str) -> None:
    changed, whole = season(SAMPLE.replace("| 2:30 p.m.", f"| {word}")), season(SAMPLE)
    assert [one for one in changed.events if one.race != "Daytona 500"] == [
        one for one in whole.events if one.race != "Daytona 500"
    ]
    assert changed.standings == whole.standings


def test_a_row_that_lacks_a_cell_says_nothing_wrong() -> None:
    slipped = SAMPLE.replace('| style="background:#cfcfff;" | 22<sup>2</sup>\n', "")
    row = standing(season(slipped), "Ross Chastain")
    assert (row.position, row.points, row.finishes) == (1, None, ())
    assert "2,084.5" in row.written_points
    assert any(section == "drivers standings: Ross Chastain: points" for section, _ in raw(slipped))


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("The '''2019 NASCAR Xfinity Series''' was a season.", "a.txt", ("nxs", 2019)),
        ("The '''2001 NASCAR [[Craftsman]] Truck Series''' ran.", "a.txt", ("truck", 2001)),
        ("The '''2023 [[ARCA Menards Series]]''' ran.", "a.txt", ("arca-menards-series", 2023)),
        ("The '''2023 ARCA Menards Series East''' ran.", "a.txt", ("arca-menards-series-east", 2023)),
        (
            "{{Infobox season\n| year = 1985\n| series = [[NASCAR Winston Cup Series]]\n}}\nIt ran.",
            "a.txt",
            ("cup", 1985),
        ),
        ("= 1998 NASCAR Busch Series =\nIt ran.", "a.txt", ("nxs", 1998)),
        ("It was a good year.", "2008_NASCAR_Sprint_Cup_Series.wikitext", ("cup", 2008)),
        ("The 1972 NASCAR Winston Cup Series was a season.", "a.txt", ("cup", 1972)),
    ],
)
def test_the_season_is_told_by_title_infobox_opening_or_file_name(
    text: str, name: str, expected: tuple[str, int]
) -> None:
    article = document(text + SCHEDULE, name)
    assert SEASON_ARTICLE.recognizes(article)
    (parsed,) = SEASON_ARTICLE.read(article)
    assert (parsed.identity.series, parsed.identity.season) == expected


def test_a_page_of_a_race_is_no_article_about_a_season() -> None:
    for path in (SAMPLES / "ally-400.wikitext", *SEEDS.glob("*.txt")):
        assert not SEASON_ARTICLE.recognizes(document(path.read_text("utf-8"), path.name)), path
    page = SAMPLE.replace("{{Infobox NASCAR season", "{{Infobox NASCAR race report")
    assert not SEASON_ARTICLE.recognizes(document(page))


def test_an_article_about_a_season_is_read_as_one() -> None:
    article = document(SAMPLE)
    assert next(form for form in FORMATS if form.recognizes(article)) is SEASON_ARTICLE


def test_an_article_without_a_table_of_a_season_names_those_that_it_has() -> None:
    tables = "{|\n! Team !! Sponsor\n|-\n| A || B\n|}\n{|\n! Color !! Result\n|-\n| Gold || Winner\n|}"
    text = f"The '''2023 NASCAR Cup Series''' ran.\n{tables}"
    with pytest.raises(BadDocument, match=r"line 2: Team, Sponsor; line 7: Color, Result") as error:
        SEASON_ARTICLE.read(document(text))
    assert error.value.path == PurePath("article.txt")


def test_a_torn_article_raises_nothing_but_bad_document() -> None:
    lines = SAMPLE.split("\n")
    chance = random.Random(7)
    for _ in range(60):
        torn = [line[: chance.randrange(len(line) + 1)] if chance.random() < 0.15 else line for line in lines]
        torn = [line for line in torn if chance.random() > 0.15][: chance.randrange(1, len(lines))]
        article = document("\n".join(torn), "2023 NASCAR Cup Series.txt")
        if SEASON_ARTICLE.recognizes(article):
            try:
                SEASON_ARTICLE.read(article)
            except BadDocument:
                continue


def test_a_table_larger_than_any_of_a_season_is_refused_with_its_line() -> None:
    text = SAMPLE + "\n{|\n" + "! rowspan=400 | x\n|-\n" * 2_000
    with pytest.raises(BadDocument, match="cells in one table"):
        SEASON_ARTICLE.read(document(text))


@pytest.mark.parametrize(
    "filling",
    [
        "| style=\"a\" | '''12'''*\n",
        "{{ \n[[ \n",
        "|}\n{|\n! a !! b\n",
        " " * 40 + "|| ",
        "February 1 " * 4,
    ],
)
def test_the_work_of_reading_grows_as_the_article_does(filling: str) -> None:
    short, long = (document(SAMPLE + "\n{|\n" + filling * times) for times in (100, 100 * TIMES))
    plain = calls_of(lambda: SEASON_ARTICLE.read(document(SAMPLE)))
    more = [calls_of(lambda article=article: SEASON_ARTICLE.read(article)) - plain for article in (short, long)]  # type: ignore[misc]
    assert more[1] < MOST_TIMES * more[0] + plain
