"""Facts made by hand, and the files in `tests/golden` that each format must make of them.

`python -m tests.formats` writes those files anew, when a format is meant to change.
"""

import io
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from newsfacts.model import Bound, Change, Direction, Document, Fact, Kind, Mode, Per, Period, Status
from newsfacts.output import EXCEL, FORMATS, table, write_text
from newsfacts.output.writers import File, Lines, Stream

GOLDEN = Path(__file__).parent / "golden"
TEXTS: dict[str, Lines | Stream] = {
    name: writer
    for name, writer in [
        ("facts.json", FORMATS["json"]),
        ("facts.jsonl", FORMATS["jsonl"]),
        ("facts.csv", FORMATS["csv"]),
        ("facts.tsv", FORMATS["tsv"]),
        ("facts.md", FORMATS["markdown"]),
        ("facts.txt", Stream(partial(table.write, view=table.View(width=100)))),
        ("excel.csv", EXCEL),
    ]
    if not isinstance(writer, File)
}
"""The golden files of formats of text."""


def find_fact(text: str, figure: str, kind: Kind, value: str | None, unit: str | None, **fields: Any) -> Fact:
    """The fact of the figure where it first stands in the text; `value` also is both ends unless they are given."""
    start = text.index(figure)
    number = None if value is None else Decimal(value)
    ends = {"low": number, "high": number}
    rest = {"bound": Bound.EXACT, "parts": None, "metric": None, "subject": None, "change": None, "period": None}
    more = {"per": None, "status": Status.ACTUAL, "negated": False, "sentence": text.split("\n")[-1]}
    return Fact(start, start + len(figure), figure, kind, number, unit=unit, **(ends | rest | more | fields))


REPORT = (
    "绿洲物流年报\n2023年，绿洲物流完成快递业务量1.5亿件，同比增长12.5%，三分之一为冷链件，每股拟派0.05元至0.08元。"
)
YEAR = Period("2023年", "2023")
FACTS = [
    find_fact(REPORT, "1.5亿件", Kind.COUNT, "150000000", "件", metric="快递业务量", subject="绿洲物流", period=YEAR),
    find_fact(
        REPORT,
        "12.5%",
        Kind.PERCENT,
        "12.5",
        "%",
        metric="快递业务量",
        change=Change(Direction.UP, Mode.BY, "yoy"),
        period=YEAR,
        evidence={"metric": (19, 24), "change": (32, 34)},
    ),
    find_fact(REPORT, "三分之一", Kind.RATIO, str(Decimal(1) / 3), None, parts=(Decimal(1), Decimal(3))),
    find_fact(
        REPORT,
        "0.05元至0.08元",
        Kind.MONEY,
        None,
        "CNY",
        low=Decimal("0.05"),
        high=Decimal("0.08"),
        bound=Bound.RANGE,
        per=Per(Decimal(1), "股"),
        status=Status.PLAN,
    ),
]

NAME = "'); DROP TABLE facts; --"
TRAP = f'=HYPERLINK("x")|<script>`{NAME}`，\t-5%跌至{"9" * 30}元'
TRAPS = [
    find_fact(TRAP, "-5%", Kind.PERCENT, "-5", "%", metric="=1+1", subject=NAME, negated=True),
    find_fact(
        TRAP, "9" * 30 + "元", Kind.MONEY, "9" * 30, "CNY", metric="@价格\n二", subject='"甲",乙', bound=Bound.OVER
    ),
]

RESULTS = [
    (Document(REPORT, source="a.txt", title="绿洲物流年报", published=date(2024, 2, 1), encoding="utf-8"), FACTS),
    (Document(TRAP, source="+b'c\".html#*_[1]", author="\u202e作者", url="https://news.example/?a=1&b=<2>"), TRAPS),
    (Document("本页没有数字。", source="空.txt"), []),
]
"""An article, one that is out to break a format, and one without facts."""


def write(name: str) -> str:
    """What a format of text makes of the results."""
    stream = io.StringIO()
    write_text(TEXTS[name], RESULTS, stream)
    return stream.getvalue()


if __name__ == "__main__":
    for file in TEXTS:
        (GOLDEN / file).write_text(write(file), encoding="utf-8", newline="\n")
