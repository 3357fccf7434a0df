"""Statements and lists of results into one order for each session: what contradicts itself is left out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.documents.recap.results.place_words import FAR_BACK
from bot.documents.recap.results.statement import Statement
from bot.documents.recap.words.text_names import TextNames
from bot.racing.sessions import RACE_SESSION

__all__ = ["Placing", "session_orders"]

NAMED, IN_LEAD, PLAIN = 4, 3, 2  # how much a winner told so weighs against another


@dataclass(frozen=True, slots=True)
class Placing:
    """One car's place in a session as told.

    `car`, and `start`, where it started, only where a list gives it, and `rookie` where it marks one.
    """

    line: int
    session: str
    driver: str
    position: int
    car: str | None = None
    rookie: bool = False
    start: int | None = None


def session_orders(
    statements: Sequence[Statement], listed: Sequence[Placing], names: TextNames, lead_line: int
) -> tuple[Placing, ...]:
    """One placing for each place that the text gives to one person only, sorted by session and place.

    A place that two people are told at has nobody, and nobody has two places in a session. Lists go before sentences.
    `lead_line` is the last line of the first paragraphs, where a report names its winner.
    """
    out = {names.key(one.driver) for one in statements if one.kind == "out"}
    statements = _with_winner(statements, listed)
    kept: list[Placing] = []
    for session in sorted({one.session for one in statements} | {one.session for one in listed}):
        rows = [one for one in listed if one.session == session]
        placed = [one for one in statements if one.kind == "place" and one.session == session]
        kept += _order(session, rows, placed, names, out if session == RACE_SESSION else set(), lead_line)
    return tuple(kept)


def _with_winner(statements: Sequence[Statement], listed: Sequence[Placing]) -> Sequence[Statement]:
    """The statements, without the orders that are finishes only behind a winner where the race has none."""
    winners = [(one.session, one.position) for one in statements] + [(one.session, one.position) for one in listed]
    if (RACE_SESSION, 1) in winners:
        return statements
    lines = {one.line for one in statements if one.in_front}
    return [one for one in statements if one.line not in lines or one.session != RACE_SESSION or one.kind != "place"]


def _order(
    session: str, rows: Sequence[Placing], placed: Sequence[Statement], names: TextNames, out: set[str], lead_line: int
) -> Iterator[Placing]:
    order = {one.position: one for one in rows}
    first = _winner(session, rows, placed, names, out, lead_line)
    if first and 1 not in order:
        order[1] = first
    places: defaultdict[int, list[Statement]] = defaultdict(list)
    for one in placed:
        is_out = names.key(one.driver) in out and (one.weak or one.position < FAR_BACK)  # who is out is scored last
        if one.position > 1 and one.position not in order and not is_out:
            places[one.position].append(one)
    taken = {names.key(one.driver) for one in order.values()}
    for position, claims in places.items():
        people = {names.key(one.driver): one for one in reversed(_known(claims, names))}
        people = {key: one for key, one in people.items() if key not in taken and not _is_short_for(key, people)}
        if len(people) == 1:
            (only,) = people.values()
            order[position] = Placing(only.line, session, only.driver, position)
    count = Counter(names.key(one.driver) for one in order.values())
    for _, placing in sorted(order.items()):
        if count[names.key(placing.driver)] == 1 or placing in rows or placing is first:
            yield replace(placing, driver=names.written(placing.driver))


def _known(claims: Sequence[Statement], names: TextNames) -> Sequence[Statement]:
    """The claims about people whom the text gives in full, where there are any: others may be no people."""
    return [one for one in claims if names.is_known(one.driver)] or claims


def _is_short_for(key: str, people: Iterable[str]) -> bool:
    """Whether a last name alone is that of somebody told in full at the same place: "Marsh", where a text has two."""
    return " " not in key and sum(other.split()[-1] == key for other in people if other != key) == 1


def _winner(
    session: str, rows: Sequence[Placing], placed: Sequence[Statement], names: TextNames, out: set[str], lead_line: int
) -> Placing | None:
    """The one person whom the text makes the winner; None where it makes two, or none for sure."""
    of_race = session == RACE_SESSION
    claims = [one for one in placed if one.position == 1 and names.key(one.driver) not in out]
    claims = [one for one in claims if of_race or not names.is_ambiguous(one.driver)]
    weights = _weights(claims, names, lead_line)
    common = weights.most_common(2)
    if not common or (len(common) > 1 and (not of_race or common[0][1] < 2 * common[1][1])):
        return None
    key, weight = common[0]
    elsewhere = len(
        {one.position for one in placed if names.key(one.driver) == key and one.position > 1 and not one.weak}
    )
    if of_race and elsewhere and elsewhere * PLAIN >= weight:
        return None
    if any(names.key(one.driver) == key and one.position != 1 for one in rows):
        return None
    own = [one for one in claims if names.key(one.driver) == key]
    first = next(one for one in (*own, *claims) if names.key(one.driver) in {key, key.split()[-1]})
    return Placing(first.line, session, first.driver, 1)


def _weights(claims: Sequence[Statement], names: TextNames, lead_line: int) -> Counter[str]:
    """How much the text says for each person who is told to have won."""
    weights: Counter[str] = Counter()
    for one in claims:
        plain = PLAIN if one.in_headline or one.line > lead_line else IN_LEAD
        weights[names.key(one.driver)] += NAMED if one.names_race else plain
    for key in [one for one in weights if " " not in one]:
        full = [one for one in weights if one.split()[-1] == key and one != key]
        if full:  # "Marsh", where a text has two: whoever of them is named in full
            weights[full[0]] += weights.pop(key)
    return weights
