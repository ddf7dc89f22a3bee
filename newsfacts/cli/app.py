"""The commands and their options, and nothing else: what they do is in the modules beside this one.

Each command imports what it uses when it runs, so that `--help` and `--version` stay quick.
"""

import gc
import sys

import typer

from newsfacts.cli import parameters as given
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


@app.callback()
def newsfacts(version: given.Version = False) -> None:
    """Read Chinese news and give its numbers as structured facts."""


@app.command()
def extract(
    context: typer.Context,
    paths: given.Paths = None,
    form: given.Form = None,
    output: given.Output = None,
    excel: given.Excel = False,
    kind: given.Kinds = None,
    date: given.Date = None,
    encoding: given.Encoding = None,
    glob: given.Glob = None,
    files_from: given.FilesFrom = None,
    text_field: given.TextField = None,
    title_field: given.TitleField = None,
    date_field: given.DateField = None,
    id_field: given.IdField = None,
    max_size: given.Largest = 128,
    max_files: given.Files = 100_000,
    max_unpacked: given.Unpacked = 8192,
    segmenter: given.Segmenter = "rjieba",
    userdict: given.Userdict = None,
    jobs: given.Jobs = None,
    timeout: given.Timeout = None,
    resume: given.Resume = False,
    manifest: given.Manifest = None,
    retry_failed: given.RetryFailed = False,
    errors: given.Errors = None,
    split_size: given.SplitSize = None,
    split_by: given.SplitBy = None,
    dedupe: given.Dedupe = False,
    progress: given.Progress = "auto",
    expect_facts: given.Expect = False,
    raw: given.Raw = False,
    lang: given.Language = None,
    color: given.Color = "auto",
    quiet: given.Quiet = False,
    verbose: given.Verbose = False,
    debug: given.Debug = False,
    version: given.Version = False,
) -> None:
    """Print the figures of articles as facts.

    Each says how much it is, of what, whose, since or until when, and how it changed.

    \b
    Examples:
      newsfacts extract article.html
      newsfacts extract articles/ --glob '*.html' -o facts.jsonl
      newsfacts extract article.html -o facts.html
      cat article.txt | newsfacts extract --date 2022-01-06 -f csv
    """
    from newsfacts.cli.ending import ending
    from newsfacts.cli.report import Report

    names = paths or ([] if files_from else _standard_input(context))
    with ending(debug=debug):
        from newsfacts.cli import batch, inputs, options
        from newsfacts.engines.work import Work, render_of

        on_screen = output is None and sys.stdout.isatty()
        meter = options.choose_meter(progress, color, quiet=quiet, shown=not (verbose or on_screen))
        report = Report(meter, quiet=quiet, verbose=verbose, debug=debug)
        fields = {"text": text_field, "title": title_field, "date": date_field, "id": id_field}
        limits = {"largest": max_size, "files": max_files, "unpacked": max_unpacked}
        reading = options.reading(date, encoding, fields, **limits)
        form = options.choose_format(form, output, excel=excel)
        view = options.choose_view(color, output, raw=raw)
        writer = options.choose_writer(form, view, excel=excel, language=lang)
        options.check_segmenter(segmenter, userdict)
        manifest = options.choose_manifest(output, writer, manifest, resume=resume or retry_failed)
        split = options.choose_split(output, writer, split_size, split_by)
        kinds, asked = options.parse_kinds(kind), {"notes": verbose, "traces": debug, "digests": dedupe}
        work = Work(reading, render_of(writer), kinds, segmenter, userdict, sums=manifest is not None, **asked)
        found = options.refuse_overwriting(output, inputs.find_inputs(names, files_from, glob))
        report.survey = inputs.choose_survey(meter, names, files_from, glob)
        plan = batch.Plan(work, writer, output, jobs, timeout, manifest, retry_failed, errors, split)
        batch.extract_all(found, plan, report)
        report.finish()
    raise typer.Exit(report.exit_code(expect_facts=expect_facts))


@app.command()
def text(
    path: given.OnePath,
    form: given.TextForm = "text",
    date: given.Date = None,
    encoding: given.Encoding = None,
    verbose: given.Verbose = False,
    debug: given.Debug = False,
) -> None:
    """Print the text that offsets index.

    With -v it also tells which lines of the page were left out of the text.

    \b
    Examples:
      newsfacts text article.html
      newsfacts text article.html -f json
    """
    from newsfacts.cli.ending import ending
    from newsfacts.cli.report import Report

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
    source: given.TextOrPath,
    date: given.Date = None,
    encoding: given.Encoding = None,
    segmenter: given.Segmenter = "rjieba",
    userdict: given.Userdict = None,
    debug: given.Debug = False,
) -> None:
    """Tell how each figure came about.

    For every figure its rule, its row in the lexicon and the words behind what it says; for every near miss, why it is
    no figure.

    \b
    Examples:
      newsfacts explain '5G用户超过3亿户，同比增长12%'
      newsfacts explain article.html
    """
    from newsfacts.cli.ending import ending
    from newsfacts.cli.report import Report

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
def units(
    word: given.Word = None, form: given.RowForm = None, color: given.Color = "auto", debug: given.Debug = False
) -> None:
    """List the units that newsfacts knows.

    Symbol, kind, the words that stand for it and what one of them is worth, how pint reads it, and an example.

    \b
    Examples:
      newsfacts units 吨
      newsfacts units -f jsonl
    """
    from newsfacts.cli.ending import ending

    with ending(debug=debug):
        from newsfacts.cli import options, units
        from newsfacts.output.target import open_target

        view = options.choose_view(color)
        show = units.choose_show(form, view)
        rows = units.find_rows(word)
        with open_target(None) as stream:
            show(rows, stream)


@app.command()
def query(
    sql: given.Sql = None,
    files: given.FactFiles = None,
    form: given.ResultForm = None,
    output: given.Output = None,
    examples: given.Examples = False,
    columns: given.Columns = False,
    color: given.Color = "auto",
    debug: given.Debug = False,
) -> None:
    """Ask files of facts in SQL.

    All files together are the views facts and documents. DuckDB answers, which reads these files only and writes none.

    \b
    Examples:
      newsfacts query "SELECT kind, count(*) FROM facts GROUP BY kind" facts.parquet
      newsfacts query "FROM facts WHERE kind = 'money'" facts.jsonl more.duckdb -o money.csv
      newsfacts query --examples
    """
    from newsfacts.cli.ending import ending

    with ending(debug=debug):
        from newsfacts.cli import options, query, rows
        from newsfacts.output.target import open_target

        show = rows.choose_show(form, output, options.choose_view(color, output))
        if examples:
            typer.echo(query.EXAMPLES.read_text(encoding="utf-8"), nl=False)
        elif columns:
            with open_target(output) as stream:
                show(query.COLUMNS, query.list_columns(), stream)
        else:
            query.write(sql, files, show, output)


@app.command()
def stats(
    files: given.FactFiles = None,
    form: given.StatsForm = None,
    top: given.Top = 10,
    color: given.Color = "auto",
    debug: given.Debug = False,
) -> None:
    """Count what files of facts hold.

    Facts by kind, unit, source and month, and the largest of each unit.

    \b
    Examples:
      newsfacts stats facts.jsonl
      newsfacts stats facts.parquet --top 3 -f json
    """
    from newsfacts.cli.ending import ending

    with ending(debug=debug):
        from newsfacts.cli import options, stats
        from newsfacts.output.target import open_target

        show = stats.choose_show(form, options.choose_view(color))
        found = stats.count(files, top)
        with open_target(None) as stream:
            show(found, stream)


@app.command()
def schema(what: given.Schema, debug: given.Debug = False) -> None:
    """Print the JSON Schema of what comes out as JSON.

    `facts` is a line of -f jsonl, `document` an element of the array of -f json.

    \b
    Examples:
      newsfacts schema facts
      newsfacts schema document
    """
    from newsfacts.cli.ending import ending

    with ending(debug=debug):
        from newsfacts.cli import options
        from newsfacts.output.target import open_target

        text = options.choose_schema(what)
        with open_target(None) as stream:
            stream.write(text)


@app.command()
def spark(
    paths: given.Inputs,
    output: given.Folder,
    master: given.Master = None,
    conf: given.Conf = None,
    input_format: given.InputForm = None,
    mode: given.Mode = "errorifexists",
    by_month: given.ByMonth = True,
    kind: given.Kinds = None,
    date: given.Date = None,
    encoding: given.Encoding = None,
    glob: given.Glob = None,
    text_field: given.TextField = None,
    title_field: given.TitleField = None,
    date_field: given.DateField = None,
    id_field: given.IdField = None,
    max_size: given.Largest = 128,
    max_files: given.Files = 100_000,
    max_unpacked: given.Unpacked = 8192,
    segmenter: given.Segmenter = "rjieba",
    userdict: given.Userdict = None,
    expect_facts: given.Expect = False,
    quiet: given.Quiet = False,
    debug: given.Debug = False,
) -> None:
    """Extract on Apache Spark, to Parquet.

    Wants the extra: pip install 'newsfacts[spark]', and Java 17. What fails is in OUTPUT/errors.

    \b
    Examples:
      newsfacts spark articles/*.jsonl out
      newsfacts spark hdfs://nn/crawl hdfs://nn/facts --master yarn --conf spark.executor.instances=40
    """
    from newsfacts.cli.ending import ending

    with ending(debug=debug):
        from newsfacts.cli import cluster, options

        cluster.check_spark()
        from newsfacts.engines.spark.inputs import Search
        from newsfacts.engines.spark.job import Job

        fields = {"text": text_field, "title": title_field, "date": date_field, "id": id_field}
        limits = {"largest": max_size, "files": max_files, "unpacked": max_unpacked}
        reading = options.reading(date, encoding, fields, **limits)
        options.check_segmenter(segmenter, userdict)
        search = Search(reading, options.parse_kinds(kind), segmenter, userdict, glob)
        job = Job(paths, output, search, input_format, mode, by_month)
        settings = cluster.parse_settings(conf, progress=not quiet and sys.stderr.isatty())
        tally = cluster.run(job, master, settings)
    raise typer.Exit(cluster.finish(job, tally, quiet=quiet, expect_facts=expect_facts))


def _standard_input(context: typer.Context) -> list[str]:
    """Standard input when something is piped into it; else the help, on standard error, and exit code 2."""
    if not sys.stdin.isatty():
        return ["-"]
    typer.echo(context.get_help(), err=True)
    raise typer.Exit(2)
