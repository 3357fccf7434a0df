"""The two recaps of the seeds, read whole; the originals and the labelled recaps where they are there."""

import hashlib
import json
import sys
from collections import Counter
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.model import (
    Claim,
    Document,
    FactClaim,
    IncidentClaim,
    Moment,
    ParsedDocument,
    PassageClaim,
    RawClaim,
    RowClaim,
    SessionClaim,
)
from bot.documents.recap.reader import RECAP
from bot.documents.registry import FORMATS
from bot.documents.text.english import family_name
from bot.errors import BadDocument
from bot.language.fold import fold
from tests.support.paths import ORIGINALS, RECAPS, SEEDS, needs_originals, needs_recaps

PAIRS = [
    ("ally-400-recap.txt", "000_bdcb671e3d76a351.txt"),
    ("daytona-recap.txt", "003_3d38708f25a594dd.txt"),
]


def document(path: Path) -> Document:
    content = path.read_bytes()
    return Document(path.name, hashlib.sha256(content).hexdigest(), tuple(content.decode().splitlines()))


def told(text: str) -> Document:
    return Document("told.txt", "", tuple(text.splitlines()))


def read(source: Document) -> ParsedDocument:
    (reading,) = RECAP.read(source)
    return reading


def seed(name: str) -> ParsedDocument:
    return read(document(SEEDS / name))


def facts(reading: ParsedDocument) -> dict[str, object]:
    found = [claim for claim in reading.claims if isinstance(claim, FactClaim)]
    found = [claim for claim in found if claim.field != "place"]  # a page may put its track in two towns
    assert len({claim.field for claim in found}) == len(found)
    return {claim.field: claim.value for claim in found}


def places(reading: ParsedDocument, session: str) -> dict[int | None, str]:
    return {row.position: row.driver for row in reading.claims if isinstance(row, RowClaim) and row.session == session}


def incidents(reading: ParsedDocument, kind: str) -> list[tuple[int | None, Moment, str | None, tuple[str, ...], str]]:
    found = [claim for claim in reading.claims if isinstance(claim, IncidentClaim) and claim.kind == kind]
    return [(one.number, one.moment, one.driver, one.people, one.what) for one in found]


def passages(reading: ParsedDocument) -> list[PassageClaim]:
    return [claim for claim in reading.claims if isinstance(claim, PassageClaim)]


def shape(reading: ParsedDocument) -> Counter[tuple[object, ...]]:
    """The claims without texts and lines, to compare two tellings of one story."""
    return Counter(
        (
            type(claim).__name__,
            *(getattr(claim, one.name) for one in fields(claim) if one.name not in {"line", "lines", "text"}),
        )
        for claim in reading.claims
    )


def test_the_recap_says_which_race_it_is_about_and_when_it_appeared() -> None:
    reading = seed("ally-400-recap.txt")
    assert reading.kind == "recap"
    assert reading.title == "2023 Ally 400"
    identity = reading.identity
    assert (identity.series, identity.name, identity.winner) == ("cup", "Ally 400", "Ross Chastain")
    assert identity.appeared == date(2023, 6, 26)
    assert (identity.day, identity.round, identity.season, identity.track) == (None, None, None, None)


def test_every_single_fact_of_the_recap_is_read_and_no_other() -> None:
    assert facts(seed("ally-400-recap.txt")) == {
        "appeared": date(2023, 6, 26),
        "winner": "Ross Chastain",
        "pole_driver": "Ross Chastain",
        "race_name": "Ally 400",
        "series": "cup",
        "series_name": "NASCAR Cup Series",
        "next_race": "Chicago",
        "next_race_date": date(2023, 7, 2),
        "next_race_time": "5:30 p.m. ET",
        "next_race_network": "NBC",
    }


def test_the_orders_of_the_recap_are_read_as_far_as_told() -> None:
    reading = seed("ally-400-recap.txt")
    assert places(reading, "race") == {1: "Ross Chastain", 2: "Truex", 3: "Hamlin", 4: "Elliott", 5: "Larson"}
    assert places(reading, "stage-1") == {
        1: "Tyler Reddick", 2: "Chastain", 3: "Byron", 4: "Truex", 5: "Hamlin", 7: "Kyle Busch",
    }  # fmt: skip
    assert places(reading, "stage-2") == {1: "Hamlin", 2: "Truex", 3: "Chastain", 4: "Byron", 5: "Bell"}
    sessions = [(one.key, one.title) for one in reading.claims if isinstance(one, SessionClaim)]
    assert sessions == [("race", "Race"), ("stage-1", "Stage 1"), ("stage-2", "Stage 2")]


def test_lead_changes_keep_the_moment_as_told_even_where_it_cannot_be() -> None:
    assert [(driver, moment) for _, moment, driver, _, _ in incidents(seed("ally-400-recap.txt"), "lead change")] == [
        ("Reddick", Moment(laps_to_go=30, stage=1)),
        ("Hamlin", Moment(laps_to_go=143, stage=3)),
        ("Chastain", Moment(laps_to_go=70)),
        ("Ross Chastain", Moment(laps_to_go=33)),
    ]


def test_cautions_have_their_number_their_cause_and_their_people() -> None:
    assert incidents(seed("ally-400-recap.txt"), "caution") == [
        (2, Moment(stage=2), "Tyler Reddick", ("Tyler Reddick",), "Lost wheel, spin"),
        (3, Moment(stage=2), "Kyle Busch", ("Byron", "Keselowski", "Kyle Busch", "Blaney"), "Contact, spin, wall"),
    ]


def test_a_story_without_headings_has_its_parts_and_speakers() -> None:
    found = passages(seed("ally-400-recap.txt"))
    assert [one.part for one in found] == [
        "before", *["stage 1"] * 7, *["stage 2"] * 6, *["stage 3"] * 4, "finish", "after", "after", "after",
    ]  # fmt: skip
    assert [one.speaker for one in found[-4:]] == [None, "Chastain", "Chastain", None]
    assert all(one.stage == (int(one.part[-1]) if one.part.startswith("stage") else None) for one in found)
    assert found[0].text.startswith("Early in the evening NASCAR")
    assert [moment for one in found for moment in one.moments] == [
        Moment(lap=20, stage=1),
        Moment(laps_to_go=30, stage=1),
        Moment(laps_to_go=143, stage=3),
        Moment(laps_to_go=70),
        Moment(laps_to_go=33),
        Moment(laps_to_go=20),
    ]


def test_last_names_are_paired_with_the_full_names_of_the_same_text() -> None:
    assert dict(seed("ally-400-recap.txt").full_names) == {
        "Chastain": "Ross Chastain", "Reddick": "Tyler Reddick", "Busch": "Kyle Busch", "Byron": "William Byron",
    }  # fmt: skip


def test_a_recap_that_never_names_its_race_says_so() -> None:
    reading = seed("daytona-recap.txt")
    identity = reading.identity
    assert (identity.series, identity.name, identity.track, identity.round, identity.appeared) == (None,) * 5
    assert (identity.season, identity.winner, reading.title) == (2023, "Allgaier", "")


def test_every_single_fact_of_the_other_recap_is_read_and_no_other() -> None:
    assert facts(seed("daytona-recap.txt")) == {
        "winner": "Allgaier",
        "season": 2023,
        "margin_s": 0.005,
        "stage_1_margin_s": 0.143,
        "stage_2_margin_s": 0.407,
        "overtime_attempts": 2,
        "laps_run": 110,
    }


def test_the_orders_of_the_other_recap_are_read_as_far_as_told() -> None:
    reading = seed("daytona-recap.txt")
    assert list(places(reading, "race").items()) == list(
        enumerate(
            ["Allgaier", "Creed", "Daniel Hemric", "Parker Kligerman", "Cole Custer", "Parker Retclaff", "Ryan Sieg",
             "Anthony Alfredo", "Gray Gaulding", "Justin Haley"], 1,
        )
    )  # fmt: skip
    assert list(places(reading, "stage-1").values()) == [
        "Austin Hill",
        "Creed",
        "Chandler Smith",
        "Brett Moffitt",
        "Alfredo",
    ]
    assert list(places(reading, "stage-2").values()) == ["Creed", "Hill", "Custer", "Sammy Smith", "Hemric"]
    assert places(reading, "stage-3") == {}


def test_to_go_counts_from_the_race_in_its_final_stage_and_from_the_stage_before_that() -> None:
    reading = seed("daytona-recap.txt")
    assert [(driver, moment) for _, moment, driver, _, _ in incidents(reading, "lead change")] == [
        ("Allgaier", Moment(lap=85)),
        ("Creed", Moment(laps_to_go=3, stage=2)),
        ("Mayer", Moment(lap=82, stage=3)),
        ("Allgaier", Moment(laps_to_go=15)),
        ("Bayne", Moment(lap=87, stage=3)),
    ]
    assert incidents(reading, "caution") == [
        (None, Moment(stage=3), "Jeb Burton", ("Jeb Burton",), "Spin, multi-car wreck")
    ]


def test_penalties_and_overtimes_are_incidents() -> None:
    reading = seed("daytona-recap.txt")
    ((_, _, driver, _, what),) = incidents(reading, "penalty")
    assert (driver, what) == ("Allgaier", "Pass-through penalty: pre-qualifying inspection")
    assert [(number, moment) for number, moment, *_ in incidents(reading, "overtime")] == [
        (None, Moment(stage=3)), (2, Moment(stage=3)),
    ]  # fmt: skip


def test_headings_give_passages_their_section_and_stage() -> None:
    found = passages(seed("daytona-recap.txt"))
    assert [(one.section, one.part) for one in found] == [
        ("", "before"), ("", ""), ("", ""), ("", "finish"), ("", "after"), ("", "after"),
        ("", "finish"), ("", "finish"),
        *[("Stage 1", "stage 1")] * 2, *[("Stage 2", "stage 2")] * 2, *[("Stage 3", "stage 3")] * 8,
    ]  # fmt: skip
    assert [one.speaker for one in found].count("Allgaier") == 2


@needs_originals
@pytest.mark.parametrize(("ours", "theirs"), PAIRS)
def test_the_seed_and_the_original_make_the_same_claims(ours: str, theirs: str) -> None:
    mine, original = seed(ours), read(document(ORIGINALS / theirs))
    assert shape(mine) == shape(original)
    assert mine.identity == original.identity
    assert (mine.title, mine.full_names) == (original.title, original.full_names)


@needs_originals
@pytest.mark.parametrize(("ours", "theirs"), [*PAIRS, ("ally-400-points.txt", "002_1d813ef4cad5d93e.txt")])
def test_no_sentence_of_the_original_stands_in_the_seed(ours: str, theirs: str) -> None:
    def runs(path: Path) -> set[tuple[str, ...]]:
        prose = [line.split() for line in path.read_text().splitlines() if " - 576 " not in line and len(line) > 80]
        return {tuple(words[at : at + 12]) for words in prose for at in range(len(words) - 11)}

    assert not runs(SEEDS / ours) & runs(ORIGINALS / theirs)


class Score:
    """Hits, misses and wrong values of one label over the labelled recaps."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()

    def add(self, label: str, expected: object, found: object) -> None:
        if found is None or found == []:
            self.missed[label] += expected not in (None, [])
        elif expected == found:
            self.right[label] += 1
        else:
            self.wrong[label] += 1

    def show(self, what: str) -> None:
        """Print the figures; pytest shows them with -s."""
        sys.stdout.write(f"{what}: right {dict(self.right)}, wrong {dict(self.wrong)}, missed {dict(+self.missed)}\n")


def full(reading: ParsedDocument, name: str) -> str:
    return fold(dict(reading.full_names).get(name, name))


def top(reading: ParsedDocument) -> list[str]:
    found = places(reading, "race")
    names = []
    for place in range(1, len(found) + 1):
        if place not in found:
            break
        names.append(full(reading, found[place]))
    return names


def score(reader: object, numbers: list[str]) -> Score:
    result = Score()
    labels = {row["id"]: row for row in map(json.loads, (RECAPS / "labels.jsonl").read_text().splitlines())}
    for number in numbers:
        source, label = document(RECAPS / "docs" / f"{number}.txt"), labels[number]
        form = RECAP if reader is RECAP else next(one for one in FORMATS if one.recognizes(source))
        (reading,) = form.read(source)
        known = facts(reading)
        winner = known.get("winner")
        result.add("winner", fold(label["winner"]), full(reading, str(winner)) if winner else None)
        found = top(reading)
        result.add("top", [fold(name) for name in label["top"]][: len(found)], found)
        for stage in (1, 2):
            result.add(f"stage{stage}", label[f"stage{stage}"] or [], list(places(reading, f"stage-{stage}").values()))
        for name, field in (("margin_seconds", "margin_s"), ("cautions", "cautions"), ("lead_changes", "lead_changes")):
            result.add(name, label[name], known.get(field))
        result.add("laps", label["laps"], known.get("laps_run", known.get("laps_scheduled")))
    return result


@needs_recaps
def test_the_labelled_recaps_are_read_without_a_wrong_value() -> None:
    result = score(RECAP, ["015", "016"])
    result.show("recaps")
    assert not +result.wrong
    assert not +result.missed
    assert result.right == {"winner": 2, "top": 2, "laps": 1}


@needs_recaps
def test_short_race_pages_are_read_by_the_format_that_knows_them_without_a_wrong_value() -> None:
    result = score(None, ["024", "025", "026", "027", "028", "029"])
    result.show("short race pages")
    assert not +result.wrong
    assert result.right["winner"] == 6
    assert result.right["top"] == 6


@needs_recaps
def test_the_prose_of_short_race_pages_alone_gives_no_wrong_value() -> None:
    result = score(RECAP, ["024", "025", "026", "027", "028", "029"])
    assert not +result.wrong
    assert result.right["winner"] == 6


@needs_recaps
def test_a_full_list_gives_every_place_of_the_field() -> None:
    for number in ("015", "016"):
        reading = read(document(RECAPS / "docs" / f"{number}.txt"))
        assert len(top(reading)) == 37
        assert all(row.car for row in reading.claims if isinstance(row, RowClaim))


@needs_recaps
def test_a_list_of_a_seasons_winners_is_no_result_of_one_race() -> None:
    reading = read(document(RECAPS / "docs" / "023.txt"))
    assert facts(reading) == {"appeared": date(2025, 7, 21)}
    assert not [claim for claim in reading.claims if isinstance(claim, RowClaim | IncidentClaim)]
    assert len(passages(reading)) > 3


def test_a_date_that_does_not_exist_rejects_the_document() -> None:
    with pytest.raises(BadDocument, match=r"told\.txt:1: there is no such day as 2023-06-31"):
        read(told(" date 2023-06-31 Falk won the race."))


def test_a_paragraph_said_twice_is_one_passage_with_both_lines() -> None:
    (passage,) = passages(read(told("Falk led every lap.\n\nFalk led every lap.")))
    assert (passage.line, passage.lines) == (1, (1, 3))


def test_a_line_that_goes_on_in_small_letters_belongs_to_the_paragraph_above() -> None:
    (passage,) = passages(read(told("Falk led until lap 30 when\nhe came to pit road.")))
    assert passage.text == "Falk led until lap 30 when he came to pit road."


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('"We had a fast car," Reed Falk said.', "Reed Falk"),
        ("“We had a fast car,” said Falk.", "Falk"),
        ("“We had a fast car.” Continued Falk", "Falk"),
        ('"We had it," van Dorn told the press.', "van Dorn"),
        ("Falk said that the car was fast.", "Falk"),
        ("The car was fast, Falk said.", "Falk"),
        ("Falk told the press that the car was fast.", "Falk"),
        ("Falk continued to lead.", None),
        ("Falk added ten points.", None),
        ('The "big one" came on lap 12.', None),
    ],
)
def test_the_speaker_is_whoever_the_text_says_it_is(text: str, speaker: str | None) -> None:
    (passage,) = passages(read(told(text)))
    assert passage.speaker == speaker


def test_a_quotation_left_open_goes_on_with_the_same_speaker() -> None:
    first, second, third = passages(read(told("“We won,” Falk said. “It was hard.\n\n“We did it.”\n\nDorn led early.")))
    assert (first.speaker, second.speaker, third.speaker) == ("Falk", "Falk", None)


def test_he_said_is_whoever_spoke_before() -> None:
    _, second = passages(read(told('"We won," Falk said.\n\n"It was hard," he said.')))
    assert second.speaker == "Falk"


INCIDENTS = [
    ("Falk took the lead on lap 40.", "lead change", "Falk", Moment(lap=40)),
    ("With 12 laps remaining Falk drove past Dorn for the lead.", "lead change", "Falk", Moment(laps_to_go=12)),
    ("Falk retook the lead from Dorn with ten to go.", "lead change", "Falk", Moment(laps_to_go=10)),
    ("Falk spun on lap 12 to bring out the caution.", None, None, None),
    ("Falk spun on lap 12, which brought out the first caution.", "caution", "Falk", Moment(lap=12)),
    ("The caution came out for debris on lap 31.", None, None, None),
    ("Debris brought out the fourth caution on lap 31.", "caution", None, Moment(lap=31)),
    ("Falk was penalized for speeding on pit road.", "penalty", "Falk", Moment()),
    ("Falk was sent to the rear of the field.", "penalty", "Falk", Moment()),
    ("Falk did nothing to warrant a speeding penalty.", None, None, None),
    ("Falk tried to take the lead on lap 40.", None, None, None),
    ("Falk took the lead.", None, None, None),
    ("Falk pitted under the stage caution.", None, None, None),
]


@pytest.mark.parametrize(("text", "kind", "driver", "moment"), INCIDENTS)
def test_incidents_are_read_where_the_sentence_is_clear(
    text: str, kind: str | None, driver: str | None, moment: Moment | None
) -> None:
    found = [one for one in read(told(text)).claims if isinstance(one, IncidentClaim) and kind]
    assert [(one.kind, one.driver, one.moment) for one in found] == ([(kind, driver, moment)] if kind else [])


FACTS = [
    ("The race saw nine cautions for 51 laps.", {"cautions": 9, "caution_laps": 51}),
    ("There were 19 lead changes among eight drivers.", {"lead_changes": 19, "leaders": 8}),
    ("It needed triple overtime.", {"overtime_attempts": 3}),
    ("It ended in overtime.", {}),
    ("Two cautions slowed the first stage.", {}),
    ("Falk led 120 of 267 laps.", {"laps_run": 267}),
    ("The Cup Series heads to the Oak 400 on Saturday, Aug. 5, 2023 at 7 p.m. ET on USA.",
     {"next_race": "Oak 400", "next_race_date": date(2023, 8, 5), "next_race_time": "7 p.m. ET",
      "next_race_network": "USA",
      "race_name": None, "series": "cup"}),
    ("Falk won the Maple 300 at Elm Speedway on Sunday, June 4, 2023.",
     {"winner": "Falk", "race_name": "Maple 300", "track": "Elm Speedway", "date": date(2023, 6, 4),
      "season": 2023}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FACTS)
def test_single_facts_are_read_where_stated(text: str, expected: dict[str, object]) -> None:
    assert facts(read(told(text))) == {name: value for name, value in expected.items() if value is not None}


def test_table_lines_in_a_recap_are_kept_raw() -> None:
    reading = read(told("Falk won the race.\n\n| Pos | Driver |\n| 1 | Falk |"))
    assert [claim.text for claim in reading.claims if isinstance(claim, RawClaim)] == [
        "| Pos | Driver |",
        "| 1 | Falk |",
    ]


def test_prose_about_a_race_is_known() -> None:
    assert RECAP.recognizes(document(SEEDS / "ally-400-recap.txt"))
    assert RECAP.recognizes(document(SEEDS / "daytona-recap.txt"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<html><body><p>The race was won by Falk on Sunday.</p>" * 5,
        "\x00\x01\x02\x03 the race on lap one was won. " * 20,
        "year,round,race,driver\n" + "2023,17,Ally,Falk\n" * 30,
        '["a.txt"]\nseries = "nxs"\nrace = "The race of the day was won by Falk."\nseason = 2023\n',
        "The cat sat on the mat all day. It was a very fine mat indeed. The dog did not like it at all.",
        "- #1 - Falk\n- #2 - Dorn\n- race",
    ],
)
def test_what_is_no_prose_about_racing_is_not_known(text: str) -> None:
    assert not RECAP.recognizes(told(text))


words = st.sampled_from([
    "Falk", "Dorn", "Pell", "won", "the", "first", "second", "stage", "race", "over", ",", ".", "and", "lap",
    "12", "with", "30", "to", "go", "he", "No.", "8", "#4", "-", "Stage", "1", "took", "lead", "third",
    "finished", "win", "“", "”", '"', "caution", "brought", "out", "overtime", "two", "\n", "\n\n", "Results",
    "1.", "Jr.", "A.", "who", "Sunday", "July", "2",
])  # fmt: skip


@given(st.lists(words, max_size=60).map(" ".join) | st.text(max_size=300))
def test_no_text_breaks_the_recap_but_by_saying_so(text: str) -> None:
    source = told(text)
    RECAP.recognizes(source)
    try:
        readings = RECAP.read(source)
    except BadDocument:
        return
    for claim in (claim for reading in readings for claim in reading.claims):
        check(claim, len(source.lines))


def check(claim: Claim, lines: int) -> None:
    assert 1 <= claim.line <= lines
    if isinstance(claim, RowClaim):
        assert claim.position is None or claim.position > 0
        assert family_name(claim.driver)
