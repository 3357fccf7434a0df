"""How stage and race wins are told in the wild, each way with sentences of our own; and what only looks like a win."""

import hashlib

import pytest

from bot.documents.model import Document, FactClaim, ParsedDocument, RowClaim
from bot.documents.recap.reader import RECAP


def read(text: str) -> ParsedDocument:
    content = text.encode()
    document = Document("told.txt", hashlib.sha256(content).hexdigest(), tuple(text.splitlines()))
    (reading,) = RECAP.read(document)
    return reading


def order(text: str, session: str) -> list[str]:
    """The drivers told of a session, in order of their places, without gaps from the first."""
    rows = sorted(
        (row.position or 0, row.driver)
        for row in read(text).claims
        if isinstance(row, RowClaim) and row.session == session
    )
    assert [place for place, _ in rows] == list(range(1, len(rows) + 1))
    return [driver for _, driver in rows]


def rows(text: str) -> set[tuple[str, int | None, str]]:
    return {(row.session, row.position, row.driver) for row in read(text).claims if isinstance(row, RowClaim)}


def fact(text: str, field: str) -> object:
    return next(
        (claim.value for claim in read(text).claims if isinstance(claim, FactClaim) and claim.field == field), None
    )


STAGE_WINS = [
    ("When stage one came to its end Reed Falk would take home the stage win over Dorn, Pell and Voss.", "stage-1",
     ["Reed Falk", "Dorn", "Pell", "Voss"]),
    ("Falk stayed calm in the rain, taking home the opening stage win over Dorn, Pell.", "stage-1",
     ["Falk", "Dorn", "Pell"]),
    ("Reed Falk held off his teammate Dorn by 0.310 seconds to take the Stage 1 win. Ivo Pell was third.", "stage-1",
     ["Reed Falk", "Dorn", "Ivo Pell"]),
    ("Falk won stage 1.", "stage-1", ["Falk"]),
    ("From row two Falk won the first stage.", "stage-1", ["Falk"]),
    ("Stage 2 was a lonely drive, and Falk won that stage.", "stage-2", ["Falk"]),
    ("It was quiet until lap 80, with Falk taking the stage win in Stage 1.", "stage-1", ["Falk"]),
    ("Falk won the first stage. He won the second stage too.", "stage-2", ["Falk"]),
    ("Stage 1\n\nPole sitter Reed Falk collected the win without much trouble.", "stage-1", ["Reed Falk"]),
    ("Stage 2\n\nFalk was able to take the lead and hold on to win the stage.", "stage-2", ["Falk"]),
    ("Falk took the lead on lap 91 and held on from there to win stage 2.", "stage-2", ["Falk"]),
    ("Stage 1\n\nDorn ran out of fuel in sight of the line, which gave Falk the stage victory.", "stage-1", ["Falk"]),
    ("Falk held on to win the first stage; following Falk were Dorn, Pell and Voss.", "stage-1",
     ["Falk", "Dorn", "Pell", "Voss"]),
    ("Falk held on to win the first stage, followed by Dorn and Pell.", "stage-1", ["Falk", "Dorn", "Pell"]),
    ("Falk hung onto the top spot and won the second stage over Dorn.", "stage-2", ["Falk", "Dorn"]),
    ("Falk won Stage 1, led 44 laps and looked strong.", "stage-1", ["Falk"]),
    ("The Stage 1 winner Reed Falk was out soon after.", "stage-1", ["Reed Falk"]),
    ("Falk dominated the middle of the day, taking the Stage 2 victory.", "stage-2", ["Falk"]),
    ("Falk swept both stages.", "stage-1", ["Falk"]),
    ("Falk swept both stages.", "stage-2", ["Falk"]),
    ("Stage 1\n\nFalk led to the end of the stage as he and Dorn took first and second.", "stage-1", ["Falk", "Dorn"]),
    ("STAGE 1 WINNER: Reed Falk", "stage-1", ["Reed Falk"]),
    ("Stage 2 Winner: Reed Falk", "stage-2", ["Reed Falk"]),
    ("Falk took the first stage. Dorn took the second.", "stage-1", ["Falk"]),
    ("Falk took the first stage. Dorn took the second.", "stage-2", ["Dorn"]),
    ("Stages 1 & 2 were both won by #31-Reed Falk.", "stage-1", ["Reed Falk"]),
    ("Stages 1 & 2 were both won by #31-Reed Falk.", "stage-2", ["Reed Falk"]),
    ("Stage 1 was won by Reed Falk.", "stage-1", ["Reed Falk"]),
    ("In the end it would be Falk that would win the first of the four stages over Dorn, Pell.", "stage-1",
     ["Falk", "Dorn", "Pell"]),
    ("At the line Falk had edged Dorn to claim the Stage 1 win in a photo finish.", "stage-1", ["Falk", "Dorn"]),
    ("Falk drove his No. 31 Ford.\n\nStage 1\n\nDorn couldn't catch Falk, giving the stage win to the 31.", "stage-1",
     ["Falk"]),
    ("Falk scored his second stage victory of the season when he won Stage 1.", "stage-1", ["Falk"]),
    ("Stage 1\n\nFalk scored his second stage victory of the season.", "stage-1", ["Falk"]),
    ("Falk was first at the end of Stage 2.", "stage-2", ["Falk"]),
    ("Stage 1\n\nFalk won the stage with Dorn second and Pell third.", "stage-1", ["Falk", "Dorn", "Pell"]),
    ("Falk, after Dorn had spun, won the first stage.", "stage-1", ["Falk"]),
    ("Dorn led until Falk passed him to win the first stage.", "stage-1", ["Falk"]),
    ("Falk won the first stage, and Dorn took the second.", "stage-2", ["Dorn"]),
    ("Falk won the first stage, and Dorn took the second.", "stage-1", ["Falk"]),
    ("Falk won Stage 1. Dorn held off Pell by 0.4 seconds to win Stage 2, with Ivo Voss third.", "stage-2",
     ["Dorn", "Pell", "Ivo Voss"]),
    ("Stage 2 went to Reed Falk.", "stage-2", ["Reed Falk"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "session", "drivers"), STAGE_WINS)
def test_every_way_to_tell_a_stage_win_gives_its_stage_and_its_order(
    text: str, session: str, drivers: list[str]
) -> None:
    assert order(text, session) == drivers


NO_WINS = [
    "Falk scored his second stage victory of the season.",
    "Falk hoped to win the first stage.",
    "Falk failed to win stage 2.",
    "Falk could have won the first stage.",
    "Falk never won Stage 1.",
    "Falk was leading when the caution waved in the first stage.",
    "Last year Falk won the first stage.",
    "Falk, the reigning champion, ran tenth in the first stage.",
    "His teammate won the first stage.",
    "The No. 44 won the first stage.",
    "Dorn lost the stage win on the last lap.",
    "Falk took the lead in Stage 1.",
    "Falk took the stage caution to pit.",
    "Stage 1\n\nFalk led early. Dorn passed him on lap 20 and was never caught again.",
    '"I won the first stage," Falk said.',
    "Falk won the pole.",
    "Falk won the championship.",
    "Falk won the Twin Duel.",
    "Falk wants to win the race.",
    "Falk won last week in Dover.",
    "The regular-season champion Falk finished second in the standings.",
    "Falk is leading the race at half distance.",
    "Falk nearly won the race.",
    "If Falk won the race he would take the points lead.",
    "The race winner was not known yet.",
    "Falk ran third in the middle of the race.",
    "Falk started third.",
    "Falk restarted second.",
    "Falk was second on the grid.",
    "Falk finished third in points.",
    "Falk spun on the third lap.",
    "Falk was third with 20 laps to go.",
    "Falk was third, Dorn fourth when the caution waved.",
    "Falk was third, followed by Dorn and Pell.",
]


@pytest.mark.parametrize("text", NO_WINS)
def test_what_is_not_stated_is_no_place(text: str) -> None:
    assert rows(text) == set()


RACE_WINS = [
    ("Reed Falk won the race.", ["Reed Falk"]),
    ("Falk dominated by leading 90 of 120 laps to win the Maple 300 at Elm Speedway on Sunday.", ["Falk"]),
    ("Reed Falk held off Dorn to win the Maple 300.", ["Reed Falk"]),
    ("In the end Falk went from the pole to winning the Maple 300 over Dorn, Pell and Voss.",
     ["Falk", "Dorn", "Pell", "Voss"]),
    ("Falk beat Dorn by 1.204 seconds for his third win of the season.", ["Falk", "Dorn"]),
    ("Elm Racing driver Reed Falk became the fifth winner after emerging victorious at the Maple 300.", ["Reed Falk"]),
    ("RACE WINNER: Reed Falk", ["Reed Falk"]),
    ("ELM CITY, N.C. (AP) -- Reed Falk ended a long wait, passing Dorn with nine laps left to win the Maple 300.",
     ["Reed Falk"]),
    ("Falk took the lead from Dorn on lap 271 and cruised to a 5.465-second victory over Pell. Voss was third, "
     "followed by Aster and Bruhn.", ["Falk", "Pell", "Voss", "Aster", "Bruhn"]),
    ("Falk won by 1.5 seconds.", ["Falk"]),
    ("Falk won at Elm on Saturday night. Dorn finished second and Ivo Pell came home third.",
     ["Falk", "Dorn", "Ivo Pell"]),
    ("Falk won the race. Dorn would have to settle for second, followed by Pell and Voss rounding out the top four.",
     ["Falk", "Dorn", "Pell", "Voss"]),
    ("Falk won the race. Dorn ended up second, Pell third and Ulm Voss rounded out the top four. "
     "Completing the top seven were Ray Aster, Bo Bruhn and Cy Corr.",
     ["Falk", "Dorn", "Pell", "Ulm Voss", "Ray Aster", "Bo Bruhn", "Cy Corr"]),
    ("Falk won the race. The rest of the top four consisted of Dorn, Pell and Voss.", ["Falk", "Dorn", "Pell", "Voss"]),
    ("Falk won the race.\n\nAfter finishing P2 at Elm Speedway, Ivo Dorn stayed on top of the points table.",
     ["Falk", "Ivo Dorn"]),
    ("Maple 300 results\n- #31 - Reed Falk (R)\n- #7 - Ivo Dorn\n- #07 - Al Pell",
     ["Reed Falk", "Ivo Dorn", "Al Pell"]),
    ("Falk led.\n\nMaple 300 results#31 - Reed Falk#7 - Ivo Dorn#07 - Al Pell#2 - Bo Bruhn#3 - Cy Corr",
     ["Reed Falk", "Ivo Dorn", "Al Pell", "Bo Bruhn", "Cy Corr"]),
    ("Finishing order\n1. Reed Falk\n2. Ivo Dorn\n3. Al Pell", ["Reed Falk", "Ivo Dorn", "Al Pell"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "drivers"), RACE_WINS)
def test_every_way_to_tell_the_winner_gives_the_order_as_far_as_told(text: str, drivers: list[str]) -> None:
    assert order(text, "race") == drivers
    assert fact(text, "winner") == drivers[0]


def test_a_place_told_apart_from_the_order_is_read_too() -> None:
    text = "Falk won the race. Dorn (who finished 19th) and Pell had trouble. Voss earned a 12th-place finish."
    assert rows(text) == {("race", 1, "Falk"), ("race", 19, "Dorn"), ("race", 12, "Voss")}


def test_a_text_that_names_two_winners_has_none() -> None:
    assert rows("Falk won the race.\n\nDorn won the race.") == set()


def test_a_list_of_results_decides_who_won() -> None:
    text = "Falk won the Oak 400.\n\nMaple 300 results\n1. Ivo Dorn\n2. Al Pell\n3. Cy Corr"
    assert fact(text, "winner") == "Ivo Dorn"


def test_a_list_that_is_no_result_gives_no_places() -> None:
    assert rows("Playoff standings\n1. Ivo Dorn\n2. Al Pell\n3. Cy Corr") == set()


def test_a_win_in_another_event_is_no_win_of_this_one() -> None:
    text = "Maple 300 results\n\nFalk won the Maple 300. It was a long day. Dorn won the Oak 400 in February."
    assert fact(text, "winner") == "Falk"


def test_margins_are_read_for_the_race_and_for_each_stage() -> None:
    text = (
        "Falk edged Dorn by 0.25 seconds for the Stage 1 win.\n\n"
        "Pell held off Voss by .5 seconds to claim the Stage 2 win.\n\nDorn beat Falk by 2.75 seconds to win the race."
    )
    assert [fact(text, name) for name in ("stage_1_margin_s", "stage_2_margin_s", "margin_s")] == [0.25, 0.5, 2.75]


ONLY_WINNERS = [
    ("Pole winner Ivo Dorn led early. Reed Falk won the Maple 300.", "of the pole"),
    ("Reed Falk won the Maple 300. Ivo Dorn, who won that race, finished second.", "of a race spoken of"),
    ("Reed Falk won the Maple 300. Ivo Dorn, who opened the year with wins at Elm, spun.", "in a noun"),
    ("Reed Falk won the Maple 300. Could Ivo Dorn win the race tonight?", "in a question"),
    ("Reed Falk won the Maple 300. Ivo Dorn would win again there a year later.", "of a later year"),
    ("Reed Falk won the LifeLock.com 300. Ivo Dorn was second.", "of a race whose sponsor ends in .com"),
]


@pytest.mark.parametrize(("text", "what"), ONLY_WINNERS, ids=[what for _, what in ONLY_WINNERS])
def test_a_winner_of_something_else_is_no_winner(text: str, what: str) -> None:
    assert fact(text, "winner") == "Reed Falk", f"the winner {what} is taken for that of the race"


def test_a_place_behind_a_stage_won_before_is_of_the_race() -> None:
    found = rows("Reed Falk won the Maple 300. Ivo Dorn finished third after winning Stage 1. Lee Pell was fourth.")
    assert {("race", 3, "Ivo Dorn"), ("stage-1", 1, "Ivo Dorn"), ("race", 4, "Lee Pell")} <= found


def test_a_last_name_of_two_is_the_one_told_in_full_before() -> None:
    text = "Reed Falk was calm.\n\nFalk won the Maple 300.\n\nHis brother Ivo Falk was the runner-up."
    assert {(place, name) for session, place, name in rows(text) if session == "race"} == {
        (1, "Reed Falk"), (2, "Ivo Falk"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "text", ["The spring race was won by Ivo Dorn.", "Falk took it to the garage.", "The Xfinity win went to Ivo Dorn."]
)
def test_the_win_of_another_race_is_none_of_this_one(text: str) -> None:
    lines = (
        "The Maple 300 was run at Elm Speedway on Sunday.",
        "It rained, and the fans of Reed Falk went home.",
        text,
    )
    (reading,) = RECAP.read(Document("recap.txt", "", lines))
    assert reading.identity.winner is None
