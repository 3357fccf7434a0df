"""Which documents tell of one race."""

import itertools
from dataclasses import dataclass
from datetime import date

from bot.documents.model import RaceIdentity
from bot.loading.merge.grouping import Grouping, group_stories, group_tables

PAGE = RaceIdentity("cup", 2023, 17, "Ally 400", "Nashville Superspeedway", date(2023, 6, 25), winner="Ross Chastain")


@dataclass(frozen=True)
class Told:
    """A document as grouping sees it; whether it is a page is in its name."""

    name: str
    identity: RaceIdentity
    tied: str | None = None

    @property
    def tells_race(self) -> bool:
        return True

    @property
    def is_founding(self) -> bool:
        return self.name.startswith("page")


def document(name: str, identity: RaceIdentity, tied: str | None = None) -> Told:
    return Told(name, identity, tied)


def grouping_of(*documents: Told) -> tuple[Grouping[Told], Grouping[Told]]:
    """The groups of the pages, then those of the stories."""
    tables = group_tables([one for one in documents if one.is_founding], {})
    stories = group_stories([one for one in documents if not one.is_founding], tables.races)
    return tables, stories


def grouped(*documents: Told) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for grouping in grouping_of(*documents):
        for key, group in grouping.races.items():
            groups[key] = sorted([*groups.get(key, []), *(one.name for one in group)])
    return dict(sorted(groups.items()))


def test_a_recap_that_names_the_race_joins_its_page() -> None:
    recap = RaceIdentity(name="Ally 400", appeared=date(2023, 6, 26), winner="Chastain")
    assert grouped(document("a", recap), document("page", PAGE)) == {"cup-2023-17": ["a", "page"]}


def test_a_recap_that_tells_only_track_and_day_joins_the_race_of_that_day() -> None:
    recap = RaceIdentity(track="Nashville Superspeedway", appeared=date(2023, 6, 26))
    assert grouped(document("a", recap), document("page", PAGE)) == {"cup-2023-17": ["a", "page"]}


def test_the_same_name_a_year_later_is_another_race() -> None:
    recap = RaceIdentity(series="cup", name="Ally 400", appeared=date(2024, 7, 1))
    assert grouped(document("a", recap), document("page", PAGE)) == {
        "cup-2023-17": ["page"],
        "cup-2024-ally-400": ["a"],
    }


def test_the_same_name_with_another_winner_is_another_race() -> None:
    recap = RaceIdentity(name="Ally 400", season=2023, winner="Chase Elliott")
    assert list(grouped(document("a", recap), document("page", PAGE))) == ["cup-2023-17", "race-2023-ally-400"]


def test_the_same_weekend_in_another_series_is_another_race() -> None:
    recap = RaceIdentity(series="nxs", track="Nashville Superspeedway", appeared=date(2023, 6, 26))
    assert grouped(document("story.txt", recap), document("page", PAGE)) == {
        "cup-2023-17": ["page"],
        "told-in-story": ["story.txt"],
    }


def test_a_story_that_fits_two_races_is_kept_out_and_listed_with_both() -> None:
    first = RaceIdentity("cup", 2024, 8, "Cook Out 400", "Martinsville Speedway")
    second = RaceIdentity("cup", 2024, 23, "Cook Out 400", "Richmond Raceway")
    story = RaceIdentity(season=2024, name="Cook Out 400")
    documents = document("page 1", first), document("page 2", second), document("c", story)
    assert grouped(*documents) == {"cup-2024-8": ["page 1"], "cup-2024-23": ["page 2"]}
    (kept_out,) = grouping_of(*documents)[1].undecided
    assert (kept_out.document, kept_out.choices) == ("c", ("cup-2024-23", "cup-2024-8"))


def test_a_sponsors_tail_makes_no_other_race() -> None:
    page = RaceIdentity("nxs", 2023, 24, "Wawa 250 Powered by Coca-Cola")
    story = RaceIdentity("nxs", 2023, name="Wawa 250")
    assert list(grouped(document("page", page), document("b", story))) == ["nxs-2023-24"]


def test_a_document_that_says_nothing_of_its_race_is_a_race_without_a_name() -> None:
    assert grouped(document("night race.txt", RaceIdentity())) == {"told-in-night-race": ["night race.txt"]}


def test_two_stories_of_a_race_without_a_page_are_one_race() -> None:
    one = RaceIdentity(name="Ally 400", appeared=date(2023, 6, 26))
    other = RaceIdentity(name="Ally 400", season=2023)
    assert grouped(document("a", one), document("b", other)) == {"race-2023-ally-400": ["a", "b"]}


def test_a_wrong_day_in_one_document_does_not_keep_the_others_apart() -> None:
    points = RaceIdentity("cup", 2023, 17, "Ally 400", day=date(2023, 7, 2))
    recap = RaceIdentity(name="Ally 400", appeared=date(2023, 6, 26), winner="Chastain")
    assert grouped(document("a", recap), document("page", PAGE), document("c", points)) == {
        "cup-2023-17": ["a", "c", "page"]
    }


def test_the_order_of_arrival_plays_no_part() -> None:
    documents = [
        document("a", RaceIdentity(name="Ally 400", appeared=date(2023, 6, 26))),
        document("page", PAGE),
        document("c", RaceIdentity("nxs", 2023, 24, "Wawa 250")),
        document("d", RaceIdentity()),
    ]
    expected = grouping_of(*documents)
    assert all(grouping_of(*order) == expected for order in itertools.permutations(documents))
