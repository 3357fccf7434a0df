"""Documents of two races of a season, of which the later has just been run, by people who were never heard of before.

Winner, winners of the stages and leader on points of that race have names that stand nowhere else: whoever reads one of
them reads how the race ended.
"""

from datetime import UTC, datetime
from pathlib import Path

from tests.support.paths import SEEDS
from tests.support.watched_season import race_article, season_article

__all__ = ["BEFORE", "HIDDEN", "NOW", "SECRETS", "SEEN_AGAIN", "WINNER", "write_documents"]

WINNER, LEADER, STAGE_WINNERS = "Zelda Quorvath", "Pia Tolmeric", ("Ottar Vexmoor", "Ilka Brandwyne")
SECRETS = tuple(name.split()[1] for name in (WINNER, LEADER, *STAGE_WINNERS))
HIDDEN, BEFORE = "cup-2023-2", "cup-2023-1"
NOW = datetime(2023, 6, 26, 1, 30, tzinfo=UTC)  # half past nine in the evening of the race
SEEN_AGAIN = datetime(2023, 6, 26, 23, 30, tzinfo=UTC)  # the start, four hours, and 24 more
PEOPLE = {
    "Martin Truex Jr.": LEADER, "Truex Jr.": LEADER, "Tyler Reddick": STAGE_WINNERS[0],
    "Denny Hamlin": STAGE_WINNERS[1], "Ross Chastain": WINNER, "Chastain": "Quorvath", "Truex": "Tolmeric",
    "Reddick": "Vexmoor", "Hamlin": "Brandwyne",
    # Those who were in the race before, too.
    "Kyle Busch": "Abel Quist", "William Byron": "Boyd Quist", "Byron": "Boyd Quist", "Chase Elliott": "Abel Orr",
    "Elliott": "Orr",
}  # fmt: skip
ROUNDS = {"Race 17 of 36": "Race 2 of 4", "as round 17": "as round 2", "seventeen races": "two races"}
SEASON = {
    "2099": "2023", "Sample 400": "Ally 400", "Sample Raceway": "Nashville Superspeedway",
    "Toledo, Ohio": "Lebanon, Tennessee", "February 8": "June 25",
    "[[Dean Quist]] || [[2023 Ally": f"[[{WINNER}]] || [[2023 Ally",
    "| [[Dean Quist]] || 4 || 1": f"| [[{LEADER}]] || 4 || 1",
}  # fmt: skip


def write_documents(folder: Path) -> Path:
    """A folder with the documents: page, story and points of the race, the page of the one before, and the season."""
    folder.mkdir(exist_ok=True)
    for name in ("ally-400-race-page.txt", "ally-400-recap.txt", "ally-400-points.txt"):
        text = (SEEDS / name).read_text(encoding="utf-8")
        (folder / name).write_text(_replaced(text, PEOPLE | ROUNDS), encoding="utf-8")
    (folder / "season.wikitext").write_text(_replaced(season_article(2), SEASON), encoding="utf-8")
    (folder / "example-500.wikitext").write_text(race_article(1).replace("2099", "2023"), encoding="utf-8")
    return folder


def _replaced(text: str, words: dict[str, str]) -> str:
    for before, after in words.items():
        text = text.replace(before, after)
    return text
