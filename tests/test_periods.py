"""Time expressions and what they date. The corpus files `link_period_*` hold the sentences; here are the pieces."""

import datetime
from typing import Any

import pytest

from newsfacts.document.fold import fold
from newsfacts.document.sentences import split_sentences
from newsfacts.extractors.figures import find_figures
from newsfacts.extractors.figures.dates import find_dates
from newsfacts.extractors.periods import Timeline
from newsfacts.extractors.periods.calendar import format_edtf
from newsfacts.extractors.periods.moments import find_year_end, scan_moments
from newsfacts.extractors.periods.outlook import Context
from newsfacts.lexicon import read_table
from newsfacts.model import Figure, Sentence
from tests.growth import check_linear

TABLE = read_table("periods")
NEWS_DAY = datetime.date(2022, 1, 6)


def read_moments(text: str, published: datetime.date | None = NEWS_DAY) -> dict[str, str | None]:
    """The words of each time expression of a text, and the dates that they name."""
    shadow = fold(text)
    found = scan_moments(shadow, 0, len(shadow), Context(published))
    return {text[m.start : m.end]: m.interval and format_edtf(m.interval) for m in found}


def read_periods(text: str, *, skip: bool) -> list[tuple[str, str | None] | None]:
    """The periods of all figures; with `skip` the sentences without figures are not shown to the timeline."""
    shadow = fold(text)
    timeline = Timeline(NEWS_DAY)
    periods: list[tuple[str, str | None] | None] = []
    figures = find_figures(shadow)
    for sentence in split_sentences(shadow):
        own = [figure for figure in figures if sentence.start <= figure.start < sentence.end]
        if own or not skip:
            found = timeline.read(shadow, text, sentence, own)
            periods += [each and (each.value.text, each.value.iso) for each in found]
    return periods


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2021年", "2021"),
        ("二〇二一年三月", "2021-03"),
        ("民國110年4月7日", "2021-04-07"),
        ("110年4月", "2021-04"),
        ("08年", "2008"),
        ("21年3月", "2021-03"),
        ("98年12月", "1998-12"),
        ("2013-2017年", "2013/2017"),
        ("2019/20财年", None),
        ("2020年Q3", "2020-07/2020-09"),
        ("2021H1", "2021-01/2021-06"),
        ("今年上半年", "2022-01/2022-06"),
        ("今年一季度", "2022-01/2022-03"),
        ("去年前三季度", "2021-01/2021-09"),
        ("2021年前11个月", "2021-01/2021-11"),
        ("去年底", "2021-12-31"),
        ("2021年初", "2021-01"),
        ("去年年中", "2021-06-30"),
        ("2021年秋季", "2021-09/2021-11"),
        ("５月", "2021-05"),
        ("1月", "2022-01"),
        ("1月6日", "2022-01-06"),
        ("12月31日", "2021-12-31"),
        ("31日", "2021-12-31"),
        ("6日晚8点", "2022-01-06"),
        ("11月下旬", "2021-11-21/2021-11-30"),
        ("本周", "2022-01-03/2022-01-09"),
        ("上周", "2021-12-27/2022-01-02"),
        ("周三", "2022-01-05"),
        ("上周五", "2021-12-31"),
        ("下周一", "2022-01-10"),
        ("昨晚", "2022-01-05"),
        ("前天", "2022-01-04"),
        ("截至去年11月底", "2021-11-30"),
        ("截至12月31日止六个月", "2021-07/2021-12"),
        ("截至3月31日止年度", "2020-04/2021-03"),
        ("截至1月2日当周", "2021-12-27/2022-01-02"),
        ("20世纪80年代", "1980/1989"),
        ("3年前", "2019"),
        ("2021年9月28日至10月5日", "2021-09-28/2021-10-05"),
        ("去年11月至今年1月", "2021-11/2022-01"),
    ],
)
def test_an_expression_names_its_dates(text: str, iso: str) -> None:
    assert read_moments(text) == {text: iso}


@pytest.mark.parametrize(
    "text", ["目前", "近年来", "过去三年", "未来48小时", "2023财年", "去年夏季晚些时候", "第一财季"]
)
def test_an_expression_that_no_date_resolves(text: str) -> None:
    assert read_moments(text) == {text: None}


@pytest.mark.parametrize(
    "text",
    [
        "他上年纪了",
        "全年龄段",
        "同年级",
        "每周一次",
        "两周三场",
        "3月期拆息",
        "近期货价",
        "5日均线",
        "30日内",
        "本周期",
        "年底薪",
    ],
)
def test_words_that_only_look_like_a_time(text: str) -> None:
    assert not {words: iso for words, iso in read_moments(text).items() if iso}


def test_without_a_date_only_what_the_text_fixes() -> None:
    assert read_moments("去年3月, 2020年3月, 周五", None) == {"去年3月": None, "2020年3月": "2020-03", "周五": None}


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("截至2021年3月31日止年度收入增加", 3),
        ("截至6月30日的第一财季", 3),
        ("第二季度盈利上升,截至9月底的三个月收入下降", 3),
        ("截至3月底的三个月,第一季度和第四季度", None),
        ("截至3月31日,共有门店", None),
    ],
)
def test_the_text_defines_its_fiscal_year(text: str, month: int | None) -> None:
    assert find_year_end(text) == month


def time_words() -> list[tuple[str, dict[str, Any]]]:
    return [(array, row) for array in ("relative", "vague", "told") for row in TABLE[array]]


@pytest.mark.parametrize(
    ("array", "row"), time_words(), ids=lambda value: value if isinstance(value, str) else value["words"][0]
)
def test_a_time_word_is_read_in_its_examples(array: str, row: dict[str, Any]) -> None:
    for example in row["examples"]:
        assert any(word in words for words in read_moments(example) for word in row["words"]), example
    for counterexample in row.get("counterexamples", ()):
        opening = row.get("sort") == "opening"
        found = {words for words in read_moments(counterexample) if not opening or counterexample.startswith(words)}
        assert not found & set(row["words"]), counterexample


@pytest.mark.parametrize("row", TABLE["cue"], ids=lambda row: f"{row['role']}-{row['words'][0]}")
def test_a_cue_stands_in_its_examples(row: dict[str, Any]) -> None:
    assert row["examples"]
    assert all(any(word in example for word in row["words"]) for example in row["examples"])


def test_no_time_word_stands_in_two_rows() -> None:
    words = [word for _, row in time_words() for word in row["words"]]
    assert len(words) == len(set(words))


# fmt: off
DATES = [
    "2021年", "2021年3月份", "1月6日", "6日", "15号起", "21年3月", "二零二一年", "民国110年", "110年4月7日",
    "20世纪90年代", "90年代", "1-4月", "1月至4月", "前四月", "前三季度", "一季度", "第三季度", "Q2", "2021Q3", "H1",
    "9月17日至8月16日", "20:30", "晚上7点", "10点45分", "20时30分", "2021-05-10T08:10:28Z", "2021/5/10", "2021.5.10",
    "2020-21赛季", "2019年度", "2013-2017年", "FY2021", "30年代", "2021财年", "三月", "十二月", "初五", "大年三十",
    "周五", "星期三", "第13个月", "9月底", "10月份", "二十三日", "前4个月", "1997-2003年", "2019至20赛季", "(1997)",
    "三十一日", "十月一日", "3Q21", "1H2021", "七八月份", "超过2019年", "附近7日",
]
LENGTHS = [
    "3年", "14年", "120天", "三个月", "48小时", "10年内", "过去14年", "3年后", "6日均线", "7日年化收益率", "30日内",
    "3点建议", "51.4点", "20分", "5日元", "3000日元", "三年", "三日游", "每周一次", "连续三日", "21:15战胜", "20.3%",
    "近2000年", "两年期", "第3家", "10日游", "3月期",
]
# fmt: on


@pytest.mark.parametrize("text", DATES)
def test_a_date_covers_its_numerals(text: str) -> None:
    rest = "".join(text[i] for i in range(len(text)) if not any(s <= i < e for s, e in find_dates(text)))
    assert not set(rest) & set("0123456789零一二三四五六七八九十")


@pytest.mark.parametrize("text", LENGTHS)
def test_a_length_of_time_is_no_date(text: str) -> None:
    assert find_dates(text) == []


ARTICLE = """去年营收12亿元
据年报显示,2021年,公司经营平稳。营收12亿元,同比增长3%。海外门店80家。

10月,公司迁址。
次月,新增员工300人。
目前,公司有5条产线。"""


def test_sentences_without_figures_may_be_left_out() -> None:
    expected = [("去年", "2021"), ("2021年", "2021"), ("2021年", "2021"), ("2021年", "2021"), ("次月", "2021-11"), None]
    assert read_periods(ARTICLE, skip=True) == expected
    assert read_periods(ARTICLE, skip=False) == expected


@pytest.mark.parametrize(
    "unit",
    [
        "2021年",
        "去年5亿元,",
        "较去年5%",
        "5月和",
        "截至5月",
        "第一季度至",
        "8日说",
        "(5月3家",
        "今年",
        "1月1日-",
        "从5月的3家",
        "《2020年",
    ],
)
def test_time_grows_no_faster_than_the_sentence(unit: str) -> None:
    def read_all(parts: tuple[str, Sentence, list[Figure]]) -> None:
        text, sentence, figures = parts
        find_dates(text)
        Timeline(NEWS_DAY).read(text, text, sentence, figures)

    check_linear(
        read_all,
        lambda count: unit * count,
        prepare=lambda text: (text, next(iter(split_sentences(text))), find_figures(text)),
        repeats=10_000 // len(unit),
    )
