"""Errors that a person should hear about; `str(error)` is what that person reads.

BotError
├── BadSettings        a variable that cannot be used
├── BadDocument        a document that breaks its format
├── NameProblem        a name that stands for no single entity
│   ├── UnknownName    it stands for none
│   └── AmbiguousName  it may stand for several
├── NothingKnown       the archive holds no answer
├── ResultHidden       a result that whoever sees the answer does not want to know yet
├── NotAllowed         the person may not do this
├── TooMany            more than one person may do in a while
├── NotACommand        a line in the terminal that no command can read
├── OldButton          a button of an older version, or of something the archive no longer has
├── LoadUnderWay       another load has the archive
├── LoadEnded          a load whose process was ended: it took too long, too much memory, or died
├── NotDone            something that asks for a typed word, and the word was another one
├── StalePlan          a plan that the archive has moved on from, or that is over a day old
├── FetchError         a page or file that could not be fetched over the network
│   ├── FetchRefused   it is not asked for: the operator does not allow its address
│   └── PageMissing    there is none at its address
└── ArchiveUnusable    the database cannot be reached or read; for who runs the bot
    └── ArchiveAway    it cannot right now, and will be back; for everybody
"""

from collections.abc import Sequence
from pathlib import PurePath

__all__ = [
    "AmbiguousName",
    "ArchiveAway",
    "ArchiveUnusable",
    "BadDocument",
    "BadSettings",
    "BotError",
    "FetchError",
    "FetchRefused",
    "LoadEnded",
    "LoadUnderWay",
    "NameProblem",
    "NotACommand",
    "NotAllowed",
    "NotDone",
    "NothingKnown",
    "PageMissing",
    "ResultHidden",
    "StalePlan",
    "TooMany",
    "UnknownName",
]


class BotError(Exception):
    """The message is sent to the person: what is wrong, where, and what to do."""

    def __reduce__(self) -> tuple[object, ...]:
        """Text and attributes: an exception is otherwise made anew from its text alone, which not every class takes."""
        return _restored, (type(self), self.args, vars(self))


class BadSettings(BotError):
    """A setting that cannot be used; the text names the variable and what to write instead."""


class BadDocument(BotError):
    """`path` breaks its format at `line` (counted from 1); `reason` says how.

    `kind` is the kind of document that it was read as, or that it looks most like; "" where it is like none.
    """

    def __init__(self, path: PurePath, line: int, reason: str, kind: str = "") -> None:
        self.path, self.line, self.reason, self.kind = path, line, reason, kind
        super().__init__(f"{path.name}:{line}: {reason}")


class NameProblem(BotError):
    """A name that stands for no single entity: the `text` as typed and its `kind` ("driver", "race" ...)."""

    kind: str
    text: str


class UnknownName(NameProblem):
    """`text` stands for no `kind`; `suggestions` are (value, label) pairs of the closest names, best first.

    `reason` says why, where more is known than that: a part of a sentence.
    """

    def __init__(self, kind: str, text: str, suggestions: Sequence[tuple[str, str]] = (), reason: str = "") -> None:
        self.kind, self.text, self.suggestions, self.reason = kind, text, tuple(suggestions), reason
        hint = " Did you mean one of these?" if self.suggestions else ""
        because = f": {reason}" if reason else ""
        super().__init__(f"I know no {kind} called “{_one_line(text)}”{because}.{hint}")


class AmbiguousName(NameProblem):
    """`text` may stand for several; `candidates` are (value, label) pairs, likeliest first, at least two."""

    def __init__(self, kind: str, text: str, candidates: Sequence[tuple[str, str]]) -> None:
        self.kind, self.text, self.candidates = kind, text, tuple(candidates)
        super().__init__(f"“{_one_line(text)}” can mean more than one {kind}. Which one?")


class NothingKnown(BotError):
    """The documents do not say; the text also says what they do hold."""


class ResultHidden(BotError):
    """A result that is hidden from whoever sees the answer; the text says until when.

    `race` is the key of the race, `title` what is hidden, in a sentence: “the 2026 Ally 400”.
    """

    def __init__(self, text: str, race: str, title: str) -> None:
        self.race, self.title = race, title
        super().__init__(text)


class NotAllowed(BotError):
    """The person may not do this; the text says who may."""


class TooMany(BotError):
    """More than one person may do in a while; the text says when to try again."""


class NotACommand(BotError):
    """A line typed in the terminal that is no command, or not one with these options; the text says what is."""


class OldButton(BotError):
    """A button that can no longer be read; the text says what to type instead."""


class LoadUnderWay(BotError):
    """Another load has the archive; the text says whose and since when."""


class LoadEnded(BotError):
    """A load whose process was ended; the text says why. Nothing was changed."""


class NotDone(BotError):
    """Something that takes much away, without the word that has to be typed for it; the text says which."""


class StalePlan(BotError):
    """A plan that can no longer be applied; the text says why and to plan again."""


class FetchError(BotError):
    """A page or file that could not be fetched; the text says why.

    `retry_after_s` is how long its host asks to wait; None where it does not.
    """

    def __init__(self, text: str, retry_after_s: float | None = None) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(text)


class FetchRefused(FetchError):
    """An address that nothing is fetched from; the text says which are allowed, and by what."""


class PageMissing(FetchError):
    """An address at which there is no page, or none yet."""


class ArchiveUnusable(BotError):
    """The database or the folder cannot be reached, read or written.

    The text says which and what to do, for who runs the bot: it may name hosts and paths, so a fan never reads it.
    """


class ArchiveAway(ArchiveUnusable):
    """The database cannot be reached or read right now, and will be back by itself; the text is for everybody.

    `cause` says which and why, for who runs the bot; "" where there is no more to say.
    """

    def __init__(self, text: str, cause: str = "") -> None:
        self.cause = cause
        super().__init__(text)


def _restored(kind: type[BotError], args: tuple[object, ...], attributes: dict[str, object]) -> BotError:
    """An error of another process, as it was there."""
    error = kind.__new__(kind, *args)
    vars(error).update(attributes)
    return error


def _one_line(text: str, max_length: int = 60) -> str:
    """One line of at most `max_length` characters of what a person typed."""
    line = " ".join(text.split())
    return line if len(line) <= max_length else line[: max_length - 1] + "…"
