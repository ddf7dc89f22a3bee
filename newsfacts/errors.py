"""Everything that newsfacts raises on purpose. Each message says what was wrong and ends in what to do."""


class NewsfactsError(Exception):
    """Base class of all that newsfacts raises on purpose, but for the ValueError of the parsers."""


class ReadError(NewsfactsError):
    """An input cannot be read as an article."""


class LexiconError(NewsfactsError):
    """A lexicon table has a row that breaks the table's rules."""


class OutputError(NewsfactsError):
    """Results cannot be written."""


class QueryError(NewsfactsError):
    """DuckDB cannot carry out a query, or holds no facts to carry it out on."""
