"""Which race of a season is meant, where every season is known: sponsors' tails, two races of one name or track."""

import pytest

from bot.errors import AmbiguousName, UnknownName
from bot.names.entity import Entity
from bot.names.index import NameIndex
from tests.support.names_catalogue import race

DAYTONA = ("Daytona International Speedway", "")
RICHMOND = ("Richmond Raceway", "")
MARTINSVILLE = ("Martinsville Speedway", "")
BRISTOL = ("Bristol Motor Speedway", "")
DARLINGTON = ("Darlington Raceway", "")
MICHIGAN = ("Michigan International Speedway", "")
CHARLOTTE = ("Charlotte Motor Speedway", "")
ROVAL = ("Charlotte Motor Speedway Road Course", "")

SEASONS = NameIndex.build(
    (
        race("Valleydale Meats 500", 1991, 6, None, *BRISTOL),
        race("Bud 500", 1991, 19, None, *BRISTOL),
        race("Jay Johnson 250", 1991, 7, None, *BRISTOL, "nxs"),
        race("Budweiser 250", 1991, 20, None, *BRISTOL, "nxs"),
        race("Pepsi 400", 2001, 17, None, *DAYTONA),
        race("Pepsi 400 presented by Meijer", 2001, 22, None, *MICHIGAN),
        race("Southern 500", 1994, 23, None, *DARLINGTON),
        race("Mountain Dew Southern 500", 2003, 25, None, *DARLINGTON),
        race("Carolina Dodge Dealers 400", 2003, 5, None, *DARLINGTON),
        race("Carolina Dodge Dealers 400", 2004, 5, None, *DARLINGTON),
        race("STP 500", 2019, 6, None, *MARTINSVILLE),
        race("First Data 500", 2019, 33, None, *MARTINSVILLE),
        race("Coca-Cola 600", 2019, 13, None, *CHARLOTTE),
        race("Bank of America Roval 400", 2019, 29, None, *ROVAL),
        race("Wawa 250", 2021, 23, None, *DAYTONA, "nxs"),
        race("Wawa 250 Powered by Coca-Cola", 2023, 24, None, *DAYTONA, "nxs"),
        race("Wawa 250 Powered by Coca-Cola", 2024, 24, None, *DAYTONA, "nxs"),
        race("Cook Out 400", 2024, 8, None, *MARTINSVILLE),
        race("Toyota Owners 400", 2024, 7, None, *RICHMOND),
        race("Cook Out 400", 2024, 23, None, *RICHMOND),
        race("Cook Out 400", 2025, 8, None, *MARTINSVILLE),
        race("Cook Out 400", 2025, 24, None, *RICHMOND),
        race("Xfinity 500", 2025, 35, None, *MARTINSVILLE),
        race("US Marine Corps 250", 2025, 7, None, *MARTINSVILLE, "nxs"),
        race("Gateway 150", 1999, 3, None, "Gateway", "", "nxs"),
        race("Ram Tough 200", 1999, 9, None, "Gateway", "", "truck"),
    )
)


def told(text: str, **context: int) -> str:
    return SEASONS.resolve(text, "race", series="cup", **context).entity.value


def asked_back(text: str) -> list[str]:
    with pytest.raises(AmbiguousName) as caught:
        told(text)
    return [value for value, _ in caught.value.candidates]


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("wawa 250 2023", "nxs-2023-24"),
        ("2023 wawa 250", "nxs-2023-24"),
        ("wawa 250 2021", "nxs-2021-23"),
        ("wawa 250", "nxs-2024-24"),
        ("wawa", "nxs-2024-24"),
        ("last wawa 250", "nxs-2024-24"),
        ("southern 500 2003", "cup-2003-25"),
    ],
)
def test_the_tail_of_a_sponsor_hides_no_running(typed: str, key: str) -> None:
    assert told(typed) == key


def test_a_name_to_the_letter_goes_before_a_name_that_goes_on() -> None:
    assert told("pepsi 400 2001") == "cup-2001-17"
    assert told("pepsi 400 presented by meijer") == "cup-2001-22"


def test_a_season_in_which_a_name_was_not_run_has_no_such_race() -> None:
    for text in ("wawa 250 2019", "cook out 400 2003", "toyota owners 400 2025"):
        with pytest.raises(UnknownName):
            told(text)


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("2024 cook out 400", ["cup-2024-8", "cup-2024-23"]),
        ("2024 cook out", ["cup-2024-8", "cup-2024-23"]),
        ("2024 cookout 400", ["cup-2024-8", "cup-2024-23"]),
        ("2024 richmond", ["cup-2024-7", "cup-2024-23"]),
        ("2024 richmnod", ["cup-2024-7", "cup-2024-23"]),
        ("bristol 1991", ["cup-1991-6", "cup-1991-19"]),
        ("1991 bristol motor speedway", ["cup-1991-6", "cup-1991-19"]),
        ("busch bristol 1991", ["nxs-1991-7", "nxs-1991-20"]),
        ("darlington 2003", ["cup-2003-5", "cup-2003-25"]),
        ("charlotte 2019", ["cup-2019-13", "cup-2019-29"]),
        ("gateway 1999", ["nxs-1999-3", "truck-1999-9"]),
        ("xfinity martinsville 2025", ["nxs-2025-7", "cup-2025-35"]),
    ],
)
def test_two_races_of_a_season_that_fit_equally_well_are_a_question(typed: str, keys: list[str]) -> None:
    assert asked_back(typed) == keys


def test_the_choices_of_such_a_question_say_the_track_and_lead_to_the_race() -> None:
    with pytest.raises(AmbiguousName) as caught:
        told("2024 cook out 400")
    assert [label.split(" · ")[1] for _, label in caught.value.candidates] == [MARTINSVILLE[0], RICHMOND[0]]
    assert [told(label) for _, label in caught.value.candidates] == ["cup-2024-8", "cup-2024-23"]


@pytest.mark.parametrize("typed", ["2024 cook out 400", "bristol 1991"])
def test_typing_such_a_question_suggests_every_one_of_its_races(typed: str) -> None:
    assert set(asked_back(typed)) <= {one.value for one in SEASONS.suggest(typed, "race")}


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("cook out 400 richmond 2024", "cup-2024-23"),
        ("2024 martinsville cook out 400", "cup-2024-8"),
        ("2024 round 8 cook out 400", "cup-2024-8"),
        ("cook out martinsville", "cup-2025-8"),
        ("cook out 400 2024 second", "cup-2024-23"),
        ("latest bristol 1991", "cup-1991-19"),
        ("spring bristol 1991", "cup-1991-6"),
        ("bristol 1991 fall", "cup-1991-19"),
        ("2nd bristol 1991", "cup-1991-19"),
        ("autumn busch bristol 1991", "nxs-1991-20"),
        ("second martinsville 2019", "cup-2019-33"),
        ("first richmond", "cup-2024-7"),
        ("first richmond 2025", "cup-2025-24"),
        ("fall richmond", "cup-2024-23"),
    ],
)
def test_a_track_a_round_or_a_part_of_the_season_tells_them_apart(typed: str, key: str) -> None:
    assert told(typed) == key


@pytest.mark.parametrize("typed", ["second richmond 2025", "fall richmond 2025", "second darlington 2004"])
def test_a_race_that_was_the_only_one_there_is_neither_in_spring_nor_the_second(typed: str) -> None:
    with pytest.raises(UnknownName):
        told(typed)


def test_a_word_for_a_part_of_the_season_stays_in_the_name_that_has_it() -> None:
    at = ("Lancaster Speedway", "")
    index = NameIndex.build(
        (race("Spring 200", 1982, 3, None, *at), race("Fall Classic", 1982, 9, None, *at), *SEASONS.of_kind("race"))
    )
    for text, key in (
        ("spring 200", "cup-1982-3"),
        ("1982 fall classic", "cup-1982-9"),
        ("fall classic", "cup-1982-9"),
    ):
        assert index.resolve(text, "race").entity.value == key
    assert index.resolve("lancaster spring 1982", "race").entity.value == "cup-1982-3"


def test_a_round_that_is_part_of_a_name_is_no_round() -> None:
    index = NameIndex.build([race(f"125 Mile Qualifying Race {n}", 1971, n + 1, None, *DAYTONA) for n in (1, 2)])
    for typed in ("125 mile qualifying race 1 1971", "last 125 mile qualifying race 1", "1971 race 2"):
        assert index.resolve(typed, "race").entity.value == "cup-1971-2"


def test_the_fall_of_a_track_and_of_a_name_that_is_also_a_track_are_a_question() -> None:
    at = ("Old Dominion Speedway", "")
    races = [race(f"150 Miles at {at[0]}", 1965, number, None, *at) for number in (17, 48)]
    races += [
        race("Virginia 500", 1965, 12, None, *MARTINSVILLE),
        race("Old Dominion 500", 1965, 51, None, *MARTINSVILLE),
    ]
    with pytest.raises(AmbiguousName) as caught:
        NameIndex.build(races).resolve("fall old dominion 1965", "race")
    assert [value for value, _ in caught.value.candidates] == ["cup-1965-48", "cup-1965-51"]


def test_a_season_from_elsewhere_counts_like_one_that_was_typed() -> None:
    assert told("wawa 250", season=2023) == "nxs-2023-24"
    with pytest.raises(AmbiguousName):
        told("cook out 400", season=2024)


def test_without_a_season_the_latest_running_is_shown() -> None:
    assert told("cook out 400") == "cup-2025-24"
    assert told("bristol") == "cup-1991-19"


def answered(text: str, series: str | None) -> list[str]:
    """The one race of the answer, or those of the question."""
    try:
        return [SEASONS.resolve(text, "race", series=series).entity.value]
    except AmbiguousName as error:
        return [value for value, _ in error.candidates]


@pytest.mark.parametrize("one", SEASONS.of_kind("race"), ids=lambda one: one.value)
def test_a_name_or_a_track_with_its_season_is_never_answered_with_another_race(one: Entity) -> None:
    """Either the race itself, or a question that has it among its choices."""
    assert one.event
    for asked in (one.name, one.event.track, f"{one.name} {one.event.track}", one.name.split(" P")[0]):
        for text in (f"{one.event.season} {asked}", f"{asked} {one.event.season}".lower()):
            assert one.value in answered(text, one.event.series), text
