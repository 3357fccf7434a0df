"""Pages in MediaWiki's own markup: the same facts as the seed form, and no page that hangs the reader."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.documents.model import (
    BroadcastClaim,
    Claim,
    Document,
    EntryClaim,
    FactClaim,
    FootnoteClaim,
    ParsedDocument,
    PassageClaim,
    RawClaim,
    RowClaim,
    SessionClaim,
    StandingClaim,
)
from bot.documents.race_page.reader import RACE_PAGE
from bot.documents.registry import FORMATS
from bot.documents.wikitext.reader import WIKITEXT
from tests.support.paths import SAMPLES, SEEDS

SAMPLE = SAMPLES / "ally-400.wikitext"
BOX = "{{Infobox NASCAR race report\n| Race_Name = Ally 400\n| Year = 2023\n}}\n"


def of_text(text: str, name: str = "page.wikitext") -> Document:
    return Document(name, "", tuple(text.split("\n")))


def of_file(path: Path) -> Document:
    return Document(path.name, "", tuple(path.read_text(encoding="utf-8").splitlines()))


def read(text: str) -> ParsedDocument:
    (reading,) = WIKITEXT.read(of_text(BOX + text))
    return reading


def facts(reading: ParsedDocument) -> dict[str, object]:
    return {claim.field: claim.value for claim in reading.claims if isinstance(claim, FactClaim)}


def boxed(parameters: str) -> dict[str, object]:
    (reading,) = WIKITEXT.read(of_text("{{Infobox NASCAR race report\n" + parameters + "\n}}"))
    return facts(reading)


def words(text: str) -> list[str]:
    return [claim.text for claim in read(text).claims if isinstance(claim, PassageClaim)]


@pytest.fixture(scope="module")
def page() -> ParsedDocument:
    (reading,) = WIKITEXT.read(of_file(SAMPLE))
    return reading


def test_the_seed_form_and_the_wikitext_of_a_race_state_the_same(page: ParsedDocument) -> None:
    def figures(reading: ParsedDocument) -> list[Claim]:
        told = [replace(claim, line=0) for claim in reading.claims if not isinstance(claim, PassageClaim)]
        return sorted(told, key=repr)

    (seed,) = RACE_PAGE.read(of_file(SEEDS / "ally-400-race-page.txt"))
    assert figures(page) == figures(seed)
    assert (page.identity, page.title, page.kind) == (seed.identity, seed.title, seed.kind)


def test_the_claims_stand_on_the_lines_of_the_source(page: ParsedDocument) -> None:
    lines = page.document.lines
    for claim in page.claims:
        near = " ".join(lines[claim.line - 1 : claim.line + 4])
        if isinstance(claim, RowClaim | EntryClaim):
            assert claim.driver.split()[-1] in near
        if isinstance(claim, StandingClaim):
            assert str(claim.points) in near
    assert lines[next(c.line for c in page.claims if isinstance(c, FactClaim) and c.field == "pole_time_s") - 1] == (
        "| Pole_Time     = 29.797"
    )


def test_nothing_of_the_page_is_left_raw(page: ParsedDocument) -> None:
    assert [claim for claim in page.claims if isinstance(claim, RawClaim)] == []


def test_passages_are_what_a_reader_sees(page: ParsedDocument) -> None:
    passages = [claim for claim in page.claims if isinstance(claim, PassageClaim)]
    assert [(passage.section, passage.part) for passage in passages] == [
        ("", "background"),
        ("Background", "background"),
        ("Background", "background"),
        ("Practice", "before"),
        ("Qualifying", "before"),
        ("Television", "after"),
        ("Radio", "after"),
    ]
    assert not [passage.text for passage in passages if any(mark in passage.text for mark in "[]{}<>|\ue000\ue001")]
    assert passages[2].text.startswith("The oval is paved with concrete and a lap of it is 1+1/3 miles. Its owner, ")


def test_wikitext_is_known_and_nothing_else_is_taken_for_it() -> None:
    assert WIKITEXT.recognizes(of_file(SAMPLE))
    assert WIKITEXT.recognizes(of_text("{{infobox_NASCAR_race_report|Race_Name=A}}", "page.txt"))
    assert WIKITEXT.recognizes(of_text('==Results==\n{| class="x"\n! Pos !! Driver\n|-\n| 1 || A B\n|}'))
    assert not [path.name for path in SEEDS.glob("*.txt") if WIKITEXT.recognizes(of_file(path))]
    assert not WIKITEXT.recognizes(of_text("{{Infobox racing driver\n|name=A}}\n==B==\n{|\n! Year !! Driver\n|}"))
    assert not WIKITEXT.recognizes(of_text("Just a text\nabout {{nothing}}"))
    assert next(one for one in FORMATS if one.recognizes(of_file(SAMPLE))) is WIKITEXT


def test_the_template_describes_a_race_by_its_numbers_and_type() -> None:
    told = boxed("|Type=NAS\n|Race_No=4\n|Season_No=36\n|Year=2018\n|Race Name=A\n|image=x.png\n|Attendance=40,000")
    assert (told["round"], told["rounds"], told["season"], told["series"]) == (4, 36, 2018, "cup")
    assert (told["series_name"], told["attendance"]) == ("Monster Energy NASCAR Cup Series", 40000)
    assert boxed("|Type=ARCAME\n|Race_No=1\n|Season_No=9\n|Year=2022")["series_name"] == "ARCA Menards Series East"
    assert boxed("|Type=NASXFIN\n|Race_No=1\n|Season_No=9\n|Year=2022")["series"] == "nxs"
    unknown = boxed("|Type=ELSE\n|Race_No=4\n|Season_No=36\n|Year=2018")
    assert (unknown["round"], unknown["rounds"], "series" in unknown) == (4, 36, False)


def test_with_scheduled_laps_the_distance_is_what_was_run() -> None:
    told = boxed("|Scheduled_laps=300\n|Scheduled_mi=400\n|Distance_laps=308\n|Distance_mi=410.7\n|Distance_km=661")
    assert (told["laps_scheduled"], told["laps_run"], told["distance_mi"], told["distance_run_mi"]) == (
        300, 308, 400.0, 410.7,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "scheduled"),
    [
        ("188{{efn|Scheduled for 200}}", 200),
        ("188{{efn|name=rain|Shortened from 200 laps by [[rain]].<ref>A paper, 2024</ref>}}", 200),
        ("188 laps{{Refn|group=n|The race was shortened by rain.}}", None),
    ],
)
def test_a_note_behind_the_distance_says_what_was_scheduled(value: str, scheduled: int | None) -> None:
    found = boxed("| Race_Name = Ally 400\n| Year = 2024\n| Distance_laps = " + value)
    assert (found["laps_run"], found.get("laps_scheduled")) == (188, scheduled)


def test_a_reference_behind_the_distance_says_nothing_of_it() -> None:
    found = boxed("| Race_Name = Ally 400\n| Year = 2024\n| Distance_laps = 188<ref>A race of 300 laps</ref>")
    assert (found["laps_scheduled"], found.get("laps_run")) == (188, None)


def test_values_of_the_infobox_may_be_dressed() -> None:
    told = boxed(
        "| Fulldate = {{start date|2023|6|25}} | Avg = {{cvt|132.914|mph}} <!-- fast -->\n"
        "| Pole_Driver = {{flagicon|USA}} '''[[Ross Chastain|R. Chastain]]'''{{efn|He won}}\n"
        "| Announcers = {{ubl|[[Rick Allen]]|Jeff Burton}} | Network = NBC<br>Peacock\n"
        "| Booth_Ann = {{plainlist|\n* Doug Rice\n* Mark Garrow\n}}"
    )
    assert (str(told["date"]), told["average_speed_mph"]) == ("2023-06-25", 132.914)
    assert (told["pole_driver"], told["announcers"], told["network"], told["radio_booth"]) == (
        "R. Chastain", "Rick Allen, Jeff Burton", "NBC, Peacock", "Doug Rice, Mark Garrow",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("A {{convert|1.333|mi|km|adj=on}} oval", "A 1.333-mile oval"),
        ("It is {{convert|1|mi}} or {{convert|2|to|3|km|abbr=on}} long", "It is 1 mile or 2 to 3 km long"),
        ("{{convert|7|furlong|m}} of 10", "7 furlong of 10"),
        ("{{convert|12}} of {{convert}}", "12 of"),
        ("On {{start date|2023|13|45}} it was", "On 2023-13-45 it was"),
        ("On {{dts|soon}} it is", "On soon it is"),
        ("{{frac|3|4}} and {{frac|2}} left", "3/4 and 1/2 left"),
        ("He {{color|red|led}} {{sortname|Ross|Chastain}} in {{lang|fr|vert}}", "He led Ross Chastain in vert"),
        ("A{{ndash}}B{{unknown thing|a|b}} C{{nobody knows|d}}", "A–B Cd"),
        ("[http://example.org the page] or http://example.org/x is", "the page or is"),
        ("[[:Category:Races]], [[Category:Races]] [[File:A.png|10px|alt]]x", "Category:Races, x"),
        ("A <nowiki>{{kept [[as]] it}} is</nowiki> here", "A kept as it is here"),
        ("A &amp; B&nbsp;C&lrm; &#x110000; D&#xD800;", "A & B C &#x110000; D"),
        ("An [[unclosed link and {{nowrap|more [[of it}} end]]", "An unclosed link and more of it end"),
        ("Stray }} and ]] and <b unclosed", "Stray and and b unclosed"),
        ("Ross\u200b Chas\u00adtain\u202e won {{{1|}}}it", "Ross Chastain won it"),
    ],
)
def test_prose_reads_as_the_page_shows_it(source: str, seen: str) -> None:
    assert words(source) == [seen]


def test_comments_and_references_may_go_over_lines() -> None:
    reading = read("One<ref>{{cite\n|a=b\n}}</ref> line.\n<!-- two\nlines --> Next\n<gallery>\nA.png\n</gallery>\nLast")
    told = [(claim.line, claim.text) for claim in reading.claims if isinstance(claim, PassageClaim)]
    assert told == [(5, "One line."), (9, "Next"), (13, "Last")]


def test_a_list_right_after_the_infobox_is_no_part_of_it() -> None:
    (note,) = [claim for claim in read("* (R) marks a rookie driver.").claims if isinstance(claim, FootnoteClaim)]
    assert (note.line, note.section) == (5, "")


def results(table: str) -> list[RowClaim]:
    return [claim for claim in read("==Race results==\n" + table).claims if isinstance(claim, RowClaim)]


def test_a_cell_over_rows_stands_in_each_of_them() -> None:
    rows = results(
        '{|\n! Pos !! Driver !! Team !! Laps\n|-\n| 1 || A B || rowspan="2" | [[Team C]] || rowspan=2 | 9'
        "\n|-\n| 2 || D E\n|-\n| 3\n| F G\n| Team H\n| 8\n|}"
    )
    assert [(row.position, row.driver, row.team, row.laps, row.line) for row in rows] == [
        (1, "A B", "Team C", 9, 9),
        (2, "D E", "Team C", 9, 11),
        (3, "F G", "Team H", 8, 13),
    ]


def test_bands_reach_across_however_many_columns_they_claim() -> None:
    reading = read(
        "==Race results==\n{|\n! Pos !! Driver !! Laps\n|-\n| 1 || A B || 9\n|-\n! colspan=9 | Did not qualify"
        "\n|-\n| 2 || C D || 0\n|-\n| Official race results\n|}"
    )
    rows = [claim for claim in reading.claims if isinstance(claim, RowClaim)]
    assert [(row.driver, row.status) for row in rows] == [("A B", None), ("C D", "Did not qualify")]


def test_tables_that_only_set_the_page_are_opened() -> None:
    reading = read(
        "==Standings==\n{|\n|\n;Drivers' Championship standings\n{| class=x\n! Pos !! Driver !! Points\n|-\n"
        "| 1 || A B || {{mono|90}}\n|}\n| style=x |\n{|\n! !! Pos !! Manufacturer !! Points\n|-\n"
        "| {{up}} 2 || 1 || [[Ford]] || 80 (–5)\n|-\n| {{down|1}} || 2 || Kia || 70\n|}\n|}"
    )
    told = [claim for claim in reading.claims if isinstance(claim, StandingClaim)]
    assert [(one.championship, one.name, one.points, one.gap, one.change, one.line) for one in told] == [
        ("drivers", "A B", 90, None, None, 12),
        ("manufacturers", "Ford", 80, 5, 2, 18),
        ("manufacturers", "Kia", 70, None, 1, 20),
    ]


def test_a_caption_over_a_stage_table_is_its_title() -> None:
    reading = read("==Race==\n{|\n|+ Stage 1\n! Pos !! No !! Driver !! Points\n|-\n| 1 || 07 || A B || 10\n|}")
    (row,) = [claim for claim in reading.claims if isinstance(claim, RowClaim)]
    assert (row.session, row.car, row.points) == ("stage-1", "07", 10)
    assert [claim.key for claim in reading.claims if isinstance(claim, SessionClaim)] == ["stage-1"]


def test_people_of_the_broadcast_are_read_from_their_cells() -> None:
    reading = read("===Radio===\n{|\n! colspan=2 | MRN\n|-\n! Booth !! Pit\n|-\n| '''Analyst:''' A B<br>|| C D\n|}")
    told = [claim for claim in reading.claims if isinstance(claim, BroadcastClaim)]
    assert [(one.role, one.person) for one in told] == [("Analyst", "A B"), ("Pit", "C D")]


def test_comments_may_stand_between_the_rows_of_a_table() -> None:
    rows = results("{|\n! Pos !! Driver\n<!-- a\n-->|-\n| 1 || A B\n <!-- b\n\n-->|-\n | 2 || C D\n<!--x\n-->|}")
    assert [(row.line, row.driver) for row in rows] == [(10, "A B"), (14, "C D")]


def test_empty_tables_say_nothing() -> None:
    assert [type(claim) for claim in read("{|\n|}\n{|\n|-\n|-\n| ||\n|}").claims] == [FactClaim, FactClaim]
