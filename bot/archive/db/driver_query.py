"""Statements in the words of the database's driver: compiled once, then asked by a cursor of the driver itself.

SQLAlchemy makes an execution context, a cursor result and a row of its own kind for every statement. A card asks some
eight statements of a few rows each, and these things cost more than SQLite does: 120 microseconds a statement by Core
and 40 by the driver (48 facts of a race).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Dialect, Select, TupleType
from sqlalchemy.sql.compiler import SQLCompiler

from bot.archive.db.driver_error import as_database_error
from bot.archive.db.row_filter import row_filter_of

__all__ = ["DriverQuery", "Statement"]

Statement = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]
Values = Mapping[str, Any]
Rows = Sequence[Sequence[Any]]
Convert = Callable[[Any], Any]

MAX_LIST_LENGTH = 512  # of an `in_`: ten texts a statement at most, and below what any database takes


@dataclass(frozen=True, slots=True)
class _StatementText:
    """Text of a statement for lists of certain lengths.

    `order` has the names of its values where the driver takes them by their order, and is empty where it takes them by
    name; `expansion` the names that the values of each list have in it.
    """

    text: str
    order: tuple[str, ...]
    expansion: Mapping[str, Sequence[str]]


class DriverQuery:
    """A statement as one kind of database is asked it. What the driver takes or gives in another type is converted.

    A statement with an `in_` has another text for each length of the list. A list is filled up to the next power of
    two with its last value, which asks the same and keeps the texts few.
    """

    def __init__(self, statement: Statement, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        self._dialect = dialect
        self._constants = {
            name: bind.effective_value for bind, name in compiled.bind_names.items() if not bind.required
        }
        self._lists = {
            name: isinstance(bind.type, TupleType) for bind, name in compiled.bind_names.items() if bind.expanding
        }
        self._given = dict(_conversions(compiled))
        self._types = [column.type.dialect_impl(dialect) for column in statement.selected_columns]
        self._texts: dict[tuple[int, ...], _StatementText] = {}
        self._compiled: SQLCompiler | None = compiled
        if not (self._lists or compiled.literal_execute_params):
            # Its text is always the same; what it was compiled of takes 20 kB, and there are over a hundred.
            self._texts[()] = _StatementText(compiled.string, tuple(compiled.positiontup or ()), {})
            self._compiled = None
        self._read: tuple[tuple[int, Convert], ...] | None = None

    def can_ask(self, values: Values) -> bool:
        """Whether it can be asked with these values: not with a list that is empty or long."""
        return all(0 < len(values[name]) <= MAX_LIST_LENGTH for name in self._lists if name not in self._constants)

    def rows(self, connection: Connection, values: Values) -> Rows:
        """Its rows, in order. Raises DBAPIError, as SQLAlchemy does, and KeyError where a value is lacking."""
        values = {**self._constants, **values}
        for name, convert in self._given.items():
            values[name] = convert(values[name])
        text = self._text_for(values) if self._lists else self._text(values)
        pooled = connection.connection
        row_filter = row_filter_of(pooled)
        statement = row_filter.applied(text.text, self._dialect.name) if row_filter else text.text
        cursor = pooled.cursor()
        try:
            cursor.execute(statement, tuple([values[name] for name in text.order]) if text.order else values)
            rows: Rows = cursor.fetchall()
        except self._dialect.loaded_dbapi.Error as error:
            raise as_database_error(connection, text.text, error) from error
        else:
            if self._read is None:  # the driver names the types of its columns only where it has been asked
                self._read = tuple(self._readers(cursor.description))
        finally:
            cursor.close()
        return [_converted(row, self._read) for row in rows] if self._read else rows

    def _text_for(self, values: dict[str, Any]) -> _StatementText:
        """The text for the lists among `values`, whose single values are added to them under their names in it."""
        for name in self._lists:
            values[name] = _filled_up(values[name])
        text = self._text(values)
        for name, is_of_rows in self._lists.items():
            entries = values.pop(name)
            values.update(zip(text.expansion[name], chain(*entries) if is_of_rows else entries, strict=True))
        return text

    def _text(self, values: Values) -> _StatementText:
        lengths = tuple([len(values[name]) for name in self._lists])
        if lengths not in self._texts:
            assert self._compiled is not None  # else the text is there already
            state = self._compiled.construct_expanded_state(values)
            self._texts[lengths] = _StatementText(
                state.statement, tuple(state.positiontup or ()), state.parameter_expansion
            )
        return self._texts[lengths]

    def _readers(self, description: Sequence[Sequence[Any]]) -> Iterator[tuple[int, Convert]]:
        for place, (column_type, column) in enumerate(zip(self._types, description, strict=True)):
            convert = column_type.result_processor(self._dialect, column[1])
            if convert is not None:
                yield place, convert


def _conversions(compiled: SQLCompiler) -> Iterator[tuple[str, Convert]]:
    """How the values of a statement become the driver's, by name. Raises TypeError for those of a list."""
    for bind, name in compiled.bind_names.items():
        convert = bind.type.dialect_impl(compiled.dialect).bind_processor(compiled.dialect)
        if convert is None:
            continue
        if bind.expanding:
            raise TypeError(f"the list {name!r} has values that the driver does not take as they are")
        yield name, convert


def _filled_up(values: Sequence[Any]) -> Sequence[Any]:
    length = 1 << (len(values) - 1).bit_length()
    return [*values, *[values[-1]] * (length - len(values))]


def _converted(row: Sequence[Any], readers: Sequence[tuple[int, Convert]]) -> Sequence[Any]:
    cells = list(row)
    for place, convert in readers:
        cells[place] = convert(cells[place])
    return cells
