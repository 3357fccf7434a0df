"""Tables that SQLite keeps in the order of their keys."""

from collections.abc import Mapping

__all__ = ["KEY_ORDERED"]

# Among the arguments of a table with many short rows, which are found by a key of several columns. SQLite would keep
# such a table by a number of its own and the key in an index beside it: an archive of the whole history is a seventh
# larger then. Tallies, found by another index, are slower this way (those of a track by a quarter, measured).
KEY_ORDERED: Mapping[str, bool] = {"sqlite_with_rowid": False}
