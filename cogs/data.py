"""What moderators of the home server do with the documents."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.answers.moderation.aliases import alias_list_card, alias_request
from bot.answers.moderation.corrections import CorrectionInput, corrections_card, plan_correction
from bot.answers.moderation.documents import documents_card, template_card
from bot.answers.moderation.loads import log_card, plan_uploads
from bot.answers.moderation.reports import reports_card, unanswered_card
from bot.answers.moderation.status import moderation_queue, status_card
from bot.frontend.client import SpotterBot
from bot.frontend.host import Host, Interaction
from bot.frontend.moderation import (
    attachment_contents,
    fetched_document,
    moderator_name,
    moderators_only,
    plan_load,
    resolve_race_key,
    run_load,
    send_watches,
    try_and_show,
)
from bot.frontend.replies import send_card
from bot.frontend.servers.audience import answer
from cogs import options

__all__ = ["Data", "setup"]


MORE_FILES = tuple(f"file{number}" for number in range(2, 11))  # with the first one as many as an upload may have


class Data(commands.Cog):
    """Commands of moderators, in the home server only; `data_buttons` has those that only buttons call."""

    data = app_commands.Group(
        name="data",
        description="The documents and what they say, for moderators",
        default_permissions=discord.Permissions(manage_guild=True),
        guild_only=True,
    )

    def __init__(self, host: Host) -> None:
        self.host = host

    @data.command()
    async def status(self, interaction: Interaction) -> None:
        """What waits for you, then what the archive holds."""
        moderators_only(interaction)
        queue = await self.host.moderate(moderation_queue)
        await send_card(interaction, await answer(interaction, status_card, queue, self.host.channel_fault))

    @data.command()
    @app_commands.describe(dry_run="only say what would change; a button then applies it")
    async def reload(self, interaction: Interaction, dry_run: bool = False) -> None:
        """Read the documents folder again and say what changed."""
        moderators_only(interaction)
        if dry_run:
            await plan_load(interaction, lambda moderation: moderation.plan_reload(moderator_name(interaction)))
        else:
            await run_load(interaction, lambda moderation: moderation.reload(moderator_name(interaction)))

    @data.command()
    @app_commands.describe(
        file="a page, a recap, a table of results or points, saved data of a race; .gz and .zip are unpacked",
        **dict.fromkeys(MORE_FILES, "one more, to be loaded together with the others"),
        race="the race they tell of, where they do not say so themselves",
        kind="what to read it as, where that is not clear",
    )
    @app_commands.autocomplete(race=options.races, kind=options.document_kinds)
    async def upload(
        self,
        interaction: Interaction,
        file: discord.Attachment,
        race: str | None = None,
        kind: str | None = None,
        file2: discord.Attachment | None = None,
        file3: discord.Attachment | None = None,
        file4: discord.Attachment | None = None,
        file5: discord.Attachment | None = None,
        file6: discord.Attachment | None = None,
        file7: discord.Attachment | None = None,
        file8: discord.Attachment | None = None,
        file9: discord.Attachment | None = None,
        file10: discord.Attachment | None = None,
    ) -> None:
        """Load attached documents, up to ten or a zip, once you have seen what they would change."""
        moderators_only(interaction)
        more = (file2, file3, file4, file5, file6, file7, file8, file9, file10)
        attached = [file, *(one for one in more if one is not None)]
        key, by = resolve_race_key(interaction, race), moderator_name(interaction)
        contents = await attachment_contents(interaction, attached)
        await plan_load(interaction, lambda moderation: plan_uploads(moderation, by, contents, key, kind))

    @data.command()
    @app_commands.describe(what="the title or the address of an article, or the address of a document")
    async def fetch(self, interaction: Interaction, what: str) -> None:
        """Fetch a document and load it, once you have seen what it would change."""
        moderators_only(interaction)
        fetched = await fetched_document(interaction, what)
        await plan_load(interaction, lambda moderation: moderation.plan_fetched(moderator_name(interaction), fetched))

    @data.command()
    @app_commands.describe(
        what="a season, a page or a file to keep fresh, by its title or address; left out, what is watched",
        way="what to do with a new version; plans only if left out",
    )
    async def watch(
        self, interaction: Interaction, what: str | None = None, way: options.WatchWay = "plans only"
    ) -> None:
        """What is kept fresh from the network, or something new to be."""
        moderators_only(interaction)
        await send_watches(interaction, what, is_automatic=way == "apply when clean")

    @data.command()
    @app_commands.describe(document="one document, to read it or to remove it", line="the line to read around")
    @app_commands.autocomplete(document=options.documents)
    async def documents(
        self, interaction: Interaction, document: str | None = None, line: app_commands.Range[int, 1] = 1
    ) -> None:
        """The documents in force, or the text of one around a line."""
        moderators_only(interaction)
        names = self.host.runner.names
        await send_card(
            interaction, await self.host.moderate(lambda moderation: documents_card(moderation, names, document, line))
        )

    @data.command()
    @app_commands.describe(kind="the kind of document; a results table if left out")
    @app_commands.autocomplete(kind=options.template_kinds)
    async def template(self, interaction: Interaction, kind: str | None = None) -> None:
        """The smallest file of a kind that works, and what to know about it."""
        moderators_only(interaction)
        await send_card(interaction, template_card(kind))

    @data.command()
    @app_commands.describe(load="the number of one load, to see all of it")
    async def log(self, interaction: Interaction, load: app_commands.Range[int, 0] | None = None) -> None:
        """Every load: when, who, what changed; each can be rolled back."""
        moderators_only(interaction)
        await send_card(interaction, log_card(await self.host.moderate(lambda moderation: moderation.load_log()), load))

    @data.command()
    @app_commands.describe(
        race="the race whose value is wrong",
        what="the value: pick it, or type words of it such as “chastain laps”",
        value="what it should be",
        reason="how you know; shown with the correction",
    )
    @app_commands.autocomplete(race=options.races, what=options.correctable_values)
    async def correct(self, interaction: Interaction, race: str, what: str, value: str, reason: str) -> None:
        """Mend one value; it wins over the documents until it is withdrawn."""
        moderators_only(interaction)
        key = resolve_race_key(interaction, race) or race
        await plan_load(
            interaction,
            lambda moderation: plan_correction(
                moderation, moderator_name(interaction), key, CorrectionInput(what, value, reason)
            ),
        )

    @data.command()
    async def corrections(self, interaction: Interaction) -> None:
        """The corrections in force; each can be withdrawn."""
        moderators_only(interaction)
        active = await self.host.moderate(lambda moderation: moderation.corrections())
        await send_card(interaction, corrections_card(active, self.host.runner.names))

    @data.command()
    @app_commands.describe(first="the number of the report to begin with")
    async def reports(self, interaction: Interaction, first: app_commands.Range[int, 0] = 0) -> None:
        """What people said is wrong: to be answered, closed or deleted."""
        moderators_only(interaction)
        page = await self.host.moderate(lambda moderation: moderation.mistake_reports(first))
        await send_card(interaction, reports_card(page))

    @data.command()
    async def unanswered(self, interaction: Interaction) -> None:
        """Questions that found no answer, the most frequent first."""
        moderators_only(interaction)
        await send_card(
            interaction, unanswered_card(await self.host.moderate(lambda moderation: moderation.unanswered()))
        )

    @data.command()
    @app_commands.describe(
        kind="what it is another name for",
        alias="what people type, such as “logono”",
        means="whom or what they mean; of a race, any running of it",
    )
    @app_commands.autocomplete(means=options.alias_meanings)
    async def alias(self, interaction: Interaction, kind: options.AliasKind, alias: str, means: str) -> None:
        """Let a name that people type mean somebody, once you have seen what that changes."""
        moderators_only(interaction)
        request = alias_request(self.host.runner.names, kind, alias, means)
        await try_and_show(interaction, (request,), kind, alias)

    @data.command()
    async def aliases(self, interaction: Interaction) -> None:
        """The names that moderators have entered; each can be withdrawn."""
        moderators_only(interaction)
        await send_card(interaction, alias_list_card(await self.host.moderate(lambda moderation: moderation.aliases())))


async def setup(bot: SpotterBot) -> None:
    """Add the cog to the home server, without which the module is not loaded; discord.py calls this."""
    await bot.add_cog(Data(bot), guild=discord.Object(bot.home.guild or 0))
