"""What a whole report says of who won: a second opinion on the winner that a sentence states."""

from bot.documents.model import Document
from bot.documents.recap.claims import report_sentences
from bot.documents.recap.reader import described_report
from bot.documents.recap.results.orders import Placing
from bot.documents.recap.winner_evidence import winner_shares, without_doubtful_winner
from bot.documents.recap.words.text_names import TextNames

REPORT = (
    "Falk wins at Dover",
    "",
    "DOVER, Del. -- Reed Falk won the Elm Oil 400 on Sunday at Dover Motor Speedway, and beat Ivo Dorn by a length.",
    "It was the third win of the season for Falk, who led 212 of the 400 laps.",
    "Dorn finished second, and Kip Marsh came home third.",
    "“We had nothing for Reed,” Dorn said. Marsh, who won here in 1998, led six laps before his last stop.",
    "The race was slowed by four cautions. The series goes to Elm Speedway next.",
)
NAMES = TextNames.from_text("\n".join(REPORT))


def _shares(*lines: str) -> dict[str, float]:
    _, story, race = described_report(Document("report.txt", "", lines))
    names = TextNames.from_text("\n".join(lines))
    return dict(winner_shares(report_sentences(story, names, race), names, None))


def test_whom_a_report_treats_as_the_winner_has_nearly_all() -> None:
    shares = _shares(*REPORT)
    assert shares["reed falk"] > 0.9
    assert shares["ivo dorn"] < 0.05
    assert shares["kip marsh"] < 0.05
    assert sum(shares.values()) < 1


def test_nobody_is_likely_where_no_win_is_spoken_of() -> None:
    shares = _shares(
        "Reed Falk starts ninth on Sunday at Dover.", "Ivo Dorn tested a new car at Dover on Friday with his crew.",
        "Kip Marsh hopes for rain.", "The gates open at nine. Tickets are at the office. The track is one mile long.",
        "It was paved in June.",
    )  # fmt: skip
    assert max(shares.values()) < 0.5


def test_a_stated_winner_whom_nothing_else_supports_is_no_winner() -> None:
    order = (Placing(3, "race", "Kip Marsh", 1), Placing(5, "race", "Ivo Dorn", 2), Placing(3, "stage-1", "Falk", 1))
    shares = _shares(*REPORT)
    assert without_doubtful_winner(order, (), shares, NAMES) == order[1:]
    right = (Placing(3, "race", "Reed Falk", 1), *order[1:])
    assert without_doubtful_winner(right, (), shares, NAMES) == right


def test_a_list_of_results_is_believed_whatever_the_report_says() -> None:
    order = (Placing(3, "race", "Kip Marsh", 1),)
    assert without_doubtful_winner(order, order, _shares(*REPORT), NAMES) == order


def test_of_a_short_text_nothing_is_known() -> None:
    assert _shares("Reed Falk won the Elm Oil 400 at Dover.") == {}
