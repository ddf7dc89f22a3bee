"""The commands and their options, and nothing else: what they do is in the modules beside this one.

Each command imports what it uses when it runs, so that `--help` and `--version` stay quick.
"""

import gc
import sys
from pathlib import Path
from typing import Annotated

import typer

from newsfacts.cli.streams import replace_closed_streams

app = typer.Typer(
    name="newsfacts",
    help="Read Chinese news and give its numbers as structured facts.",
    epilog="Example: newsfacts extract article.html",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line: the entry point of the `newsfacts` command."""
    gc.set_threshold(50_000, 20, 20)  # tables and imports make no garbage: collecting seldom starts up 15 % faster
    replace_closed_streams()
    app(prog_name="newsfacts")


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
Word = Annotated[str | None, typer.Argument(metavar="WORD", help="Only rows that hold this word.", show_default=False)]
Glob = Annotated[str | None, typer.Option(metavar="PATTERN", help="Of a folder, only the files that match: '*.html'.")]
FilesFrom = Annotated[str | None, typer.Option(metavar="FILE", help="Read also what FILE names, one a line.")]
Form = Annotated[
    str | None,
    typer.Option("--format", "-f", metavar="table|json|jsonl|csv", help="A table on a terminal, jsonl in a pipe."),
]
TextForm = Annotated[
    str, typer.Option("--format", "-f", metavar="text|json", help="json: how it was read, and the text.")
]
RowForm = Annotated[
    str | None, typer.Option("--format", "-f", metavar="table|jsonl", help="A table on a terminal, jsonl in a pipe.")
]
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
Expect = Annotated[bool, typer.Option("--expect-facts", "-e", help="Exit with 4 when nothing is found.")]
Raw = Annotated[bool, typer.Option("--raw", help="Tables with plain digits and symbols: 22900000000 CNY.")]
Color = Annotated[str, typer.Option(metavar="auto|always|never", help="Colours in tables.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress; errors are told all the same.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Tell how each article was read.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show a traceback with each error.")]
Version = Annotated[
    bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
]


@app.callback()
def newsfacts(version: Version = False) -> None:
    """Read Chinese news and give its numbers as structured facts."""


@app.command()
def extract(
    context: typer.Context,
    paths: Paths = None,
    form: Form = None,
    output: Output = None,
    kind: Kinds = None,
    date: Date = None,
    encoding: Encoding = None,
    glob: Glob = None,
    files_from: FilesFrom = None,
    text_field: TextField = None,
    title_field: TitleField = None,
    date_field: DateField = None,
    id_field: IdField = None,
    max_size: Largest = 128,
    max_files: Files = 100_000,
    max_unpacked: Unpacked = 8192,
    segmenter: Segmenter = "rjieba",
    userdict: Userdict = None,
    expect_facts: Expect = False,
    raw: Raw = False,
    color: Color = "auto",
    quiet: Quiet = False,
    verbose: Verbose = False,
    debug: Debug = False,
    version: Version = False,
) -> None:
    """Print the figures of articles as facts.

    Each says how much it is, of what, whose, since or until when, and how it changed.

    \b
    Examples:
      newsfacts extract article.html
      newsfacts extract articles/ --glob '*.html' -o facts.jsonl
      cat article.txt | newsfacts extract --date 2022-01-06 -f csv
    """
    from newsfacts.cli.report import Report, ending

    names = paths or ([] if files_from else _standard_input(context))
    with ending(debug=debug):
        from newsfacts.cli import batch, inputs, options
        from newsfacts.output.target import open_target

        on_screen = output is None and sys.stdout.isatty()
        report = Report(progress=not quiet and not on_screen, verbose=verbose, debug=debug)
        fields = {"text": text_field, "title": title_field, "date": date_field, "id": id_field}
        limits = {"largest": max_size, "files": max_files, "unpacked": max_unpacked}
        reading = options.reading(date, encoding, fields, **limits)
        write = options.choose_writer(form, output, options.choose_view(color, output, raw=raw))
        kinds = options.parse_kinds(kind)
        find = options.choose_extract(segmenter, userdict)
        found = inputs.find_inputs(names, files_from, glob)
        options.refuse_overwriting(output, found)
        with open_target(output) as stream:
            write(batch.extract_all(batch.read_all(found, reading, report), find, kinds, report), stream)
        report.finish()
    raise typer.Exit(report.exit_code(expect_facts=expect_facts))


@app.command()
def text(
    path: OnePath,
    form: TextForm = "text",
    date: Date = None,
    encoding: Encoding = None,
    verbose: Verbose = False,
    debug: Debug = False,
) -> None:
    """Print the text that offsets index.

    With -v it also tells which lines of the page were left out of the text.

    \b
    Examples:
      newsfacts text article.html
      newsfacts text article.html -f json
    """
    from newsfacts.cli.report import Report, ending

    with ending(debug=debug):
        from newsfacts.cli import batch, options, texts
        from newsfacts.output.target import open_target

        report = Report(verbose=verbose, debug=debug)
        show = texts.choose_show(form)
        with open_target(None) as stream:
            texts.write(batch.read_all([path], options.reading(date, encoding), report), show, stream, report)
        report.finish()
    raise typer.Exit(report.exit_code())


@app.command()
def explain(
    source: TextOrPath,
    date: Date = None,
    encoding: Encoding = None,
    segmenter: Segmenter = "rjieba",
    userdict: Userdict = None,
    debug: Debug = False,
) -> None:
    """Tell how each figure came about.

    For every figure its rule, its row in the lexicon and the words behind what it says; for every near miss, why it is
    no figure.

    \b
    Examples:
      newsfacts explain '5G用户超过3亿户，同比增长12%'
      newsfacts explain article.html
    """
    from newsfacts.cli.report import Report, ending

    with ending(debug=debug):
        from newsfacts.cli import explain, options
        from newsfacts.output.target import open_target

        report = Report(debug=debug)
        readings = explain.find_readings(source, options.reading(date, encoding), report)
        with open_target(None) as stream:
            explain.write(readings, options.choose_extract(segmenter, userdict), stream)
        report.finish()
    raise typer.Exit(report.exit_code())


@app.command()
def units(word: Word = None, form: RowForm = None, color: Color = "auto", debug: Debug = False) -> None:
    """List the units that newsfacts knows.

    Symbol, kind, the words that stand for it and what one of them is worth, how pint reads it, and an example.

    \b
    Examples:
      newsfacts units 吨
      newsfacts units -f jsonl
    """
    from newsfacts.cli.report import ending

    with ending(debug=debug):
        from newsfacts.cli import options, units
        from newsfacts.output.target import open_target

        view = options.choose_view(color)
        show = units.choose_show(form, view)
        rows = units.find_rows(word)
        with open_target(None) as stream:
            show(rows, stream)


def _standard_input(context: typer.Context) -> list[str]:
    """Standard input when something is piped into it; else the help, on standard error, and exit code 2."""
    if not sys.stdin.isatty():
        return ["-"]
    typer.echo(context.get_help(), err=True)
    raise typer.Exit(2)
