"""Tables: cells take unit, metric, time and owner from their heads; every table here is made up."""

import datetime
from collections.abc import Sequence

import pytest

import newsfacts
from newsfacts.document.article import read_article
from newsfacts.document.fold import fold
from newsfacts.document.grid import find_tables
from newsfacts.document.reading import read
from newsfacts.extractors.tables.measures import find_measures, read_measure
from newsfacts.lexicon import read_table
from newsfacts.model import Document, Fact
from tests.growth import check_linear

DAY = datetime.date(2022, 3, 20)
Row = Sequence[str]


def table(*rows: Row, caption: str = "") -> str:
    """A table in HTML; a cell may begin with its attributes and a bar: `rowspan=2|航线`."""
    lines = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in rows)
    return f"<table>{f'<caption>{caption}</caption>' if caption else ''}{lines}</table>"


def cell(words: str) -> str:
    attributes, _, text = words.rpartition("|")
    return f"<td {attributes}>{text}</td>"


def facts(markup: str) -> list[Fact]:
    document = read(markup.encode(), date=DAY)
    found = newsfacts.extract_document(document)
    for fact in found:
        assert document.text[fact.start : fact.end] == fact.text
        for name, (start, end) in fact.evidence.items():
            words = {"metric": fact.metric, "subject": fact.subject}.get(name)
            assert document.text[start:end] and words in (None, document.text[start:end])
    return found


def said(found: Sequence[Fact], *names: str) -> list[tuple[object, ...]]:
    """The text of each fact, with what it says of some attributes."""
    return [(fact.text, *(_attribute(fact, name) for name in names)) for fact in found]


def _attribute(fact: Fact, name: str) -> object:
    if name == "value":
        return None if fact.value is None else float(fact.value)
    if name == "period":
        return fact.period and fact.period.iso
    if name == "change":
        return fact.change and (str(fact.change.direction), fact.change.basis)
    if name == "per":
        return fact.per and fact.per.unit
    return str(value) if (value := getattr(fact, name)) is not None else None


def test_earnings_take_their_unit_from_the_line_above() -> None:
    found = facts(
        "<h1>远山集团公布年度报告</h1><p>公司今日披露业绩。</p><p>单位：百万元 币种：人民币</p>"
        + table(
            ["主要会计数据", "2021年", "2020年", "本期比上年同期增减(%)"],
            ["营业收入", "2,891,179", "2,540.5", "13.8"],
            ["归属于上市公司股东的净利润", "(312)", "—", "-204.7"],
            ["毛利率（%）", "35.2¹", "33.1", "增加2.1个百分点"],
            ["基本每股收益（元/股）", "1.23", "1.10", "11.82"],
        )
    )
    assert said(found[:3], "value", "unit", "metric", "period", "change") == [
        ("2,891,179", 2891179000000.0, "CNY", "营业收入", "2021", None),
        ("2,540.5", 2540500000.0, "CNY", "营业收入", "2020", None),
        ("13.8", 13.8, "%", "营业收入", "2021", ("up", "yoy")),
    ]
    assert said(found[3:5], "value", "metric", "change") == [
        ("(312)", -312000000.0, "归属于上市公司股东的净利润", None),
        ("-204.7", -204.7, "归属于上市公司股东的净利润", ("down", "yoy")),
    ]
    assert said(found[5:8], "value", "unit", "metric", "change") == [
        ("35.2", 35.2, "%", "毛利率", None),
        ("33.1", 33.1, "%", "毛利率", None),
        ("2.1个百分点", 2.1, "pp", "毛利率", ("up", "yoy")),
    ]
    assert said(found[8:9], "value", "unit", "per", "metric") == [("1.23", 1.23, "CNY", "股", "基本每股收益")]
    assert {fact.subject for fact in found} == {"远山集团"}


def test_the_unit_is_evidence() -> None:
    document = read(table(["航线", "客流（万人次）"], ["北港线", "1240"]).encode())
    (fact,) = newsfacts.extract_document(document)
    assert document.text[slice(*fact.evidence["unit"])] == "万人次"


def test_statistics_of_cities_take_unit_and_time_from_the_caption() -> None:
    found = facts(
        table(
            ["城市", "生产总值", "同比增长（%）", "常住人口（万人）", "排名"],
            ["海湾市", "1234.5", "-0.4", "321", "1"],
            ["合计", "2222", "3.2", "531", ""],
            caption="表1 2021年各市生产总值（单位：亿元）",
        )
    )
    assert said(found[:3], "value", "unit", "metric", "subject", "period") == [
        ("1234.5", 123450000000.0, "CNY", "生产总值", "海湾市", "2021"),
        ("-0.4", -0.4, "%", "生产总值", "海湾市", "2021"),
        ("321", 3210000.0, "人", "常住人口", "海湾市", "2021"),
    ]
    assert said(found[1:2], "change") == [("-0.4", ("down", "yoy"))]
    assert said(found[3:], "subject") == [("2222", None), ("3.2", None), ("531", None)]


def test_the_caption_names_the_metric_when_no_head_does() -> None:
    found = facts(table(["城市", "2021年"], ["海湾市", "1234"], caption="各市生产总值（单位：亿元）"))
    assert said(found, "unit", "metric", "subject", "period") == [("1234", "CNY", "生产总值", "海湾市", "2021")]


def test_medals_are_counted_and_ranks_are_not() -> None:
    found = facts(table(["排名", "代表团", "金牌", "银牌", "总数"], ["1", "海湾", "12", "9", "21"]))
    assert said(found, "kind", "unit", "metric", "subject") == [
        ("12", "count", "枚", "金牌", "海湾"),
        ("9", "count", "枚", "银牌", "海湾"),
        ("21", "number", None, "总数", "海湾"),
    ]


def test_a_specification_of_two_columns() -> None:
    found = facts(
        "<p>远山X1起价12.98万元。</p>"
        + table(
            ["轴距", "2935mm"],
            ["长×宽×高（mm）", "4805×1900×1650"],
            ["颜色", "红色"],
            ["型号", "5000"],
            ["电机最大功率（kW）", "150"],
            ["客服电话", "400-123-4567"],
        )
    )
    assert said(found[1:], "unit", "metric", "subject") == [
        ("2935mm", "mm", "轴距", "远山X1"),
        ("4805", "mm", "长×宽×高", "远山X1"),
        ("1900", "mm", "长×宽×高", "远山X1"),
        ("1650", "mm", "长×宽×高", "远山X1"),
        ("150", "kW", "电机最大功率", "远山X1"),
    ]


def test_heads_that_span_columns_and_rows() -> None:
    found = facts(
        table(
            ["rowspan=2|航线", "colspan=2|2021年", "colspan=2|2020年"],
            ["客运量（万人次）", "收入（亿元）", "客运量（万人次）", "收入（亿元）"],
            ["北港线", "1240", "3.5", "1100", "2.2亿"],
        )
    )
    assert said(found, "value", "metric", "subject", "period") == [
        ("1240", 12400000.0, "客运量", "北港线", "2021"),
        ("3.5", 350000000.0, "收入", "北港线", "2021"),
        ("1100", 11000000.0, "客运量", "北港线", "2020"),
        ("2.2亿", 220000000.0, "收入", "北港线", "2020"),
    ]


def test_a_quarter_stands_in_the_year_above_it() -> None:
    found = facts(
        table(["", "colspan=2|2020年", "2021年"], ["", "一季度", "二季度", "一季度"], ["销量（辆）", "1", "2", "3"])
    )
    assert said(found, "period") == [("1", "2020-01/2020-03"), ("2", "2020-04/2020-06"), ("3", "2021-01/2021-03")]


@pytest.mark.parametrize("years", [["", "2020", "2021E"], ["", "2020年", "2021年（预测）"]])
def test_years_alone_head_columns_and_tell_forecasts(years: list[str]) -> None:
    found = facts(table(years, ["产量（万吨）", "120", "130"]))
    assert said(found, "unit", "period", "status") == [("120", "t", "2020", "actual"), ("130", "t", "2021", "forecast")]


def test_years_on_the_left_are_times() -> None:
    found = facts(table(["年份", "总人口（万人）"], ["2019", "321"], ["2020", "325"]))
    assert said(found, "metric", "period") == [("321", "总人口", "2019"), ("325", "总人口", "2020")]


def test_a_column_of_units() -> None:
    found = facts(table(["指标", "单位", "数值", "同比增速（%）"], ["货物吞吐量", "万吨", "3200", "5.1"]))
    assert said(found, "unit", "metric", "change") == [
        ("3200", "t", "货物吞吐量", None),
        ("5.1", "%", "货物吞吐量", ("up", "yoy")),
    ]


def test_a_row_of_units() -> None:
    found = facts(table(["城市", "生产总值", "同比增速"], ["", "亿元", "%"], ["海湾市", "1234", "5.5"]))
    assert said(found, "unit", "metric") == [("1234", "CNY", "生产总值"), ("5.5", "%", "生产总值")]


def test_a_wide_row_is_a_caption_of_the_rows_below() -> None:
    found = facts(
        table(
            ["项目", "本报告期", "上年同期"],
            ["colspan=3|一、盈利（单位：万元）"],
            ["营业收入", "320", "300"],
            ["colspan=3|二、其他"],
            ["在职员工（人）", "21", "20"],
            caption="远山股份有限公司2022年第一季度主要数据",
        )
    )
    assert said(found, "value", "unit", "period") == [
        ("320", 3200000.0, "CNY", "2022-01/2022-03"),
        ("300", 3000000.0, "CNY", "2021-01/2021-03"),
        ("21", 21.0, "人", "2022-01/2022-03"),
        ("20", 20.0, "人", "2021-01/2021-03"),
    ]
    assert {fact.subject for fact in found} == {"远山股份有限公司"}


def test_companies_may_head_the_columns() -> None:
    found = facts(table(["指标", "远山集团", "青岚集团"], ["营业收入（亿元）", "12", "15"]))
    assert said(found, "metric", "subject") == [("12", "营业收入", "远山集团"), ("15", "营业收入", "青岚集团")]


def test_a_quantity_over_names() -> None:
    found = facts(table(["年份", "colspan=2|客运量（万人次）"], ["", "北港线", "西岛线"], ["2020年", "120", "90"]))
    assert said(found, "metric", "subject", "period") == [
        ("120", "客运量", "北港线", "2020"),
        ("90", "客运量", "西岛线", "2020"),
    ]


def test_arrows_and_signs_tell_the_direction() -> None:
    found = facts(table(["月份", "销量（辆）", "环比"], ["1月", "12,000", "+3.2%"], ["2月", "9800", "↓18.3%"]))
    assert said(found, "metric", "period", "change") == [
        ("12,000", "销量", "2022-01", None),
        ("3.2%", "销量", "2022-01", ("up", "pop")),
        ("9800", "销量", "2022-02", None),
        ("18.3%", "销量", "2022-02", ("down", "pop")),
    ]


def test_ranges_bounds_and_prices_from_which_on() -> None:
    found = facts(
        table(["车型", "指导价（万元）", "续航（km）"], ["X1", "12.98-15.98", "约605"], ["X2", "15万起", "600以上"])
    )
    ends = [(fact.low and int(fact.low), fact.high and int(fact.high)) for fact in found]
    assert [(*texts, *end) for texts, end in zip(said(found, "bound", "unit"), ends, strict=True)] == [
        ("12.98-15.98", "range", "CNY", 129800, 159800),
        ("605", "~", "km", None, None),
        ("15万起", ">=", "CNY", 150000, None),
        ("600以上", ">=", "km", 600, None),
    ]


def test_what_is_no_quantity() -> None:
    assert not facts(
        table(
            ["日期", "时间", "对阵", "电话", "股票代码"],
            ["3月5日", "19:30", "海湾队 vs 青岚队", "12345678", "600001"],
            ["3月6日", "20:00", "北港队 vs 西岛队", "87654321", "000002"],
        )
    )


def test_the_caption_unit_is_not_that_of_rates_and_head_counts() -> None:
    found = facts(
        "<p>单位：万元</p>" + table(["项目", "2021年"], ["营业收入", "500"], ["毛利率", "35.2"], ["员工人数", "120"])
    )
    assert said(found, "unit") == [("500", "CNY"), ("35.2", None), ("120", "人")]


def test_sentences_in_a_cell_know_better_but_take_its_time() -> None:
    found = facts(
        table(["时间", "事件"], ["2021年", "公司营收12亿元，同比增长5%。"], ["2020年", "公司员工增至300人。"])
    )
    assert said(found, "metric", "period") == [
        ("12亿元", "营收", "2021"),
        ("5%", "营收", "2021"),
        ("300人", "公司员工", "2020"),
    ]


def test_rows_of_a_table_are_not_whom_the_text_goes_on_about() -> None:
    markup = (
        "<p>远山集团营收3亿元。</p>" + table(["航线", "客流（人次）"], ["西岛线", "886"]) + "<p>该公司还投资6亿元。</p>"
    )
    assert facts(markup)[-1].subject == "远山集团"


def test_a_table_that_lays_out_a_page_is_none() -> None:
    inner = table(["航线", "客流（人次）"], ["北港线", "12"])
    layout = f"<table><tr><td><p>全年收入3亿元。</p>{inner}</td><td>侧栏</td></tr></table>"
    document = read(layout.encode())
    assert [[document.text[cell.start : cell.end] for cell in table.cells] for table in document.tables] == [
        ["航线", "客流（人次）", "北港线", "12"]
    ]
    assert not read(b"<table><tr><td>" + "收入3亿元".encode() + b"</td></tr></table>").tables


def test_offsets_hold_when_furniture_goes() -> None:
    story = "<p>责任编辑：林小满</p>" + table(
        ["航线", "客流（人次）"], ["colspan=2|责任编辑：林小满"], ["北港线", "12"]
    )
    document = read(f"<h1>夜航</h1>{story}".encode())
    assert "林小满" not in document.text
    (found,) = document.tables
    assert [document.text[cell.start : cell.end] for cell in found.cells] == ["航线", "客流（人次）", "北港线", "12"]


def test_a_table_in_markdown() -> None:
    text = "# 远山集团一季报\n\n| 项目 | 2022年一季度 | 同比 |\n|---|---:|---:|\n| 营收（亿元） | **12.5** | +3.1% |\n"
    found = newsfacts.extract_document(read_article(text, markdown=True).document)
    assert said(found, "unit", "metric", "period") == [
        ("12.5", "CNY", "营收", "2022-01/2022-03"),
        ("3.1%", "%", "营收", "2022-01/2022-03"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "一季度指标（单位：亿元）\n指标\t2022年\t2021年\n营业收入\t12.5\t11.2\n公司表示满意。",
        "指标（亿元） | 2022年 | 2021年\n--- | --- | ---\n营业收入 | 12.5 | 11.2",
        "|指标（亿元）｜2022年|2021年|\n|营业收入|12.5|11.2|",
    ],
)
def test_a_table_in_plain_text(text: str) -> None:
    assert said(newsfacts.extract(text, date=DAY), "value", "metric", "period") == [
        ("12.5", 1250000000.0, "营业收入", "2022"),
        ("11.2", 1120000000.0, "营业收入", "2021"),
    ]


def test_a_label_that_has_the_unit() -> None:
    text = "远山集团公布业绩。\n营业收入（百万元）：2,891,179\n2021年净利润（亿元）：23.5\n他（男）35岁，住（三）201。"
    found = newsfacts.extract(text, date=DAY)
    assert said(found[:2], "value", "unit", "metric", "period", "subject") == [
        ("2,891,179", 2891179000000.0, "CNY", "营业收入", None, "远山集团"),
        ("23.5", 2350000000.0, "CNY", "净利润", "2021", "远山集团"),
    ]
    assert said(found[2:]) == [("35岁",)]


def test_prose_is_left_alone() -> None:
    assert newsfacts.extract("公司（单位：亿元）表格见附件|返回首页\t分享") == []


@pytest.mark.parametrize(
    ("words", "unit", "scale"),
    [
        ("亿元", "CNY", 10**8),
        ("人民币百万元", "CNY", 10**6),
        ("万人次", "人次", 10**4),
        ("美元/桶", "USD", 1),
        ("%", "%", 1),
    ],
)
def test_units_that_stand_alone(words: str, unit: str, scale: int) -> None:
    measure = read_measure(words)
    assert measure is not None
    assert measure.unit == unit
    assert int(measure.scale) == scale


@pytest.mark.parametrize("words", ["上海", "注", "1", "2021年", "其中", "12亿元", "元、%"])
def test_words_that_are_no_unit(words: str) -> None:
    assert words == "注" or read_measure(words) is None


def test_labels_of_units_in_their_examples() -> None:
    for row in read_table("tables")["label"]:
        for example in row["examples"]:
            shadow = fold(example)
            assert find_measures(shadow, 0, len(shadow), "CNY"), example


def test_plain_tables_are_found_in_linear_time() -> None:
    check_linear(
        newsfacts.extract_document,
        lambda rows: "航线\t客流\n" + "北港线\t12\n" * rows,
        prepare=Document,
        repeats=1000,
    )


def test_cells_of_plain_tables_are_exact() -> None:
    text = " | 航线 | 客流 |\n|---|---|\n | 北港线 |  12 |"
    assert [text[cell.start : cell.end] for table in find_tables(text) for cell in table.cells] == [
        "航线",
        "客流",
        "北港线",
        "12",
    ]
