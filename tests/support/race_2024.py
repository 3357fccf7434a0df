"""Documents of a race of 2024 that was never run, in words of the project: its page, a recap, and the points after it.

The drivers are those of the page in the seeds, in another order, so that nobody is new to the archive.
"""

import re

from tests.support.paths import SEEDS

__all__ = ["PAGE_2024", "POINTS_2024", "RECAP_2024", "WINNER_2024"]

RESULT_ROW = re.compile(r"\| \d+ \| \d+ \| (\w+) \| ([^|]+?)(?: \([iR]\))* \| ([^|]+) \| ([^|]+) \| \d+ \| \d+ \|")
SCORES = (40, *range(35, 0, -1))
Car = tuple[str, str, str, str]  # number, driver, team, make


def _finish() -> list[Car]:
    """The cars of the seeds' race in the order of this one."""
    lines = (SEEDS / "ally-400-race-page.txt").read_text(encoding="utf-8").splitlines()
    cars = [(row[1], row[2], row[3], row[4]) for row in map(RESULT_ROW.fullmatch, lines) if row]
    return [cars[(7 * place + 3) % len(cars)] for place in range(len(cars))]


def _page(finish: list[Car], stages: tuple[list[Car], list[Car]]) -> str:
    """The page of an encyclopedia: an infobox, two stages of ten, the results."""
    lines = [
        "= 2024 Cumberland 300 =", "", "Infobox", "- Description: Race 18 of 36 in the 2024 NASCAR Cup Series",
        "- Race Name: Cumberland 300", "- Fulldate: 2024-06-30",
        "- Location: Nashville Superspeedway in Lebanon, Tennessee", "- Distance Laps: 225", "",
        "The 2024 Cumberland 300 was run on June 30, 2024, at Nashville Superspeedway.", "", "==Race==", "",
        "===Stage results===", "",
    ]  # fmt: skip
    for name, laps, stage in zip(("One", "Two"), (60, 65), stages, strict=True):
        lines += [f"Stage {name}", f"Laps: {laps}", "", "| Pos | No | Driver | Team | Manufacturer | Points |"]
        lines += [f"| {place} | {' | '.join(car)} | {11 - place} |" for place, car in enumerate(stage, 1)]
        lines.append("")
    lines += ["===Final stage results===", "", "Stage Three", "Laps: 100", ""]
    lines.append("| Pos | Grid | No | Driver | Team | Manufacturer | Laps | Points |")
    for place, car in enumerate(finish, 1):
        points = SCORES[place - 1] + sum(10 - stage.index(car) for stage in stages if car in stage)
        laps = 225 if place <= len(finish) - 6 else 225 - place
        lines.append(f"| {place} | {(5 * place) % len(finish) + 1} | {' | '.join(car)} | {laps} | {points} |")
    return "\n".join(lines) + "\n"


FINISH = _finish()
STAGES = FINISH[2:12], FINISH[5:15]
WINNER_2024, SECOND = FINISH[0][1], FINISH[1][1]
PAGE_2024 = _page(FINISH, STAGES).encode()
RECAP_2024 = f"""date 2024-07-01 {WINNER_2024} won the 2024 Cumberland 300 at Nashville Superspeedway on Sunday.

{WINNER_2024} passed {SECOND} with 12 laps to go in the 18th race of the 2024 NASCAR Cup Series and led to the end.

Stage 1

{STAGES[0][0][1]} won Stage 1 under a blue sky.

Stage 2

{STAGES[1][0][1]} won Stage 2 ahead of {STAGES[1][1][1]}.
""".encode()
# As a fan would copy it from a table: nothing says after which race.
POINTS_2024 = "position,driver,points\n" + "".join(
    f"{place},{car[1]},{700 - 17 * place}\n" for place, car in enumerate(FINISH[:16], 1)
)
