"""Commands in Spanish: every description, none too long, and no name."""

from typing import Any

import pytest

from bot.answers.context import QuestionRunner
from bot.frontend import limits
from bot.frontend.commands.sync import command_payloads
from bot.frontend.commands.translator import FILES, descriptions_in
from tests.support.discord import loopback_discord


async def described(runner: QuestionRunner) -> list[dict[str, Any]]:
    """Every command for fans and each of its options, as Discord is told them."""
    async with loopback_discord(runner) as loopback:
        commands = await command_payloads(loopback.bot.tree, None)
    slash_commands = [command for command in commands if "description" in command]
    return [one for command in slash_commands for one in (command, *command["options"])]


@pytest.mark.parametrize("file", sorted(set(FILES.values())))
async def test_every_description_is_translated_and_no_other(seed_desk: QuestionRunner, file: str) -> None:
    english = {one["description"] for one in await described(seed_desk)}
    translated = descriptions_in(file)
    assert sorted(english - translated.keys()) == [], f"missing in {file}"
    assert sorted(translated.keys() - english) == [], f"of no use in {file}"
    assert [text for text in translated.values() if not 0 < len(text) <= limits.COMMAND_DESCRIPTION_CHARS] == []


async def test_discord_is_told_descriptions_in_spanish_and_names_in_english(seed_desk: QuestionRunner) -> None:
    for one in await described(seed_desk):
        texts = one["description_localizations"]
        assert texts.keys() == {"es-ES", "es-419"}
        assert texts["es-ES"] == descriptions_in("spanish.toml")[one["description"]]
        assert not one.get("name_localizations")
