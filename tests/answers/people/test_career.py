"""Careers of drivers: series apart, what is not known said, father and son two people, one race no career."""

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.answers.context import QuestionRunner
from bot.answers.people.driver import driver_profile
from bot.answers.sources import derivations_card, sources_card
from bot.archive.db.engine import read_session
from bot.archive.models.core import Race, SessionRow
from bot.cards import Card, Facts, SourceLine, Table
from bot.errors import AmbiguousName, NothingKnown
from tests.support.archive_rows import fill_archive, runner_of
from tests.support.cards import facts_of, whole_card
from tests.support.career_rows import CUP, count_careers, fill_careers
from tests.support.discord import FAN, assert_valid, button, entries, labels, loopback_discord

CUP_NAME, XFINITY_NAME = "NASCAR Cup Series", "NASCAR Xfinity Series"


@pytest.fixture
def desk(archive: Engine) -> QuestionRunner:
    return fill_careers(archive)


def table(card: Card, heading: str) -> Table:
    return next(block for block in card.blocks if isinstance(block, Table) and block.heading.startswith(heading))


def test_a_career_is_counted_and_says_over_how_many_starts_what_is_known(desk: QuestionRunner) -> None:
    card = whole_card(desk, driver_profile, "Ned Ames")
    assert card.summary == "Ned Ames won 2 of 4 Cup starts, 1957 to 1958."
    assert facts_of(card, CUP_NAME) == {
        "Starts": "4 in 2 seasons, 1957 to 1958",
        "Wins": "2, from the 1957 Sand 100 to the 1958 Sand 100",
        "Top fives": "4, top tens 4",
        "Laps led": "135 (known for 2 of 4 starts)",
        "Average finish": "1.5",
        "Average start": "2.5 (known for 2 of 4 starts)",
        "Best tracks": "Old Beach (2 wins of 2)",
    }


def test_father_and_son_have_a_career_each(desk: QuestionRunner) -> None:
    father, son = whole_card(desk, driver_profile, "ned ames"), whole_card(desk, driver_profile, "ned ames jr")
    assert (father.title, son.title) == ("Ned Ames", "Ned Ames Jr.")
    assert son.summary == "Ned Ames Jr. won 1 of 2 Cup starts, 1990."
    assert [row[0] for row in table(son, CUP_NAME).rows] == ["1990"]
    assert [row[0] for row in table(father, CUP_NAME).rows] == ["1958", "1957"]


def test_a_last_name_of_several_is_asked_back(desk: QuestionRunner) -> None:
    with pytest.raises(AmbiguousName) as caught:
        whole_card(desk, driver_profile, "ames")
    assert {"Ned Ames", "Joe Ames"} <= {value for value, _ in caught.value.candidates}


def test_laps_led_and_starts_that_nobody_tells_have_no_row(desk: QuestionRunner) -> None:
    told = facts_of(whole_card(desk, driver_profile, "Bo Bare"), CUP_NAME)
    assert not {"Started first", "Laps led", "Average start"} & told.keys()
    assert told["Average finish"] == "3.0, best 3rd"
    assert told["Wins"] == "none"
    runs = table(whole_card(desk, driver_profile, "Bo Bare"), "Last races")
    assert runs.rows[0] == ("Hill 200", "–", "3", "–")
    assert runs.heading == f"Last races, {CUP_NAME}, 1957"
    assert "–: not known" in runs.note


def test_two_series_are_told_apart_and_never_added_up(desk: QuestionRunner) -> None:
    card = whole_card(desk, driver_profile, "Kay Twin")
    assert card.summary == "Kay Twin won 1 of 3 Cup starts and 1 of 1 Xfinity start."
    assert facts_of(card, CUP_NAME)["Starts"] == "3 in 2 seasons, 1958 to 1990"
    assert facts_of(card, XFINITY_NAME)["Starts"] == "1"
    assert [part.title for part in card.parts] == ["Overview", "Xfinity", "Seasons", "Last races"]
    headings = [block.heading for block in card.blocks if isinstance(block, Table)]
    assert headings == [CUP_NAME, XFINITY_NAME, f"Last races, {CUP_NAME}", f"Last races, {XFINITY_NAME}, 1990"]
    assert not any("Points" in label or "Pts" in label for label in facts_of(card))


def test_series_without_a_win_are_told_after_those_with_one(archive: Engine) -> None:
    race = Race(key="nxs-1990-2", series="nxs", season=1990, round=2, name="Little 300", order_key="1990-002-")
    row = SessionRow(race=race.key, session="race", number=1, position=7, driver="Zed Late", document=CUP, line=40)
    card = whole_card(fill_careers(archive, extra_rows=(race, row)), driver_profile, "Zed Late")
    assert card.summary == ("Zed Late won 1 of 2 Cup starts and took 1 Xfinity start (best finish 7th) without a win.")


def test_one_series_can_be_asked_for(desk: QuestionRunner) -> None:
    card = whole_card(desk, driver_profile, "Kay Twin", None, "xfinity")
    assert card.question.command_text() == "/driver name:Kay Twin series:nxs"
    assert card.summary == "Kay Twin won 1 of 1 Xfinity start, 1990."
    with pytest.raises(NothingKnown, match=r"Ned Ames in the NASCAR Xfinity Series\. There is something of 1957"):
        whole_card(desk, driver_profile, "Ned Ames", None, "nxs")


def test_a_season_is_told_race_by_race_with_who_took_no_start(desk: QuestionRunner) -> None:
    card = whole_card(desk, driver_profile, "Al Solo", 1958)
    assert card.title == "Al Solo, 1958"
    assert card.question.command_text() == "/driver name:Al Solo season:1958"
    assert facts_of(card, CUP_NAME)["Starts"] == "1"
    assert facts_of(card, CUP_NAME)["Team"] == "entered by its owner Al Solo"
    races = table(card, CUP_NAME)
    assert races.rows == (("1", "Sand 100", "1", "3", "47", "30"), ("2", "Hill 200", "1", "no", "47", "30"))
    assert "no: did not start" in races.note
    assert card.as_of == "after the 1958 Hill 200"


def test_a_season_without_a_start_says_which_seasons_there_are(desk: QuestionRunner) -> None:
    with pytest.raises(NothingKnown) as caught:
        whole_card(desk, driver_profile, "Kay Twin", 1957)
    assert str(caught.value) == (
        "Nothing is known of Kay Twin in 1957. "
        f"There is something of 1958 to 1990 ({CUP_NAME}) and 1990 ({XFINITY_NAME})."
    )


def test_best_tracks_go_by_wins_then_average_and_say_how_many_starts_it_takes(desk: QuestionRunner) -> None:
    tracks = table(whole_card(desk, driver_profile, "Ned Ames"), "Best tracks")
    assert tracks.rows == (("Old Beach", "2", "2", "1.0"), ("Hillside", "2", "0", "2.0"))
    assert tracks.note == "By wins, then average finish (Avg), with at least 2 starts"
    assert not any(
        block.heading.startswith("Best") for block in whole_card(desk, driver_profile, "Ned Ames Jr.").blocks
    )


def test_a_row_without_a_team_says_that_no_team_is_known(desk: QuestionRunner) -> None:
    card = whole_card(desk, driver_profile, "Bo Bare", 1957)
    assert facts_of(card, CUP_NAME)["Team"] == "no team known"
    assert [follow.label for follow in card.follow_ups] == ["Whole career", "Last race"]


def test_a_career_leads_to_its_last_race_team_team_mate_and_track(desk: QuestionRunner) -> None:
    asked = {
        follow.label: follow.question.command_text()
        for follow in whole_card(desk, driver_profile, "Zed Late").follow_ups
    }
    assert asked == {"Last race": "/race name:cup-1990-2", "Team": "/team name:Ames Brothers"}
    solo = {
        follow.label: follow.question.command_text()
        for follow in whole_card(desk, driver_profile, "Ned Ames").follow_ups
    }
    assert solo["Best track"] == "/track name:Old Beach"


def test_the_best_team_mate_of_the_last_race_is_offered_to_compare(archive: Engine) -> None:
    mate = SessionRow(
        race="cup-1990-2", session="race", number=9, position=9, driver="Bo Bare", team="Ames Brothers",
        document=CUP, line=30,
    )  # fmt: skip
    card = whole_card(fill_careers(archive, extra_rows=(mate,)), driver_profile, "Zed Late")
    typed = next(one.question.command_text() for one in card.follow_ups if one.label == "Compare with Bo Bare")
    assert typed == "/compare first:Zed Late second:Bo Bare"


def test_every_number_has_lines_or_says_how_it_was_counted(desk: QuestionRunner, archive: Engine) -> None:
    with read_session(archive) as session:
        lines = {(row.document, row.line) for row in session.exec(select(SessionRow))}
    cards = [whole_card(desk, driver_profile, name) for name in ("Ned Ames", "Kay Twin", "Bo Bare", "Al Solo")]
    cards.append(whole_card(desk, driver_profile, "Kay Twin", 1990))
    for card in cards:
        for places, how in told(card):
            assert places or how, card.title
            assert {(place.document, place.line) for place in places} <= lines


def told(card: Card) -> list[tuple[tuple[SourceLine, ...], str]]:
    """(lines, how) of every fact and row."""
    found = [
        (fact.sources, fact.derivation) for block in card.blocks if isinstance(block, Facts) for fact in block.facts
    ]
    for block in card.blocks:
        if isinstance(block, Table):
            assert len(block.sources) in {0, len(block.rows)}
            assert len(block.derivations) in {0, len(block.rows)}
            cited, how = block.sources or ((),) * len(block.rows), block.derivations or ("",) * len(block.rows)
            found += zip(cited, how, strict=True)
    return found


def test_counted_numbers_are_explained_with_the_document(desk: QuestionRunner) -> None:
    card = whole_card(desk, driver_profile, "Ned Ames")
    how = {
        fact.label: fact.value
        for block in derivations_card(card).blocks
        if isinstance(block, Facts)
        for fact in block.facts
    }
    assert how["Starts: 4 in 2 seasons, 1957 to 1958"] == f"counted over 4 results, from {CUP}"
    assert how["Average finish: 1.5"] == "6 ÷ 4 starts"
    assert desk.ask(lambda reader: sources_card(reader, card)).title == "Sources: Ned Ames"


def test_one_race_of_a_season_held_in_part_is_no_career(archive: Engine) -> None:
    fill_archive(archive)
    count_careers(archive)
    card = whole_card(runner_of(archive), driver_profile, "Ross Chastain")
    assert card.summary == "Ross Chastain won the 2023 Ally 400."
    assert facts_of(card, "2023 Ally 400")["Finish"] == "1st, 57 points, 300 laps"


def test_a_season_held_in_part_is_said_with_how_much_is_held(archive: Engine) -> None:
    race = Race(
        key="cup-2023-18", series="cup", season=2023, round=18, name="Grant Park 220", winner="Ross Chastain",
        order_key="2023-018-",
    )  # fmt: skip
    row = SessionRow(
        race=race.key, session="race", number=1, position=1, driver="Ross Chastain", document="page.txt", line=200
    )
    fill_archive(archive, extra_rows=(race, row))
    count_careers(archive)
    card = whole_card(runner_of(archive), driver_profile, "Ross Chastain")
    assert card.summary.startswith("In the races known here, Ross Chastain won 2 of 2 Cup starts")
    assert facts_of(card)["Known so far"] == f"2 of at least 18 races of 2023 ({CUP_NAME})"


def test_what_pages_tell_of_a_driver_stays_beside_the_career(archive: Engine) -> None:
    before = whole_card(fill_archive(archive), driver_profile, "Ross Chastain")
    race = Race(
        key="cup-2022-1", series="cup", season=2022, round=1, name="Season Opener", winner="Ross Chastain",
        order_key="2022-001-",
    )  # fmt: skip
    row = SessionRow(race=race.key, session="race", number=1, position=1, driver="Ross Chastain", document=CUP, line=2)
    count_careers(archive, race, row)
    after = whole_card(runner_of(archive), driver_profile, "Ross Chastain")
    assert "won 2 of 2 Cup starts" in after.summary
    for block in before.blocks:
        same = next(one for one in after.blocks if one.heading == block.heading)
        if isinstance(block, Facts):
            assert isinstance(same, Facts)
            assert [(fact.label, fact.value, fact.sources) for fact in same.facts] == [
                (fact.label, fact.value, fact.sources) for fact in block.facts
            ]
        else:
            assert same == block
    assert "Races in full" in [part.title for part in after.parts]


async def test_every_button_under_a_career_a_team_and_a_comparison_works(desk: QuestionRunner) -> None:
    asked: tuple[tuple[str, dict[str, str | int]], ...] = (
        ("driver", {"name": "Ned Ames"}), ("driver", {"name": "Kay Twin", "season": 1990, "series": "cup"}),
        ("team", {"name": "Ames Brothers"}), ("team", {"name": "Twin Racing", "season": 1990, "series": "nxs"}),
        ("compare", {"first": "Ned Ames", "second": "Al Solo"}),
        ("compare", {"first": "Ned Ames", "second": "Al Solo", "series": "cup", "season": 1957, "track": "Hillside"}),
    )  # fmt: skip
    async with loopback_discord(desk) as board:
        for command, options in asked:
            reply = assert_valid(await board.slash(command, options, FAN))
            assert not reply.failed
            assert not reply.is_private
            for label in [*labels(reply), *entries(reply)]:
                answer = assert_valid(await board.press(reply, button(reply, label)))
                assert not answer.failed, (command, label, answer.text)


async def test_what_cannot_be_compared_is_answered_privately_in_one_plain_line(desk: QuestionRunner) -> None:
    async with loopback_discord(desk) as board:
        reply = assert_valid(await board.slash("compare", {"first": "Ned Ames", "second": "ned ames"}, FAN))
        assert reply.is_private
        assert reply.text == "Both names mean Ned Ames. Name two different drivers to compare."
