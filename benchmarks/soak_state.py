"""State of a soak: what was asked and answered, when it was disturbed, and the memory of the bot."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.archives import Archive
from benchmarks.traffic import Loopback, percentile, run_spotter

__all__ = ["AskedQuestion", "Soak"]

BEFORE_S, AFTER_S = 3.0, 3.0  # around a disturbance, in which an answer may be lost or late


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """When a question was sent, and the seconds to its first response; None where none came in time."""

    sent_s: float
    latency_s: float | None


@dataclass(slots=True)
class Soak:
    """One soak. Moments are those of `time.monotonic`."""

    discord: Loopback
    archive: Archive
    settings: dict[str, str]
    ends_s: float
    bot: Loopback = None
    counts: Counter[str] = field(default_factory=Counter)
    asked: list[AskedQuestion] = field(default_factory=list)
    disturbances: list[tuple[float, float]] = field(default_factory=list)
    memory: list[tuple[int, float]] = field(default_factory=list)

    async def start(self) -> None:
        """Start the bot, or start it again."""
        self.bot = await run_spotter(self.discord, self.archive, self.settings)

    async def pause(self, seconds: float) -> bool:
        """Whether the soak still goes on after so many seconds."""
        await asyncio.sleep(max(0.0, min(seconds, self.ends_s - time.monotonic())))
        return time.monotonic() < self.ends_s

    async def moderate(self, command: str, **options: object) -> Loopback | None:
        """The reply to a moderator's command; None where the bot was killed meanwhile."""
        replies: tuple[Loopback | BaseException, ...] = await asyncio.gather(
            self.discord.slash(command, user=self.discord.moderator, timeout=120, **options), return_exceptions=True
        )
        [reply] = replies
        return None if isinstance(reply, BaseException) or reply.timed_out or not reply.text else reply

    @contextmanager
    def disturbance(self) -> Iterator[None]:
        """Context manager in which answers may be lost: the bot is dead, or Discord does not listen."""
        began = time.monotonic()
        yield
        self.disturbances.append((began - BEFORE_S, time.monotonic() + AFTER_S))

    def note_memory(self) -> None:
        """Note the resident memory of the bot's own process, in MiB."""
        status = Path(f"/proc/{self.bot.proc.pid}/status").read_text(encoding="ascii")
        resident = next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")), 0.0)
        self.memory.append((self.bot.proc.pid, resident))

    def undisturbed(self) -> Sequence[AskedQuestion]:
        """The questions that nothing excuses to have lost."""
        return [
            one for one in self.asked if not any(began <= one.sent_s <= ended for began, ended in self.disturbances)
        ]

    def late_ms(self, share: float) -> float:
        """Milliseconds within which this share of the undisturbed answers began."""
        return percentile([one.latency_s for one in self.undisturbed() if one.latency_s is not None], share)

    def memory_growth(self) -> float:
        """How many times the memory of the last process at its end is that of its middle; 1 is flat."""
        last_life = [resident for pid, resident in self.memory if pid == self.bot.proc.pid]
        if len(last_life) < 6:
            return 1.0
        third = len(last_life) // 3
        return median(last_life[-third:]) / median(last_life[third : 2 * third])
