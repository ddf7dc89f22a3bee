"""What a reader does with the page, done by a browser; `make test-browser` runs it alone."""

from dataclasses import replace
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

import newsfacts
from newsfacts.model import Document, Fact
from tests.browser.chromium import PHONE, set_media, set_screen, take_complaints, take_requests
from tests.browser.conftest import OpenPage, Page

SAMPLES = Path(__file__).resolve().parent.parent.parent / "samples"
HARBOUR = newsfacts.read(SAMPLES / "harbour.html")
FACTS = newsfacts.extract_document(HARBOUR)
FERRY = newsfacts.read(SAMPLES / "ferry.html")
DAIRY = newsfacts.read(SAMPLES / "dairy.txt")

GROWTH = next(place for place, fact in enumerate(FACTS) if fact.text == "6.8%")
HOSTILE = (
    "</script><script>hacked = 1</script><img src=x onerror='hacked = 1'><svg onload='hacked = 1'>"
    "]]>&lt;<!--${hacked = 1}`\u2028\u2029\u202e\u200f\x00\x1b"
)


def figure(place: int) -> str:
    return f"mark[data-fact='{place}']"


def test_the_article_stands_there_whole_with_every_figure_marked(open_page: OpenPage) -> None:
    page = open_page(HARBOUR)
    assert page.texts("mark") == [fact.text for fact in FACTS]
    assert page.run("return [...document.querySelectorAll('mark')].map(mark => mark.className)") == [
        fact.kind.value for fact in FACTS
    ]
    lines = page.texts(".reading h1, .reading p:not(.origin), .reading td, .reading th")
    assert lines == HARBOUR.text.split("\n")
    assert page.browser.title == HARBOUR.title
    assert page.one(".origin").text.split() == ["2024-01-18", "·", "海岸日报", HARBOUR.source]
    assert page.one(".reading article").get_attribute("lang") == "zh-Hans"


def test_the_table_counts_what_the_article_has(open_page: OpenPage) -> None:
    page = open_page(HARBOUR)
    assert page.one("#facts").get_attribute("aria-rowcount") == str(len(FACTS))
    assert page.one("#count").text == f"{len(FACTS)} facts"
    assert sum(int(count) for count in page.texts("#kinds b")) == len(FACTS)
    shown = page.column("metric")
    assert shown == [fact.metric or "" for fact in FACTS][: len(shown)]


def test_characters_beyond_the_basic_plane_shift_no_mark(open_page: OpenPage) -> None:
    document = Document("𠮷野家𝟛店😀2023年，𠮷野家营业收入229亿元，同比增长41%。")
    facts = newsfacts.extract_document(document)
    page = open_page(document)
    assert page.texts("mark") == [fact.text for fact in facts] == ["229亿元", "41%"]
    page.point(page.one(figure(1)))
    assert page.underlined() == {name: document.text[start:end] for name, (start, end) in facts[1].evidence.items()}


def test_the_pointer_on_a_figure_shows_its_fact_and_underlines_its_words(open_page: OpenPage) -> None:
    page = open_page(HARBOUR)
    page.point(page.one(figure(GROWTH)))
    assert page.one("#tip .said").text == "澜江港 · 货物吞吐量 · 2023年: up 6.8% year on year"
    assert page.texts("#tip dd") == ["澜江港", "货物吞吐量", "2023年", "增长", "同比"]
    evidence = FACTS[GROWTH].evidence
    assert page.underlined() == {name: HARBOUR.text[start:end] for name, (start, end) in evidence.items()}
    page.point(page.one(".brand"))
    assert not page.one("#tip").is_displayed()
    assert page.underlined() == {}


def test_the_page_speaks_chinese(open_page: OpenPage) -> None:
    page = open_page(HARBOUR, language="zh")
    assert page.texts("#heads th") == ["数值", "指标", "主体", "变化", "时间"]
    page.point(page.one(figure(GROWTH)))
    assert page.one("#tip .said").text == "澜江港 · 货物吞吐量 · 2023年：同比上升6.8%"
    page.one("#language").click()
    assert page.texts("#heads th") == ["Figure", "Metric", "Subject", "Change", "Period"]
    assert page.run("return document.documentElement.lang") == "en"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("东岭铁路预计今年货运量将达到50万吨", "东岭铁路 · 货运量 · 今年: expected 500,000 t"),
        ("东岭铁路营收突破12.4亿元", "东岭铁路 · 营收: over CNY 1.24B"),
        ("东岭铁路去年净利润降至9800万元", "东岭铁路 · 净利润 · 去年: down to CNY 98M"),
        ("东岭铁路票价每公里0.5元", "东岭铁路 · 票价: CNY 0.5 / km"),
    ],
)
def test_a_fact_reads_as_one_line(open_page: OpenPage, text: str, said: str) -> None:
    page = open_page(Document(text))
    page.point(page.one(figure(0)))
    assert page.one("#tip .said").text == said


def test_columns_sort_up_and_down_and_back(open_page: OpenPage) -> None:
    page = open_page(HARBOUR)
    in_order = page.column("metric")
    greatest = max(FACTS, key=lambda fact: fact.value or 0)
    page.one("#heads .figure button").click()
    assert page.one("#heads .figure").get_attribute("aria-sort") == "descending"
    assert page.column("metric")[0] == greatest.metric == "营业收入"
    page.one("#heads .figure button").click()
    assert page.one("#heads .figure").get_attribute("aria-sort") == "ascending"
    assert page.column("metric")[0] != greatest.metric
    page.one("#heads .figure button").click()
    assert page.column("metric") == in_order


def test_filters_by_kind_subject_and_words_work_together(open_page: OpenPage) -> None:
    page = open_page(DAIRY)
    facts = newsfacts.extract_document(DAIRY)
    page.one("[data-kind=money]").click()
    money = [fact for fact in facts if fact.kind is newsfacts.Kind.MONEY]
    assert page.column("metric") == [fact.metric or "" for fact in money]
    assert page.one("#count").text == f"{len(money)} of {len(facts)} facts"
    assert page.texts("mark:not(.out)") == [fact.text for fact in money]
    page.one("#subject option[value='青原乳业']").click()
    assert page.column("subject") == ["青原乳业"] * sum(fact.subject == "青原乳业" for fact in money)
    page.type("3.5")
    assert page.column("figure") == ["CNY 350M"]
    page.one("[data-kind=money]").click()
    page.type("不在文中")
    assert page.column("figure") == []
    assert page.run("return getComputedStyle(sheet, '::after').content") == '"No facts here"'


def test_a_row_goes_to_its_figure_and_a_figure_to_its_row(open_page: OpenPage) -> None:
    page = open_page(HARBOUR)
    page.all("#facts [data-row]")[GROWTH].click()
    page.wait(lambda: page.focused() == "6.8%")
    assert page.one("#tip").is_displayed()
    last = len(FACTS) - 1
    page.run("arguments[0].scrollIntoView({ block: 'center' })", page.one(figure(last)))
    page.one(figure(last)).click()
    row = page.run("return document.activeElement.dataset.row")
    assert int(row) == last
    assert page.run("return document.activeElement.getBoundingClientRect().bottom <= innerHeight")


def test_a_figure_that_the_filters_left_out_still_finds_its_row(open_page: OpenPage) -> None:
    page = open_page(HARBOUR)
    page.one("[data-kind=money]").click()
    page.one(figure(GROWTH)).click()
    assert page.run("return document.activeElement.dataset.row") == str(GROWTH)


def test_the_keyboard_alone_suffices(open_page: OpenPage) -> None:
    page = open_page(HARBOUR)
    for _ in range(12):
        page.press(Keys.TAB)
        if page.run("return document.activeElement.tagName") == "MARK":
            break
    assert page.focused() == FACTS[0].text
    assert page.one("#tip").is_displayed()
    page.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    assert page.focused() == FACTS[2].text
    page.press(Keys.ESCAPE)
    assert not page.one("#tip").is_displayed()
    page.press(Keys.ENTER)
    assert page.run("return document.activeElement.dataset.row") == "2"
    page.press(Keys.END)
    assert page.run("return document.activeElement.dataset.row") == str(len(FACTS) - 1)
    page.press(Keys.HOME, Keys.ARROW_DOWN, Keys.ENTER)
    page.wait(lambda: page.focused() == FACTS[1].text)
    page.press("/")
    page.press("吞吐量")
    assert set(page.column("metric")) == {"货物吞吐量", "集装箱吞吐量"}


def test_a_folder_opens_on_a_list_of_its_articles(open_page: OpenPage) -> None:
    page = open_page(FERRY, HARBOUR, DAIRY)
    assert page.texts(".entry b") == [FERRY.title, HARBOUR.title, DAIRY.text.split("\n")[0]]
    page.type("泌乳牛")
    assert page.texts(".entry b") == [DAIRY.text.split("\n")[0]]
    page.type("")
    page.all(".entry")[0].click()
    page.wait(lambda: page.browser.title == FERRY.title)
    page.press("]")
    page.wait(lambda: page.browser.title == HARBOUR.title)
    page.browser.back()
    page.wait(lambda: page.browser.title == FERRY.title)
    page.one("#overview").click()
    page.wait(lambda: len(page.all(".entry")) == 3)


def test_a_row_of_the_whole_folder_opens_its_article(open_page: OpenPage) -> None:
    page = open_page(FERRY, HARBOUR)
    page.one("#heads .article button").click()
    row = page.all("#facts [data-row]")[0]
    name, words = row.find_element("css selector", ".article").text, row.find_element("css selector", ".metric").text
    row.click()
    page.wait(lambda: page.browser.title == name)
    assert words in page.one("#tip .said").text


def test_an_address_leads_to_a_figure(open_page: OpenPage) -> None:
    page = open_page(FERRY, HARBOUR, at=f"#2.{GROWTH + 1}")
    assert page.focused() == "6.8%"


def make_folder(count: int) -> list[tuple[Document, list[Fact]]]:
    return [(replace(HARBOUR, source=f"{number}.html", title=f"第{number}篇"), FACTS[:12]) for number in range(count)]


def test_two_thousand_articles_stay_usable(open_page: OpenPage) -> None:
    page = open_page(*make_folder(2000))
    total = 2000 * 12
    assert page.one("#count").text == f"{total:,} facts"
    assert page.run("return document.querySelectorAll('*').length") < 1500
    started = page.run("return performance.now()")
    page.one("#heads .figure button").click()
    assert page.column("metric")[0] == "营业收入"
    page.type("第1999篇")
    assert page.one("#count").text == f"12 of {total:,} facts"
    assert page.run("return performance.now()") - started < 10_000
    page.type("")
    page.run("location.hash = '#1500'")
    page.wait(lambda: page.browser.title == "第1499篇")
    page.browser.back()
    page.wait(lambda: "第1499篇" in page.texts(".entry b"))
    page.run("document.querySelector('#facts [data-row]').focus()")
    page.press(Keys.END)
    assert page.run("return document.activeElement.dataset.row") == str(total - 1)


def test_a_hostile_article_neither_runs_nor_breaks(open_page: OpenPage) -> None:
    text = f"{HOSTILE}\n<b>营业收入</b>为3.5亿元{HOSTILE}，同比增长8%。"
    document = Document(text, source=HOSTILE, title=HOSTILE, author=HOSTILE, url="javascript:hacked=1")
    page = open_page(document, document)
    page.all(".entry")[0].click()
    page.wait(lambda: page.all("mark"))
    assert page.texts("mark") == ["3.5亿元", "8%"]
    page.point(page.all("mark")[0])
    page.one("button[data-view=charts]").click()
    assert page.run("return typeof hacked") == "undefined"
    assert page.all("#reading img, #reading script, #reading b, .origin a") == []
    assert "</script><script>hacked = 1</script>" in page.one(".reading h1").text


def test_a_megabyte_of_text_opens(open_page: OpenPage) -> None:
    line = "".join(f"第{number % 9}组营收{number}.5亿元，同比增长{number % 40}%，" for number in range(1, 1200))
    document = Document(("甲" * 900 + "\n") * 1100 + line)
    assert len(document.text) > 1_000_000
    facts = newsfacts.extract_document(document)
    page = open_page((document, facts), at=f"#1.{len(facts)}")
    assert page.texts("mark") == [fact.text for fact in facts]
    assert "".join(page.texts(".reading p:not(.origin)")) == document.text.replace("\n", "")
    assert page.focused() == facts[-1].text
    page.wait(lambda: page.run("return document.activeElement.getBoundingClientRect().bottom <= innerHeight"))


def test_nothing_is_fetched_even_when_asked_for(open_page: OpenPage) -> None:
    page = open_page(HARBOUR)
    refused = page.run(
        "return new Promise(done => { document.addEventListener('securitypolicyviolation', event =>"
        " done(event.effectiveDirective)); document.body.append(make('img', { src: 'https://example.com/a.png' })) })"
    )
    assert refused == "img-src"
    assert len(take_complaints(page.browser)) == 1
    assert take_requests(page.browser) == ["https://example.com/a.png"]  # told of, but never sent


def test_charts_draw_the_facts_and_lead_to_them(open_page: OpenPage) -> None:
    page = open_page(HARBOUR)
    page.one("button[data-view=charts]").click()
    changes = [
        fact for fact in FACTS if fact.kind is newsfacts.Kind.PERCENT and fact.change and fact.change.mode == "by"
    ]
    assert len(page.all(".changes :is(.up, .down)")) == len(changes)
    assert len(page.all(".changes .down")) == sum(fact.change.direction == "down" for fact in changes if fact.change)
    assert page.texts(".byKind .name") == [kind.text.rstrip("0123456789 ") for kind in page.all("#kinds button")]
    assert page.texts(".series .head") == ["澜江港 集装箱吞吐量 (TEU)", "澜江港 货物吞吐量 (t)", "澜江港 净利润 (CNY)"]
    assert page.texts(".series g:first-of-type .tick") == ["", "2019", "2020", "2021", "2022", "2023", "2025"]
    assert page.texts(".amounts .value")[0] == "CNY 18.65B"
    page.all(".changes a")[-1].click()
    page.wait(lambda: page.focused() == "12%左右")


def test_charts_follow_the_filters(open_page: OpenPage) -> None:
    page = open_page(HARBOUR)
    page.one("button[data-view=charts]").click()
    page.one("[data-kind=age]").click()
    assert page.texts("#charts figcaption") == ["Facts by kind"]


def test_a_long_number_keeps_every_digit(open_page: OpenPage) -> None:
    page = open_page(Document("东岭铁路累计运送旅客12345678901234567.5人次"))
    page.point(page.one(figure(0)))
    assert page.one("#tip .exact").text == "counts 12,345,678,901,234,567.5 人次"


def test_a_page_without_articles_says_so(open_page: OpenPage) -> None:
    page = open_page()
    assert page.one("#overview").text == "0 articles"
    assert page.run("return getComputedStyle(sheet, '::after').content") == '"No facts here"'


def test_dark_and_light_follow_the_reader_and_the_button(open_page: OpenPage) -> None:
    page = open_page(HARBOUR)
    paper = "return getComputedStyle(document.body).backgroundColor"
    light = page.run(paper)
    set_media(page.browser, **{"prefers-color-scheme": "dark"})
    dark = page.run(paper)
    assert dark != light
    page.one("#theme").click()
    assert page.run(paper) == light
    page.one("#theme").click()
    assert page.run(paper) == dark


CONTRASTS = """
const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
function light(color) {
  canvas.fillStyle = color;
  canvas.fillRect(0, 0, 1, 1);
  const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) =>
    part <= 10 ? part / 3294 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
}
return [...document.querySelectorAll("mark, #kinds button, #facts td, .origin, #count")].map((element) => {
  let ground = element;
  while (getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)") ground = ground.parentElement;
  const [one, other] = [getComputedStyle(element).color, getComputedStyle(ground).backgroundColor].map(light);
  return Math.max(one, other) / Math.min(one, other);
});
"""


@pytest.mark.parametrize("dark", [False, True])
def test_all_text_stands_out_from_its_ground(open_page: OpenPage, dark: bool) -> None:
    page = open_page(HARBOUR)
    set_media(page.browser, **{"prefers-color-scheme": "dark" if dark else "light"})
    contrasts = page.run(CONTRASTS)
    assert len(contrasts) > 100
    assert min(contrasts) >= 4.5


def test_paper_gets_the_article_and_the_whole_table(open_page: OpenPage) -> None:
    page = open_page(replace(HARBOUR, text="\n".join([HARBOUR.text] * 3), tables=()))
    count = int(page.one("#facts").get_attribute("aria-rowcount") or 0)
    assert len(page.all("#facts [data-row]")) < count
    set_media(page.browser, "print")
    page.run("dispatchEvent(new Event('beforeprint'))")
    assert len(page.all("#facts [data-row]")) == count
    shown = {
        name: page.one(name).is_displayed() for name in ("article", "#facts", ".bar", "#query", "#charts", ".keys")
    }
    assert shown == {"article": True, "#facts": True, ".bar": False, "#query": False, "#charts": False, ".keys": False}


def assert_fits(page: Page) -> None:
    assert page.run("return document.documentElement.scrollWidth <= innerWidth")


def test_a_phone_shows_one_view_at_a_time(open_page: OpenPage) -> None:
    page = open_page(HARBOUR, FERRY)
    set_screen(page.browser, PHONE)
    page.run("location.hash = '#1'; location.reload()")
    page.wait(lambda: page.all("mark"))
    assert_fits(page)
    assert not page.one("#panel").is_displayed()
    page.one("button[data-view=facts]").click()
    assert not page.one("#reading").is_displayed()
    assert_fits(page)
    page.all("#facts [data-row]")[GROWTH].click()
    page.wait(lambda: page.focused() == "6.8%")
    box = page.run("return document.getElementById('tip').getBoundingClientRect().toJSON()")
    assert (box["left"], box["right"], box["bottom"]) == (8, PHONE[0] - 8, PHONE[1] - 8)
    page.one("button[data-view=charts]").click()
    assert_fits(page)
    page.all(".changes a")[0].click()
    page.wait(lambda: page.one("#reading").is_displayed())
    looked_at = page.focused()
    page.one("button[data-view=facts]").click()
    assert FACTS[int(page.run("return document.activeElement.dataset.row"))].text == looked_at == "四成"
