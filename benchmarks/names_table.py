"""Our resolver beside others, on the same queries in one run: `make bench-names`.

Every resolver gets the same catalogue and queries. Ours answers with its production cutoffs; the others, which have
none, get the cutoff that is best for them: the lowest one that keeps the false-accept rate at 1 %, chosen on these very
queries, which flatters them.
"""

import difflib
import importlib
import json
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from benchmarks.names import Resolver, load
from benchmarks.names_drawing import NEGATIVE_PREFIX, catalogue_names, draw_negatives, draw_queries

__all__ = ["main"]

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "names"
POSITIVE_CLASSES = (
    "a_typo", "b_lastname", "b_firstname", "b_prefix", "b_initial", "b_punct", "b_suffix", "b_reorder", "b_short",
    "b_noise", "c_real", "c_number",
)  # fmt: skip
MAX_FALSE_ACCEPTS = 0.01
Rows = list[dict[str, object]]
Names = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares in percent, times in milliseconds, built in seconds."""

    name: str
    macro: float
    at_most_false: float
    false: float
    p50_ms: float
    p99_ms: float
    built_s: float
    classes: Mapping[str, float]


def difflib_resolver(names: Names) -> Resolver:
    """The standard library's close matches."""

    def resolve(query: str, kind: str) -> list[tuple[str, float]]:
        found = difflib.get_close_matches(query, names[kind], n=5, cutoff=0.0)
        return [(name, difflib.SequenceMatcher(None, name, query).ratio() * 100) for name in found]

    return resolve


def rapidfuzz_resolver(names: Names) -> Resolver:
    """WRatio of rapidfuzz, the scorer most bots use."""

    def resolve(query: str, kind: str) -> list[tuple[str, float]]:
        found = process.extract(query, names[kind], scorer=fuzz.WRatio, processor=str.lower, limit=5)
        return [(name, score) for name, score, _ in found]

    return resolve


def thefuzz_resolver(names: Names) -> Resolver:
    """The defaults of thefuzz. Raises ImportError where it is not installed."""
    extract = importlib.import_module("thefuzz.process").extract

    def resolve(query: str, kind: str) -> list[tuple[str, float]]:
        return [(str(name), float(score)) for name, score in extract(query, names[kind], limit=5)]

    return resolve


def trigram_resolver(names: Names) -> Resolver:
    """SQLite's full-text search over trigrams, best match first by its own rank."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE named USING fts5(name, kind UNINDEXED, tokenize='trigram')")
    rows = [(name, kind) for kind, names_of_kind in names.items() for name in names_of_kind]
    base.executemany("INSERT INTO named VALUES (?, ?)", rows)

    def resolve(query: str, kind: str) -> list[tuple[str, float]]:
        text = "".join(letter for letter in query if letter.isalnum() or letter == " ")
        grams = sorted({text[at : at + 3] for at in range(len(text) - 2)})
        if not grams:
            return []
        wanted = " OR ".join(f'"{gram}"' for gram in grams)
        sql = "SELECT name, -rank FROM named WHERE named MATCH ? AND kind = ? ORDER BY rank LIMIT 5"
        return [(str(name), float(score)) for name, score in base.execute(sql, (wanted, kind))]

    return resolve


OTHER_RESOLVERS: Mapping[str, Callable[[Names], Resolver]] = {
    "difflib": difflib_resolver,
    "thefuzz": thefuzz_resolver,
    "rapidfuzz WRatio": rapidfuzz_resolver,
    "SQLite FTS5 trigram": trigram_resolver,
}


def measure(name: str, build: Callable[[], Resolver], entities: Rows, queries: Rows) -> Figures:
    """Put every query to one resolver."""
    ids = {(str(row["kind"]), str(row["name"])): row["id"] for row in entities}
    started = time.perf_counter()
    resolve = build()
    build_s = time.perf_counter() - started
    times_s, scored = [], []
    for query in queries:
        text, kind = str(query["query"]), str(query["kind"])
        started = time.perf_counter()
        answer = resolve(text, kind)
        times_s.append(time.perf_counter() - started)
        preferred = query["preferred"]
        first = ids.get((kind, answer[0][0])) if answer else None
        is_right = isinstance(preferred, list) and first in preferred
        scored.append((str(query["class"]), is_right, answer[0][1] if answer else None))
    times_s.sort()
    wrong_scores = sorted(score for of, _, score in scored if of == "d_negative" and score is not None)
    negatives = sum(of == "d_negative" for of, _, _ in scored)
    allowed = int(MAX_FALSE_ACCEPTS * negatives)
    cutoff = wrong_scores[-allowed - 1] if len(wrong_scores) > allowed else float("-inf")
    classes = _shares(scored, float("-inf"))
    return Figures(
        name,
        statistics.mean(classes.values()),
        statistics.mean(_shares(scored, cutoff).values()),
        100 * len(wrong_scores) / negatives,
        1000 * times_s[len(times_s) // 2],
        1000 * times_s[int(0.99 * len(times_s))],
        build_s,
        classes,
    )


def _shares(scored: Sequence[tuple[str, bool, float | None]], cutoff: float) -> dict[str, float]:
    """Percent of each class whose first answer is right and scores above the cutoff."""
    return {
        name: 100 * statistics.mean(right and (score or 0) > cutoff for of, right, score in scored if of == name)
        for name in POSITIVE_CLASSES
    }


def markdown_tables(figures: Sequence[Figures]) -> Iterator[str]:
    """The figures as two Markdown tables: as a whole, and by class."""
    yield "| resolver | macro top-1 | at most 1 % false | false accepts | p50 / p99 ms | built in s |"
    yield "|---|---|---|---|---|---|"
    for resolver in figures:
        shares = f"{resolver.macro:.1f} | {resolver.at_most_false:.1f} | {resolver.false:.1f} %"
        yield f"| {resolver.name} | {shares} | {resolver.p50_ms:.2f} / {resolver.p99_ms:.2f} | {resolver.built_s:.2f} |"
    yield ""
    yield f"| top-1 by class | {' | '.join(one.name for one in figures)} |"
    yield "|---" * (len(figures) + 1) + "|"
    for name in POSITIVE_CLASSES:
        yield f"| {name[2:]} | {' | '.join(f'{one.classes[name]:.1f}' for one in figures)} |"


FRESH_SEED, FRESH_COUNT = 2027, 200  # a drawing that nobody has tuned for, and queries of each family


def fresh_table(entities: Rows) -> Iterator[str]:
    """Our resolver on queries drawn anew: what is right, and what names nothing and was answered.

    One table of what was made of names, one of what names nothing.
    """
    names = catalogue_names(entities)
    resolve = load(entities)
    outcomes: dict[str, list[tuple[bool, bool]]] = {}
    for query in (*draw_queries(names, FRESH_SEED, FRESH_COUNT), *draw_negatives(names, FRESH_SEED, FRESH_COUNT)):
        answer = [name for name, _ in resolve(query.text, query.kind)]
        first = answer[0] if answer else None
        outcome = (first in query.preferred, first in query.expected) if query.expected else (not answer, not answer)
        outcomes.setdefault(query.family, []).append(outcome)
    families = {family: of for family, of in outcomes.items() if not family.startswith(NEGATIVE_PREFIX)}
    yield "| drawn anew | queries | as a fan means it | one that fits |"
    yield "|---|---|---|---|"
    for family, of in families.items():
        yield f"| {family} | {len(of)} | {_share(right for right, _ in of)} | {_share(fits for _, fits in of)} |"
    means = [statistics.mean(right for right, _ in of) for of in families.values()]
    yield f"| macro |  | {100 * statistics.mean(means):.1f} |  |"
    yield ""
    yield "| names nothing | texts | answered all the same |"
    yield "|---|---|---|"
    negatives = {family: of for family, of in outcomes.items() if family.startswith(NEGATIVE_PREFIX)}
    for family, of in negatives.items():
        label = family.removeprefix(NEGATIVE_PREFIX)
        yield f"| {label} | {len(of)} | {_share(not refused for refused, _ in of)} % |"
    all_negatives = [refused for of in negatives.values() for refused, _ in of]
    yield f"| all | {len(all_negatives)} | {_share(not refused for refused in all_negatives)} % |"


def _share(hits: Iterable[bool]) -> str:
    return f"{100 * statistics.mean(hits):.1f}"


def main() -> int:
    """Measure all and print the tables; 1 where the catalogue is absent."""
    if not DATA.is_dir():
        print("The catalogue of names (../shared/data/names) is absent: nothing was measured.")
        return 1
    entities, queries = _lines("entities.jsonl"), _lines("dev.jsonl")
    names: dict[str, list[str]] = {}
    for row in entities:
        names.setdefault(str(row["kind"]), []).append(str(row["name"]))
    figures = [measure("Spotter", lambda: load(entities), entities, queries)]
    for name, build in OTHER_RESOLVERS.items():
        try:
            figures.append(measure(name, lambda build=build: build(names), entities, queries))  # type: ignore[misc]
        except ImportError:
            print(f"{name}: not installed", file=sys.stderr)
    print("\n".join(markdown_tables(figures)))
    print("\n".join(("", *fresh_table(entities))))
    return 0


def _lines(name: str) -> Rows:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    raise SystemExit(main())
