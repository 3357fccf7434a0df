"""What looks wrong about a load, rule by rule: what is told of it, and what is no cause for concern."""

from dataclasses import replace
from datetime import date

import pytest

from bot.loading.report import Concern, DocumentRace, HistoryChanges, RaceOutline
from bot.loading.review.concerns import RANKS, RULES, find_concerns
from bot.loading.review.race_state import CitedText, RaceState
from bot.loading.review.reviewed_load import Neighbour, ReviewedLoad

KEY = "cup-2099-17"
OUTLINE = RaceOutline(
    "Abel Quist",
    tuple(enumerate(("Abel Quist", "Denny Orr", "R.J. Falk", "Moss Hale", "Ivo Stein"), 1)),
    (("Stage 1", "Denny Orr"),),
    (("drivers", "Denny Orr"),),
    36,
)
RACE = RaceState(KEY, "2099 Example 400", OUTLINE, "cup", 2099, 17, date(2099, 6, 25), "2099-017", 36)
KNOWN = {"driver": frozenset({"Abel Quist", "Denny Orr", "R.J. Falk"}), "team": frozenset({"Quist Racing"})}
SEASON = (
    Neighbour("2099 Spring 300", 16, date(2099, 6, 18), 36),
    Neighbour("2099 River 500", 15, date(2099, 6, 11), 36),
    Neighbour("2099 Harbor 250", 18, date(2099, 7, 2), 36),
)


def changed(**after: object) -> ReviewedLoad:
    """A load by which the race is another one in these fields."""
    return ReviewedLoad({KEY: RACE}, {KEY: replace(RACE, **after)}, KNOWN)  # type: ignore[arg-type]


def added(**after: object) -> ReviewedLoad:
    """A load by which the race comes, with these fields, among the races of its season."""
    race = replace(RACE, **after)  # type: ignore[arg-type]
    return ReviewedLoad({}, {KEY: race}, KNOWN, {KEY: SEASON}, {KEY: SEASON[0]})


def outline(**fields: object) -> RaceOutline:
    return replace(OUTLINE, **fields)  # type: ignore[arg-type]


def names(*pairs: tuple[str, str]) -> dict[tuple[str, str], tuple[str, int]]:
    return dict.fromkeys(pairs, ("page.txt", 12))


CASES: tuple[tuple[ReviewedLoad, tuple[str, str]], ...] = (
    (
        ReviewedLoad({}, {KEY: RACE}, found_races=(DocumentRace("recap.txt", "x", (), KEY),)),
        ("new race", "recap.txt makes a new race, 2099 Example 400: nothing in the archive fits it"),
    ),
    (ReviewedLoad({KEY: RACE}), ("race gone", "the 2099 Example 400 goes: nothing tells of it any more")),
    (
        ReviewedLoad(
            champions_before={(2098, "Cup Series", "drivers"): "Abel Quist"},
            champions_after={(2098, "Cup Series", "drivers"): "Denny Orr"},
        ),
        ("champion", "the drivers’ champion of 2098 in the Cup Series is Denny Orr, until now Abel Quist"),
    ),
    (
        ReviewedLoad(champions_before={(2098, "Cup Series", "drivers"): "Abel Quist"}),
        ("champion", "the drivers’ champion of 2098 in the Cup Series, Abel Quist, goes"),
    ),
    (
        changed(outline=outline(winner="Denny Orr")),
        ("winner", "the winner of the 2099 Example 400 is Denny Orr, until now Abel Quist"),
    ),
    (
        changed(outline=outline(winner="")),
        ("winner", "the winner of the 2099 Example 400 is no longer told, until now Abel Quist"),
    ),
    (
        changed(outline=outline(places=OUTLINE.places[:2])),
        (
            "top ten",
            "the top ten of the 2099 Example 400 is another: 3rd no longer told, until now R.J. Falk; 4th no longer "
            "told, until now Moss Hale; 5th no longer told, until now Ivo Stein",
        ),
    ),
    (
        changed(outline=outline(stage_winners=(("Stage 1", "R.J. Falk"),))),
        ("stage winner", "2099 Example 400: the winner of Stage 1 is R.J. Falk, until now Denny Orr"),
    ),
    (
        changed(outline=outline(leaders=(("drivers", "Abel Quist"),))),
        (
            "points leader",
            "2099 Example 400: who leads the drivers on points after the race is Abel Quist, until now Denny Orr",
        ),
    ),
    (added(names=names(("driver", "Abel Quisd"))), ("similar name", "new driver Abel Quisd, like Abel Quist?")),
    (added(names=names(("team", "Quist Raceing"))), ("similar name", "new team Quist Raceing, like Quist Racing?")),
    (
        added(names=names(("driver", "Zora Wynn"), ("driver", "Otto Lund"))),
        ("new name", "new drivers Otto Lund, Zora Wynn"),
    ),
    (added(day=date(2098, 6, 25)), ("date", "the 2099 Example 400 is dated June 25, 2098, which is not in 2099")),
    (
        added(day=date(2099, 6, 10)),
        ("date", "the 2099 Example 400 is dated June 10, 2099, before round 16, the 2099 Spring 300 of June 18, 2099"),
    ),
    (
        added(day=date(2099, 11, 20), round=None),
        ("date", "the 2099 Example 400 is dated November 20, 2099, 141 days from any other race of the season"),
    ),
    (
        added(cars=10),
        ("few cars", "the 2099 Example 400 has 10 cars; the race before it, 2099 Spring 300, 36"),
    ),
    (changed(cars=1), ("few cars", "the 2099 Example 400 has 1 car, until now 36")),
    (changed(failures=(CitedText("places do not run on", "page.txt", 7),)), ("check", "places do not run on")),
    (
        changed(disagreements=(CitedText("299 is shown, recap.txt:7 says 300", "page.txt", 8, "laps_run"),)),
        ("disagreement", "299 is shown, recap.txt:7 says 300"),
    ),
    (
        ReviewedLoad(histories=(HistoryChanges("cup.csv", 5, 2000, 822),)),
        ("many races", "2,822 races of cup.csv change or go, too many to be looked at one by one"),
    ),
)


@pytest.mark.parametrize(("load", "told"), CASES, ids=[f"{told[0]}-{n}" for n, (_, told) in enumerate(CASES)])
def test_each_thing_that_looks_wrong_is_told(load: ReviewedLoad, told: tuple[str, str]) -> None:
    assert [(one.kind, one.text) for one in find_concerns(load)] == [told]


def test_every_kind_has_its_case_and_its_rank() -> None:
    assert {told[0] for _, told in CASES} == set(RANKS)
    assert len(set(RANKS.values())) == len(RANKS) == len(RULES) + 1, "the rule of names has two kinds"


@pytest.mark.parametrize(
    "load",
    [
        ReviewedLoad(),
        changed(),
        added(names=names(("driver", "Abel Quist"), ("driver", "RJ Falk"), ("person", "Mike Nobody"))),
        ReviewedLoad({}, {KEY: replace(RACE, names=names(("driver", "Zora Wynn")))}),  # an archive that knows nobody
        ReviewedLoad({}, {KEY: RACE}, found_races=(DocumentRace("recap.txt", "x", ("name",), KEY),)),
        added(cars=34),
        added(cars=0),
        added(day=None),
        ReviewedLoad(histories=(HistoryChanges("cup.csv", 2822, 0, 0),)),
        ReviewedLoad(  # what was wrong before is not new
            {KEY: replace(RACE, failures=(CitedText("odd", "page.txt", 7),))},
            {KEY: replace(RACE, failures=(CitedText("odd", "page.txt", 9),))},
        ),
        ReviewedLoad(
            champions_before={(2098, "Cup Series", "drivers"): "Abel Quist"},
            champions_after={(2098, "Cup Series", "drivers"): "Abel Quist", (2099, "Cup", "drivers"): "Denny Orr"},
        ),
    ],
)
def test_what_is_as_it_should_be_is_no_concern(load: ReviewedLoad) -> None:
    assert find_concerns(load) == ()


def test_what_is_worst_comes_first_with_its_document_and_line() -> None:
    load = replace(
        changed(
            outline=outline(winner="Denny Orr"),
            names=names(("driver", "Abel Quisd")),
            failures=(CitedText("places do not run on", "page.txt", 7),),
        ),
        histories=(HistoryChanges("cup.csv", 0, 1, 0),),
    )
    found = find_concerns(load)
    assert [one.kind for one in found] == ["winner", "similar name", "check", "many races"]
    assert found[1] == Concern(
        "similar name", RANKS["similar name"], "new driver Abel Quisd, like Abel Quist?", KEY, "page.txt", 12,
        "Abel Quisd",
    )  # fmt: skip
    assert (found[2].document, found[2].line) == ("page.txt", 7)
