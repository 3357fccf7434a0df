"""What a moderator sees before *Apply*: what looks wrong, the fans' card, a choice, a typed word; and after it."""

import copy
import zipfile
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.answers.context import QuestionRunner
from bot.frontend.layout import HEAVY_COLOUR
from bot.terminal.loopback import LoopbackDiscord
from bot.terminal.payloads import Reply
from tests.support.discord import FAN, MODERATOR, assert_valid, button, displayed, labels, loopback_discord, upload
from tests.support.moderation import NEW_RACE_TABLE, PAGE, UNKNOWN_RACE_STORY


@pytest.fixture
async def loopback(filled: Engine, documents: Path) -> AsyncIterator[LoopbackDiscord]:
    """A bot with an archive of its own, filled from a folder of its own."""
    async with loopback_discord(QuestionRunner(filled), documents) as loopback:
        yield loopback


async def press(loopback: LoopbackDiscord, on: Reply, label: str) -> Reply:
    return assert_valid(await loopback.press(on, button(on, label)))


async def page_with(loopback: LoopbackDiscord, documents: Path, old: str, new: str) -> Reply:
    """The plan of the race page with something else in it."""
    text = (documents / PAGE).read_text(encoding="utf-8")
    assert old in text
    return assert_valid(await upload(loopback, MODERATOR, PAGE, text.replace(old, new).encode()))


def colour_of(reply: Reply) -> int:
    colour: int = reply.components[0]["accent_color"]
    return colour


async def test_a_misspelt_name_is_told_with_the_one_that_is_like_it(loopback: LoopbackDiscord, documents: Path) -> None:
    plan = await page_with(loopback, documents, "Joey Logano", "Joey Logono")
    assert "look wrong" in plan.headline
    assert "**Misspelt?** new driver Joey Logono, like Joey Logano? (ally-400-race-page.txt:65)" in plan.text
    assert plan.text.index("What looks wrong") < plan.text.index("2023 · Nashville Superspeedway")


async def test_a_changed_number_is_told_by_the_check_it_breaks_and_in_the_words_of_cards(
    loopback: LoopbackDiscord, documents: Path
) -> None:
    plan = await page_with(loopback, documents, "Laps: 90", "Laps: 91")
    broken = "stages of 91 + 95 + 115 = 301 laps; scheduled are 300 (ally-400-race-page.txt:"
    assert f"**Does not add up** {broken}" in plan.text
    assert "**Laps of Stage 1** 90 → 91" in plan.text
    done = await press(loopback, plan, "Apply")
    assert f"**Does not add up** {broken}" in done.text, "the report of the load names it too"


async def test_a_card_shows_no_name_that_only_the_archive_has(loopback: LoopbackDiscord, documents: Path) -> None:
    plan = await page_with(loopback, documents, "Pole Time: 29.797", "Pole Time: 29.979")
    assert "**Pole time** 29.797 seconds → 29.979 seconds" in plan.text
    assert "pole_time_s" not in plan.text


async def test_the_fans_card_is_shown_as_it_would_be_and_nothing_is_loaded(loopback: LoopbackDiscord) -> None:
    plan = assert_valid(await upload(loopback, MODERATOR, "chicago.csv", NEW_RACE_TABLE))
    card = await press(loopback, plan, "See the card")
    assert card.is_private
    assert card.headline == "Shane van Gisbergen won the 2023 Chicago 220 at Chicago Street Course."
    assert "Nothing is loaded yet." in card.text
    assert labels(card) == ["The plan"]
    assert "Upload of chicago.csv" in (await press(loopback, card, "The plan")).text
    assert (await loopback.slash("results", {"race": "chicago 220"}, FAN)).failed


async def test_after_apply_the_race_is_seen_and_the_load_undone(loopback: LoopbackDiscord) -> None:
    plan = assert_valid(await upload(loopback, MODERATOR, "chicago.csv", NEW_RACE_TABLE))
    done = await press(loopback, plan, "Apply")
    assert labels(done) == ["See the race", "Undo"]
    race = await press(loopback, done, "See the race")
    assert race.headline == "Shane van Gisbergen won the 2023 Chicago 220 at Chicago Street Course."
    back = await press(loopback, done, "Undo")
    assert "Roll back to before load 2" in back.text
    await press(loopback, back, "Apply")
    assert (await loopback.slash("results", {"race": "chicago 220"}, FAN)).failed


async def test_a_text_that_fits_no_race_asks_which_it_is_before_it_can_be_applied(loopback: LoopbackDiscord) -> None:
    plan = assert_valid(await upload(loopback, MODERATOR, "recap.txt", UNKNOWN_RACE_STORY))
    assert plan.headline == "recap.txt would make a new race: nothing in the archive fits it."
    choices = labels(plan)
    assert "Apply" not in choices
    assert choices[0] == "2023 Ally 400, Nashville Superspeedway"
    assert choices[-2:] == ["It is a new race", "Discard"]
    status = await loopback.slash("data status", {}, MODERATOR)
    assert "Apply" not in labels(status)
    old = copy.deepcopy(plan)
    settled = await press(loopback, plan, choices[0])
    assert labels(settled)[-2:] == ["Apply", "Discard"]
    assert "new race" not in settled.headline
    assert (await press(loopback, old, "It is a new race")).failed, "the plan before the choice is gone"


async def test_a_text_in_the_folder_that_fits_no_race_is_new_or_is_uploaded_with_its_race(
    loopback: LoopbackDiscord, documents: Path
) -> None:
    (documents / "recap.txt").write_bytes(UNKNOWN_RACE_STORY)
    plan = assert_valid(await loopback.slash("data reload", {"dry_run": "True"}, MODERATOR))
    assert plan.headline == "recap.txt would make a new race: nothing in the archive fits it."
    assert "such as 2023 Ally 400, Nashville Superspeedway, upload it with its race" in displayed(plan.text)
    assert labels(plan) == ["It is a new race", "Discard"]
    confirmed = await press(loopback, plan, "It is a new race")
    assert not (await press(loopback, confirmed, "Apply")).failed


async def test_that_it_is_a_new_race_is_a_choice_too(loopback: LoopbackDiscord) -> None:
    plan = assert_valid(await upload(loopback, MODERATOR, "recap.txt", UNKNOWN_RACE_STORY))
    confirmed = await press(loopback, plan, "It is a new race")
    assert confirmed.edited_in_place
    assert labels(confirmed) == ["See the card", "Apply", "Discard"]
    assert not (await press(loopback, confirmed, "Apply")).failed


@pytest.mark.parametrize("label", ["2023 Ally 400, Nashville Superspeedway", "It is a new race", "Discard"])
async def test_a_choice_of_a_plan_that_is_gone_says_so_and_leaves_nothing_to_press(
    loopback: LoopbackDiscord, label: str
) -> None:
    plan = assert_valid(await upload(loopback, MODERATOR, "recap.txt", UNKNOWN_RACE_STORY))
    old = copy.deepcopy(plan)
    await press(loopback, plan, "Discard")
    answer = await press(loopback, old, label)
    assert answer.failed
    assert "This plan is gone: it was discarded" in answer.text
    assert labels(answer) == ["What waits"]


@pytest.mark.parametrize("label", ["See the card", "Apply", "Discard"])
async def test_a_button_of_a_plan_that_was_applied_says_by_whom_and_as_which_load(
    loopback: LoopbackDiscord, label: str
) -> None:
    plan = assert_valid(await upload(loopback, MODERATOR, "chicago.csv", NEW_RACE_TABLE))
    old = copy.deepcopy(plan)
    await press(loopback, plan, "Apply")
    answer = await press(loopback, old, label)
    assert answer.failed
    assert "This plan was applied already, by user2 on " in answer.text
    assert answer.text.endswith("it is load 2 of /data log.")
    assert "the archive is as it was" not in answer.text


async def test_a_word_for_what_was_removed_already_says_so(loopback: LoopbackDiscord) -> None:
    plan = await removal_of_everything(loopback)
    form = await press(loopback, plan, "Remove it all")
    await loopback.submit(form, {"word": "remove"})
    again = assert_valid(await loopback.submit(form, {"word": "remove"}))
    assert "This plan was applied already" in again.text


async def removal_of_everything(loopback: LoopbackDiscord) -> Reply:
    """The plan of a roll back to before the first load."""
    log = await loopback.slash("data log", {}, MODERATOR)
    return await press(loopback, log, "Roll back 1")


async def test_what_takes_much_away_is_red_says_so_first_and_asks_for_a_word(loopback: LoopbackDiscord) -> None:
    plan = await removal_of_everything(loopback)
    assert plan.headline == "Roll back to before load 1 removes all 6 documents; nothing would be left."
    assert colour_of(plan) == HEAVY_COLOUR
    assert labels(plan)[-2:] == ["Remove it all", "Discard"]
    form = await press(loopback, plan, "Remove it all")
    assert form.modal is not None
    refused = assert_valid(await loopback.submit(form, {"word": "yes"}))
    assert refused.failed
    assert "Nothing was done" in refused.text
    assert labels(refused) == ["The plan"]
    assert not (await loopback.slash("race", {"name": "ally 400"}, FAN)).failed
    done = assert_valid(await loopback.submit(form, {"word": " Remove "}))
    assert not done.failed, done.text
    assert (await loopback.slash("race", {"name": "ally 400"}, FAN)).failed


async def test_what_takes_much_away_cannot_be_applied_by_another_button(loopback: LoopbackDiscord) -> None:
    plan = await removal_of_everything(loopback)
    custom_id = button(plan, "Remove it all").replace("|hy=True", "")
    plan.buttons[0]["custom_id"] = custom_id
    refused = assert_valid(await loopback.press(plan, custom_id))
    assert refused.failed
    assert "type the word remove" in refused.text


async def test_one_document_of_several_is_no_heavy_loss(loopback: LoopbackDiscord) -> None:
    document = await loopback.slash("data documents", {"document": "ally-400-recap.txt"}, MODERATOR)
    plan = await press(loopback, document, "Remove")
    assert colour_of(plan) != HEAVY_COLOUR
    assert "Apply" in labels(plan)


async def test_a_zip_of_documents_is_one_plan_and_what_is_none_is_named(loopback: LoopbackDiscord) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("chicago.csv", NEW_RACE_TABLE)
        archive.writestr("notes.doc", b"no document")
    plan = assert_valid(await upload(loopback, MODERATOR, "race.zip", packed.getvalue()))
    assert not plan.failed, plan.text
    assert "notes.doc:1: a document ends in" in plan.text
    assert "Template" in labels(plan)
    await press(loopback, plan, "Apply")
    assert not (await loopback.slash("results", {"race": "chicago 220"}, FAN)).failed


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("points.csv", b"position,driver,points\n1,Ross Chastain,576\n2,Denny Hamlin,558\n", "standings table"),
        ("odd.txt", b"nothing that anybody could read\n", "results table"),
    ],
)
async def test_the_error_of_a_document_ends_with_a_template(
    loopback: LoopbackDiscord, name: str, content: bytes, kind: str
) -> None:
    refused = assert_valid(await upload(loopback, MODERATOR, name, content))
    assert refused.failed
    assert labels(refused) == ["Template"]
    template = await press(loopback, refused, "Template")
    assert f"A {kind} to fill in" in template.text
