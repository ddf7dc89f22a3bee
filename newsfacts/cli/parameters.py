"""What each command takes: the types of its arguments and options, with the help that is shown for them.

Several commands share most of these; `app.py` puts them together.
"""

from pathlib import Path
from typing import Annotated

import typer


def _show_version(asked: bool) -> None:
    if asked:
        from newsfacts import __version__

        typer.echo(f"newsfacts {__version__}")
        raise typer.Exit


Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATH", help="Files, folders, or - for standard input.", show_default=False),
]
OnePath = Annotated[str, typer.Argument(metavar="PATH", help="A file, or - for standard input.")]
TextOrPath = Annotated[
    str, typer.Argument(metavar="TEXT|PATH", help="A sentence, a file, or - for standard input.", show_default=False)
]
Inputs = Annotated[list[str], typer.Argument(metavar="INPUT...", help="Files, folders or patterns.")]
Folder = Annotated[str, typer.Argument(metavar="OUTPUT", help="The folder that gets facts/ and errors/.")]
Word = Annotated[str | None, typer.Argument(metavar="WORD", help="Only rows that hold this word.", show_default=False)]
Schema = Annotated[str, typer.Argument(metavar="facts|document", help="Which of the two.", show_default=False)]
Glob = Annotated[str | None, typer.Option(metavar="PATTERN", help="Of a folder, only the files that match: '*.html'.")]
FilesFrom = Annotated[str | None, typer.Option(metavar="FILE", help="Read also what FILE names, one a line.")]
Form = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="NAME",
        help="table, json, jsonl, csv, tsv, markdown, html, parquet or duckdb; a table on a terminal, jsonl in a pipe.",
    ),
]
Excel = Annotated[bool, typer.Option("--excel", help="CSV for spreadsheets, which then run nothing in it.")]
TextForm = Annotated[
    str, typer.Option("--format", "-f", metavar="text|json", help="json: how it was read, and the text.")
]
RowForm = Annotated[
    str | None, typer.Option("--format", "-f", metavar="table|jsonl", help="A table on a terminal, jsonl in a pipe.")
]
Sql = Annotated[str | None, typer.Argument(metavar="SQL", help="One query that reads.", show_default=False)]
FactFiles = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FACTS",
        help=".duckdb, .parquet or .jsonl files, folders of them, or - for JSON Lines on standard input.",
        show_default=False,
    ),
]
ResultForm = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="NAME",
        help="table, json, jsonl, csv, tsv or markdown; a table on a terminal, jsonl in a pipe.",
    ),
]
StatsForm = Annotated[
    str | None, typer.Option("--format", "-f", metavar="table|json", help="A table on a terminal, json in a pipe.")
]
Examples = Annotated[bool, typer.Option("--examples", help="Show queries that are of use, and exit.")]
Columns = Annotated[bool, typer.Option("--columns", help="Show the columns of both views, and exit.")]
Top = Annotated[int, typer.Option("--top", metavar="N", min=1, help="So many units, sources and months.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write FILE, whole or not at all, in the form of its suffix."),
]
Kinds = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar="KIND", help="Only facts of this kind (money, percent, ...); may be repeated."),
]
Date = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="The date of articles that have none.")]
Encoding = Annotated[str | None, typer.Option(metavar="NAME", help="The encoding, whatever the input says.")]
InputForm = Annotated[
    str | None,
    typer.Option(
        "--input-format",
        metavar="files|jsonl|parquet",
        help="files: opened whole by a worker, whatever they hold; the others are cut. By the names if not given.",
    ),
]
Master = Annotated[
    str | None, typer.Option(metavar="URL", help="Spark's master; all cores of this machine if not given.")
]
Conf = Annotated[list[str] | None, typer.Option(metavar="K=V", help="A setting of Spark; may be repeated.")]
Mode = Annotated[
    str,
    typer.Option(
        metavar="errorifexists|overwrite|append",
        help="When OUTPUT exists. append leaves out the sources that it holds already.",
    ),
]
ByMonth = Annotated[
    bool, typer.Option("--by-month/--no-by-month", help="A folder for each month of publication, or one for all.")
]
TextField = Annotated[str | None, typer.Option(metavar="NAME", help="The field of a record that holds its text.")]
TitleField = Annotated[str | None, typer.Option(metavar="NAME", help="... its title.")]
DateField = Annotated[str | None, typer.Option(metavar="NAME", help="... its date.")]
IdField = Annotated[str | None, typer.Option(metavar="NAME", help="... its id.")]
Largest = Annotated[int, typer.Option("--max-size", metavar="MIB", min=1, help="Refuse an article larger than this.")]
Files = Annotated[int, typer.Option("--max-files", metavar="N", min=1, help="Refuse an archive of more files.")]
Unpacked = Annotated[
    int, typer.Option("--max-unpacked", metavar="MIB", min=1, help="Refuse an archive that unpacks to more.")
]
Segmenter = Annotated[
    str, typer.Option(metavar="rjieba|jieba", help="What cuts sentences into words for metric and subject.")
]
Userdict = Annotated[
    str | None, typer.Option(metavar="FILE", help="Words for it, in jieba's format: word, frequency, tag a line.")
]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", "-j", metavar="N", min=1, help="Work in N processes; else in as many as there are cores."),
]
Timeout = Annotated[
    float | None, typer.Option(metavar="SECONDS", min=0.001, help="Give up an input that takes longer.")
]
Resume = Annotated[
    bool, typer.Option("--resume", help="Go on where a run with --resume stopped; read what changed again.")
]
Manifest = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="--resume with FILE for what is done, not OUTPUT.manifest.jsonl."),
]
RetryFailed = Annotated[bool, typer.Option("--retry-failed", help="--resume, and read again what failed.")]
SplitSize = Annotated[
    int | None, typer.Option(metavar="MIB", min=1, help="Write OUTPUT-00001, -00002, ... of about MIB each.")
]
SplitBy = Annotated[
    str | None, typer.Option(metavar="input", help="Write a file for each input, in a folder named like OUTPUT.")
]
Dedupe = Annotated[bool, typer.Option("--dedupe", help="Of articles with the same text, only the first.")]
Errors = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write failures to FILE: source, stage, message, advice a line.")
]
Progress = Annotated[str, typer.Option(metavar="auto|json", help="json: a line a second for a program to read.")]
Expect = Annotated[bool, typer.Option("--expect-facts", "-e", help="Exit with 4 when nothing is found.")]
Raw = Annotated[bool, typer.Option("--raw", help="Tables with plain digits and symbols: 22900000000 CNY.")]
Language = Annotated[
    str | None, typer.Option("--lang", metavar="zh|en", help="What an HTML page speaks, if not what its reader does.")
]
Color = Annotated[str, typer.Option(metavar="auto|always|never", help="Colours in tables.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress; errors are told all the same.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Tell how each article was read.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show a traceback with each error.")]
Version = Annotated[
    bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
]
