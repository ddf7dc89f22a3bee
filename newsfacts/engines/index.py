"""What a run has to remember of all its inputs, on the disk, so that its memory does not grow with their number."""

from typing import TYPE_CHECKING

from newsfacts.engines.scratch import no_room

if TYPE_CHECKING:
    from sqlite3 import Connection

_FEW = 10_000


class Index:
    """A dictionary of strings in a temporary file that SQLite begins once it no longer fits its cache."""

    def __init__(self) -> None:
        from sqlite3 import connect

        self._rows: Connection = connect("", isolation_level=None)
        self._rows.execute("PRAGMA journal_mode = OFF")
        self._rows.execute("CREATE TABLE row (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
        self._rows.execute("BEGIN")

    def put(self, key: str, value: str) -> None:
        """Remember a value, in the place of an earlier one. Raises OutputError when there is no room for it."""
        from sqlite3 import Error

        try:
            self._rows.execute("INSERT OR REPLACE INTO row VALUES (?, ?)", (_clean(key), _clean(value)))
        except Error as error:
            raise no_room(error) from error

    def get(self, key: str) -> str | None:
        """The value that was put, if any."""
        found = self._rows.execute("SELECT value FROM row WHERE key = ?", (_clean(key),)).fetchone()
        return found and str(found[0])


class Once:
    """Tells what is new; the first few thousand keys are kept in memory, where that is quicker.

    >>> once = Once()
    >>> [once.is_new(name) for name in ("a.txt", "b.txt", "a.txt")]
    [True, True, False]
    """

    def __init__(self) -> None:
        self._few: set[str] = set()
        self._more: Index | None = None

    def is_new(self, key: str) -> bool:
        """Whether this is the first time that the key is asked for."""
        if key in self._few or (self._more is not None and self._more.get(key) is not None):
            return False
        if len(self._few) < _FEW:
            self._few.add(key)
            return True
        self._more = self._more or Index()
        self._more.put(key, "")
        return True


def _clean(text: str) -> str:
    """The text as SQLite takes it: a name that is not UTF-8 keeps its bytes apart."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
