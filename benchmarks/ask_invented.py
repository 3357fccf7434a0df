"""Questions of our own over the tables of documents, in many forms, with answers that are worked out from the cells.

They stand beside the questions that people asked when weights are fitted: those are few, of some forms there is one.
The words are in `ask_invented.toml`; here is what fills their slots, and the answer, which no program of the bot gives.
"""

import random
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.ask_questions import TableQuestion
from bot.questions.tables.model import CellKind, ColumnRole, TypedTable

__all__ = ["invented_questions"]

R = ColumnRole
PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "8th", "9th", "10th", "11th", "12th")
COUNTS = ("zero", "one", "two", "three", "four", "five")
VERBS = {"points": (("scored", "score"), ("earned", "earn"), ("received", "receive")),
         "laps": (("completed", "complete"), ("ran", "run"), ("did", "do"))}  # fmt: skip
HEADINGS = {"points": "points", "pts": "points", "laps": "laps"}
THINGS = (R.MAKE, R.TEAM, R.ENGINE, R.TYRE, R.CHASSIS, R.CLASS, R.CAR)
MOST_WORDS_OF_NAME = 3
MOST_ANSWERS = 6
MIN_ROWS = 4
Filling = tuple[str, dict[str, str], tuple[str, ...]]  # kind, slots, answers


@dataclass(frozen=True, slots=True)
class People:
    """A table of people by place: their names, those that questions say, and how a person is called."""

    table: TypedTable
    names: tuple[str, ...]
    said: tuple[str, ...]
    noun: str

    def texts(self, role: ColumnRole) -> tuple[str, ...]:
        """What the column of a role says; nothing where there is none or a cell is empty."""
        column = self.table.column_of(role)
        texts = tuple(row.cells[column.number].text.strip() for row in self.table.rows) if column else ()
        return texts if all(texts) else ()

    def amounts(self, role: ColumnRole) -> tuple[float | None, ...]:
        """The amounts of the column of a role; nothing where there is none."""
        column = self.table.column_of(role)
        return tuple(row.cells[column.number].amount for row in self.table.rows) if column else ()


def invented_questions(
    tables: Mapping[str, Sequence[TypedTable]], per_table: int, seed: int
) -> tuple[TableQuestion, ...]:
    """At most so many questions about the first table of each document, drawn by a seed."""
    chance = random.Random(seed)
    words = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    questions: list[TableQuestion] = []
    for document in sorted(tables):
        found = list(_fillings(tables[document][0], chance))
        chance.shuffle(found)
        for number, (kind, slots, answers) in enumerate(found[:per_table]):
            text = chance.choice(words[kind]).format(**slots)
            questions.append(TableQuestion(f"{document}-{number}", text, document, kind, False, answers, ()))
    return tuple(questions)


def _fillings(table: TypedTable, chance: random.Random) -> Iterator[Filling]:
    people = _people(table)
    makers: list[Iterator[Filling]] = []
    if people is not None:
        makers += [_of_order(people, chance), _of_grid(people, chance)]
        makers += [_of_amount(people, role, chance) for role in (R.POINTS, R.LAPS)]
        makers += [_of_things(people, role, chance) for role in THINGS]
    makers.append(_of_season(table, chance))
    for maker in makers:
        yield from (one for one in maker if 0 < len(one[2]) <= MOST_ANSWERS and all(one[2]))


def _people(table: TypedTable) -> People | None:
    """The people of a table that lists them by place, each once; None of any other table."""
    column, places = table.column_of(R.PERSON), table.column_of(R.PLACE)
    if column is None or places is None or len(table.rows) < MIN_ROWS:
        return None
    names = tuple(row.cells[column.number].text.strip() for row in table.rows)
    if not all(map(_is_name, names)) or len(set(names)) < len(names):
        return None
    if [row.cells[places.number].amount for row in table.rows[:3]] != [1, 2, 3]:
        return None
    surnames = Counter(name.split()[-1].lower() for name in names)
    said = tuple(
        name.split()[-1].lower() if number % 2 and surnames[name.split()[-1].lower()] == 1 else name.lower()
        for number, name in enumerate(names)
    )
    return People(table, names, said, "rider" if "rider" in column.words else "driver")


def _is_name(text: str) -> bool:
    return 0 < len(text.split()) <= MOST_WORDS_OF_NAME and not set(text) & set("/&;,")


def _of_order(people: People, chance: random.Random) -> Iterator[Filling]:
    names, said, noun = people.names, people.said, people.noun
    base = {"noun": noun, "nouns": f"{noun}s"}
    last = len(names) - 1
    at = chance.randrange(1, last)
    one, two = sorted(chance.sample(range(len(names)), 2))
    first, second = chance.choice([(one, two), (two, one)])
    here, pair = {**base, "a": said[at]}, {**base, "a": said[first], "b": said[second]}
    yield "next", here, (names[at + 1],)
    yield "previous", here, (names[at - 1],)
    yield "how many before", here, (str(at),)
    yield "all before", {**base, "a": said[3]}, names[:3]
    yield "better", pair, (names[one],)
    yield "worse", pair, (names[two],)
    yield "whether ahead", pair, ("yes" if first == one else "no",)
    yield "winner", base, (names[0],)
    many = chance.randint(3, min(5, len(names)))
    yield "top few", {**base, "count": COUNTS[many], "number": str(many)}, names[:many]
    placed = [row for row, place in enumerate(people.amounts(R.PLACE)[: len(PLACES)]) if place == row + 1]
    row = chance.choice(placed)
    yield "at a place", {**base, "place": PLACES[row], "number": str(row + 1)}, (names[row],)
    yield "place of", {**base, "a": said[row]}, (str(row + 1),)


def _of_grid(people: People, chance: random.Random) -> Iterator[Filling]:
    starts = people.amounts(R.GRID)
    rows = [row for row, start in enumerate(starts) if start and row < len(PLACES)]
    if not rows:
        return
    row = chance.choice(rows)
    base = {"noun": people.noun, "a": people.said[row], "number": _number(starts[row])}
    yield "grid of", base, (_number(starts[row]),)
    start = starts[row]
    if start is not None and start <= len(PLACES) and starts.count(start) == 1:
        yield "from the grid", {**base, "place": PLACES[int(start) - 1], "end": PLACES[row]}, (people.names[row],)


def _number(amount: float | None) -> str:
    return "" if amount is None else str(int(amount))


def _of_amount(people: People, role: ColumnRole, chance: random.Random) -> Iterator[Filling]:
    column, amounts, names = people.table.column_of(role), people.amounts(role), people.names
    what = HEADINGS.get(" ".join(column.words)) if column else None
    known = {row: amount for row, amount in enumerate(amounts) if amount is not None}
    if what is None or len(known) < MIN_ROWS or any(amount % 1 for amount in known.values()):
        return
    did, do = chance.choice(VERBS[what])
    one, two = chance.sample(sorted(known), 2)
    base = {"noun": people.noun, "nouns": f"{people.noun}s", "what": what, "did": did, "do": do}
    here = {**base, "a": people.said[one], "b": people.said[two], "n": _number(known[one])}
    values, same = list(known.values()), [row for row, amount in known.items() if amount == known[one]]
    yield "amount of", here, (_number(known[one]),)
    yield "highest amount", base, (_number(max(values)),)
    yield "spread", base, (_number(max(values) - min(values)),)
    yield "sum", here, (_number(known[one] + known[two]),)
    yield "whether more", here, ("yes" if known[one] > known[two] else "no",)
    yield "whether same", here, ("yes" if known[one] == known[two] else "no",)
    yield "same amount", here, tuple(names[row] for row in same if row != one)
    yield "all with more", here, tuple(names[row] for row, amount in known.items() if amount > known[one])
    yield "of the winner", base, (_number(amounts[0]),)
    yield "of the second", base, (_number(amounts[1]),)
    if len(same) == 1:
        yield "who has it", here, (names[one],)
    for kind, extreme in (("most", max(values)), ("least", min(values))):
        rows = [row for row, amount in known.items() if amount == extreme]
        yield kind, base, (names[rows[0]],) if len(rows) == 1 else ()
    yield from _how_many(here, values, known[one])
    if known[one] != known[two]:
        high, low = (one, two) if known[one] > known[two] else (two, one)
        yield "more", here, (names[high],)
        yield "fewer", here, (names[low],)
        ordered = {**here, "a": people.said[high], "b": people.said[low]}
        yield "how many more", ordered, (_number(known[high] - known[low]),)


def _how_many(here: dict[str, str], values: Sequence[float], bound: float) -> Iterator[Filling]:
    """Counts of rows by an amount; those of none are no questions."""
    tests: tuple[tuple[str, Callable[[float], bool]], ...] = (
        ("how many over", lambda amount: amount > bound), ("how many from", lambda amount: amount >= bound),
        ("how many under", lambda amount: amount < bound), ("how many with", lambda amount: amount == bound),
    )  # fmt: skip
    for kind, test in tests:
        count = sum(map(test, values))
        yield kind, here, (str(count),) if count else ()


def _of_things(people: People, role: ColumnRole, chance: random.Random) -> Iterator[Filling]:
    column, texts, names = people.table.column_of(role), people.texts(role), people.names
    if column is None or len(column.words) != 1 or not texts:
        return
    counts = Counter(texts)
    row = chance.randrange(len(names))
    base = {"noun": people.noun, "nouns": f"{people.noun}s", "head": column.words[0], "a": people.said[row]}
    yield "thing of", base, (texts[row],)
    place = chance.randrange(min(3, len(names)))
    yield "thing of place", {**base, "place": PLACES[place]}, (texts[place],)
    most = [thing for thing, count in counts.items() if count == max(counts.values())]
    yield "commonest", base, tuple(most) if len(most) == 1 else ()
    yield "different things", base, (str(len(counts)),)
    plain = [thing for thing in counts if _is_name(thing) and not _is_within(thing, counts)]
    if len(plain) < 2:
        return
    thing, other = chance.sample(plain, 2)
    rows = [number for number, text in enumerate(texts) if text == thing]
    number = chance.choice((5, 10))
    here = {**base, "thing": thing.lower(), "other": other.lower(), "number": str(number), "a": people.said[rows[0]]}
    yield "how many of", here, (str(counts[thing]),)
    yield "top of", here, (str(sum(row < number for row in rows)),)
    yield "first of", here, (names[rows[0]],)
    yield "last of", here, (names[rows[-1]],)
    yield "besides", here, tuple(names[row] for row in rows[1:])
    yield "either of", here, (str(counts[thing] + counts[other]),)
    if counts[thing] > counts[other]:
        yield "more of", here, (thing,)
        yield "how many more of", here, (str(counts[thing] - counts[other]),)


def _is_within(thing: str, others: Counter[str]) -> bool:
    """Whether the words of a thing stand in another one: "Lotus" in "Lotus-Ford"."""
    return any(thing.lower() in one.lower() and one != thing for one in others)


def _of_season(table: TypedTable, chance: random.Random) -> Iterator[Filling]:
    days, events = table.column_of(R.DAY), table.column_of(R.RACE, R.TRACK, R.PLACE_NAME)
    if days is None or events is None or days.kind is not CellKind.DAY or len(table.rows) < MIN_ROWS:
        return
    texts = [row.cells[events.number].text.strip() for row in table.rows]
    if len(set(texts)) < len(texts):
        return
    one, two = sorted(chance.sample(range(len(texts)), 2))
    first, second = chance.choice([(one, two), (two, one)])
    here = {"head": " ".join(events.words), "thing": texts[first].lower(), "other": texts[second].lower()}
    yield "day of", here, (table.rows[first].cells[days.number].text.strip(),)
    yield "earlier", here, (texts[one],)
    yield "event after", {**here, "thing": texts[one].lower()}, (texts[one + 1],)
    yield "event before", {**here, "thing": texts[two].lower()}, (texts[two - 1],)
    winners = table.column_of(R.WINNER)
    won = [row.cells[winners.number].text.strip() for row in table.rows] if winners else []
    if won and all(map(_is_name, won)):
        wins = Counter(won)
        best = [name for name, count in wins.items() if count == max(wins.values())]
        yield "who won", here, (won[first],)
        yield "wins", {"a": won[first].lower()}, (str(wins[won[first]]),)
        yield "most wins", {}, tuple(best) if len(best) == 1 else ()
        yield "winners", {}, (str(len(wins)),)
