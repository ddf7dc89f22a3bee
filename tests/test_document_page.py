"""Pages of many layouts read as their article; every page and every sentence here is made up."""

import datetime

import pytest

from newsfacts.document.byline import find_byline
from newsfacts.document.page import read_page
from newsfacts.document.reading import read
from newsfacts.errors import ReadError

DAY = datetime.date(2023, 4, 5)
TITLE = "海湾港一季度吞吐量增7.5%"
SENTENCES = (
    "海湾港集团昨日公布，今年一季度完成货物吞吐量3.2亿吨，同比增长7.5%，创下历史同期新高。",
    "其中集装箱吞吐量达到860万标箱，增幅为9.1%；外贸货物占到四成以上。",
    "“冷链航线是增长最快的一块。”集团总经理何田表示，新开的4条航线每周可运送水果1200吨。",
    "分析人士认为，随着二期码头投产，全年吞吐量有望突破13亿吨。",
    "港口还计划投入2.4亿元改造岸电设施，预计每年减少碳排放5万吨。",
)
NAV = "<div class='topnav'>" + "".join(f"<a href='/c{i}'>频道{i}</a> | " for i in range(12)) + "</div>"
RANKING = "<div class='rank-box'><h3>点击排行</h3><ol>" + "".join(
    f"<li><a href='/r{i}'>第{i}名：某地楼市成交{i}000套，均价上涨{i}%</a></li>" for i in range(1, 9)
) + "</ol></div>"  # fmt: skip
RELATED = "<div class='bd'><h4>相关阅读</h4><ul>" + "".join(
    f"<li><a href='/x{i}'>去年港口利润增长{i}0%</a></li>" for i in range(1, 5)
) + "</ul></div>"  # fmt: skip
COMMENTS = "<div id='comments'>" + "".join(
    f"<div><b>网友{i}</b> <span>{i}小时前</span><p>写得真好，我上个月也去过，排队排了{i}个小时！</p><a>回复</a></div>"
    for i in range(1, 7)
) + "</div>"  # fmt: skip
FOOTER = (
    "<div><p>关于我们 | 联系方式 | 投稿邮箱</p><p>海湾网版权所有，未经书面授权，不得转载。举报电话：010-00000000</p>"
    "<p>Copyright © 2023 海湾网 海ICP备00000000号</p></div>"
)
FURNITURE = (
    "频道3",
    "点击排行",
    "第2名",
    "相关阅读",
    "利润增长",
    "网友",
    "排队",
    "版权所有",
    "ICP",
    "责任编辑",
    "打印",
    "分享",
)


def paragraphs(sentences: tuple[str, ...] = SENTENCES) -> str:
    return "".join(f"<p>　　{sentence}</p>" for sentence in sentences)


def page(body: str, head: str = f"<title>{TITLE}_财经频道_海湾网</title>") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


PORTAL = page(
    f"{NAV}<div class='main'><div class='left'><h1>{TITLE}</h1><div class='info'>2023年04月05日 10:20 "
    "<a href='/s'>海湾日报</a> <span>我有话说(33人参与)</span></div>"
    f"<div id='content'>{paragraphs()}<p>责任编辑：林小满</p></div>{RELATED}{COMMENTS}</div>"
    f"<div class='right'>{RANKING}</div></div>{FOOTER}"
)
PAPER = page(
    f"<table><tr><td>{NAV}</td></tr><tr><td class='bt'>{TITLE}</td></tr><tr><td>□ 本报记者 林小满 何 田</td></tr>"
    f"<tr><td>海湾日报 2023年04月05日 星期三</td></tr><tr><td><founder-content>{paragraphs()}"
    f"</founder-content></td></tr><tr><td><a href='/p'>上一篇</a> <a href='/n'>下一篇</a></td></tr></table>{FOOTER}",
)
BREAKS = page(
    f"{NAV}<center><b>{TITLE}</b></center><br>发布时间：2023-4-5 来源：海湾日报 浏览次数：33<hr>"
    f"<font>{'<br><br>　　'.join(SENTENCES)}</font><br>【打印】【关闭】<hr>{RANKING}{FOOTER}"
)
BLOG = page(
    f"<header><a href='/'>港口笔记</a></header><main><article><h1 class='entry-title'>{TITLE}</h1>"
    "<time datetime='2023-04-05T08:00:00+08:00'>Apr 5, 2023</time> by <span class='author'>林小满</span>"
    f"<div class='entry-content'>{paragraphs()}<ul><li>一期：8个泊位</li><li>二期：12个泊位</li></ul></div>"
    f"<div class='tags'>标签：<a>港口</a> <a>物流</a></div></article></main><aside>{RANKING}</aside>"
    f"<footer>{FOOTER}</footer>",
    f"<title>{TITLE} - 港口笔记</title><meta property='og:site_name' content='港口笔记'>",
)
WECHAT = page(
    f"<div id='js_article'><h2 class='rich_media_title' id='activity-name'>\n  {TITLE}  \n</h2>"
    "<div><span class='rich_media_meta'>林小满</span><a id='js_name'>海湾观察</a><em id='publish_time'></em></div>"
    f"<div id='js_content' style='visibility: hidden;'><section>{paragraphs()}</section></div></div>"
    "<div style='display:none'><p>预览时标签不可点，微信扫一扫关注该公众号，"
    "可以随时阅读最新的文章，还能参与讨论。</p></div>"
    '<script>var ct = "1680652800"; var publish_time = "2023-04-05";</script>',
    f"<title></title><meta property='og:title' content='{TITLE}'>",
)
MACHINE = page(
    f"<div id='root'>{NAV}<div class='c1'><p class='t'>{TITLE}</p><div class='c2'>{paragraphs()}</div>{RELATED}"
    "</div></div>",
    f"<title>{TITLE}|海湾网</title><link rel='canonical' href='https://example.com/2023/04/05/port.html'>"
    '<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "海湾网"}, '
    f'{{"@type": "NewsArticle", "headline": "{TITLE}", "datePublished": "2023-04-05T10:00:00+08:00", '
    '"author": {"name": "林小满"}}]}</script>',
)
FORM = page(
    f"<form id='aspnetForm'>{NAV}<div><input type='hidden' value='x'><select><option>选择部门</option></select>"
    f"<div class='title'>{TITLE}</div><div>信息来源：海湾港务局　发布日期：2023-04-05　点击数：33　"
    "字号：【大 中 小】</div>"
    f"<div class='zoom'><p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p><p>{SENTENCES[2]}</p><p>{SENTENCES[3]}</p>"
    f"<p>{SENTENCES[4]}</p></div></div>{FOOTER}</form>"
)
LAYOUTS = {
    "portal": PORTAL,
    "paper": PAPER,
    "breaks": BREAKS,
    "blog": BLOG,
    "wechat": WECHAT,
    "machine": MACHINE,
    "form": FORM,
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout(layout: str) -> None:
    document = read(LAYOUTS[layout].encode())
    assert (document.title, document.published, document.form) == (TITLE, DAY, "page")
    for sentence in SENTENCES:
        assert sentence in document.text
    for furniture in FURNITURE:
        assert furniture not in document.text
    assert document.text.startswith(f"{TITLE}\n")
    assert document.text.count(TITLE) == 1


def test_author_of_each_layout() -> None:
    authors = {layout: read(LAYOUTS[layout].encode()).author for layout in ("paper", "blog", "machine")}
    assert authors == {"paper": "林小满 何田", "blog": "林小满", "machine": "林小满"}


def test_address_and_language() -> None:
    document = read(MACHINE.encode())
    assert (document.url, document.language) == ("https://example.com/2023/04/05/port.html", "zh-Hans")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_page_that_claims_gb2312(encoding: str) -> None:
    claim = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
    document = read(PORTAL.replace("<head>", f"<head>{claim}").encode(encoding))
    assert (document.title, document.published) == (TITLE, DAY)
    assert all(sentence in document.text for sentence in SENTENCES)


def test_traditional_page_in_big5() -> None:
    title = "海灣港第一季吞吐量成長7.5%"
    first = "（中央社記者林小滿、何田高雄5日電）海灣港今天公布，第一季完成貨物吞吐量3.2億噸，年增7.5%。"
    second = "分析師預估，隨著第二期碼頭啟用，全年吞吐量可望突破13億噸，冷鏈航線成長最快。"
    document = read(
        page(
            f"<ul><li><a href='/'>即時</a></li><li><a href='/p'>政治</a></li></ul><h1><span>{title}</span></h1>"
            "<div>2023/4/5 10:20（4/5 11:00 更新）</div><figure><figcaption>海灣港碼頭一景</figcaption></figure>"
            f"<div><p>{first}</p><p>{second}</p><p>（編輯：陳一）1120405</p></div>"
            "<div>延伸閱讀<a href='/1'>港口去年獲利</a></div>",
            f"<meta charset=big5><title>{title} | 產經 | 海灣社</title>",
        ).encode("big5")
    )
    assert (document.title, document.published, document.author) == (title, DAY, "林小滿 何田")
    assert (document.language, document.encoding) == ("zh-Hant", "big5hkscs")
    assert document.text.split("\n")[-2:] == [first, second]


def test_short_article_beside_long_comments() -> None:
    comments = "".join(
        f"<div><a>网友{i}</a><span>来自某省</span><p>写得真好，我也去过，排队排了{i}个小时！大家去的话一定要提前预约，"
        "不然真的要等很久，希望以后能改进一下。</p><a>回复</a><a>赞</a></div>"
        for i in range(9)
    )
    body = f"{NAV}<div><h1>{TITLE}</h1><p>2023-04-05</p><p>{SENTENCES[0]}</p></div><div>{comments}</div>{FOOTER}"
    assert read(page(body).encode()).text == f"{TITLE}\n{SENTENCES[0]}"


def test_table_of_figures_stays() -> None:
    rows = "".join(
        f"<tr><td><a href='/s{i}'>公司{i}</a></td><td>{i}2.5亿元</td><td>{i}.3%</td></tr>" for i in range(1, 9)
    )
    table = f"<table><tr><th>公司</th><th>营收</th><th>增幅</th></tr>{rows}</table>"
    body = f"<h1>{TITLE}</h1><p>2023-04-05</p><p>{SENTENCES[0]}</p>{table}{paragraphs(SENTENCES[1:])}"
    text = read(page(f"{NAV}<div>{body}</div>{RANKING}").encode()).text
    assert "公司8\n82.5亿元\n8.3%\n" in text
    assert "点击排行" not in text


@pytest.mark.parametrize(
    "head", ["", "<title>海湾网</title>", f"<title>海湾网-{TITLE}</title>", f"<title>{TITLE}</title>"]
)
def test_headline_under_any_title_tag(head: str) -> None:
    assert read(PORTAL.replace(f"<title>{TITLE}_财经频道_海湾网</title>", head).encode()).title == TITLE


@pytest.mark.parametrize(
    ("declared", "title"),
    [
        ("夜市今晚开张_社会频道_海湾网", "夜市今晚开张"),
        ("夜市今晚开张 - 海湾日报", "夜市今晚开张"),
        ("夜市今晚开张-海湾新闻网", "夜市今晚开张"),
        ("涨幅3%-5%的楼市", "涨幅3%-5%的楼市"),
    ],
)
def test_site_is_cut_off_a_headline_that_is_not_printed(declared: str, title: str) -> None:
    assert read(page(paragraphs(), f"<title>{declared}</title>").encode()).title == title


def test_day_is_the_one_that_two_places_agree_on() -> None:
    meta = "<meta name='publishdate' content='2023-11-20'><link rel='canonical' href='https://example.com/20230405/1.html'>"
    assert read(PORTAL.replace("<head>", f"<head>{meta}").encode()).published == DAY


def test_todays_date_in_the_page_head_is_not_the_articles() -> None:
    body = f"<div>今天是2023年11月20日 星期一</div>{NAV}<div><h1>{TITLE}</h1><p>2023年4月5日</p>{paragraphs()}</div>"
    assert read(page(body).encode()).published == DAY


def test_day_of_another_time_zone() -> None:
    meta = "<meta property='article:published_time' content='2023-04-04T22:20:00Z'>"
    assert read(PORTAL.replace("<head>", f"<head>{meta}").encode()).published == DAY


@pytest.mark.parametrize("name", ["side-left", "video-article", "hot", "content share"])
def test_body_under_a_misleading_name(name: str) -> None:
    notice = (
        "<div><p>本网所载内容仅供读者参考，如有疑问请联系本网编辑部，我们将尽快处理，谢谢您的支持与理解。</p></div>"
    )
    body = f"{NAV}<div class='{name}'><h1>{TITLE}</h1><p>2023-04-05</p>{paragraphs()}</div>{notice}{COMMENTS}"
    text = read(page(body).encode()).text
    assert all(sentence in text for sentence in SENTENCES)
    assert "排队" not in text


def test_headline_of_a_shortened_title_tag() -> None:
    headline = "海湾港一季度吞吐量增7.5%，冷链航线成为新的增长点"
    markup = PORTAL.replace(TITLE, headline, 2).replace(
        f"<title>{headline}_财经频道", f"<title>{headline[:15]}..._财经"
    )
    assert read(markup.encode()).title == headline


def test_page_without_a_day() -> None:
    assert read(page(f"<h1>{TITLE}</h1>{paragraphs()}").encode()).published is None


@pytest.mark.parametrize(
    "markup",
    [
        page(NAV + RANKING + FOOTER),
        page("<div id='app'></div><script>var data = {};</script>"),
        "<html></html>",
    ],
)
def test_page_without_an_article(markup: str) -> None:
    with pytest.raises(ReadError, match=r"holds no article text; .+"):
        read_page(markup)


def test_frames_name_the_files_to_read() -> None:
    with pytest.raises(ReadError, match=r"shows other files in frames; give those: m.htm, a.htm"):
        read_page(
            "<html><frameset><frame src='m.htm'><frame src='a.htm'><noframes><body>旧</noframes></frameset></html>"
        )


@pytest.mark.parametrize("markup", ["<html><body>涨3%</body></html>", "<body><table><td>3.5亿</td></table></body>"])
def test_page_of_a_few_words(markup: str) -> None:
    assert read(markup.encode()).text in ("涨3%", "3.5亿")


def test_page_cut_off_in_a_tag() -> None:
    document = read(PORTAL[: PORTAL.index("<div id='comments'>") + 9].encode())
    assert all(sentence in document.text for sentence in SENTENCES)


def test_page_nested_deep() -> None:
    document = read(page("<div>" * 1_500 + f"<h1>{TITLE}</h1>{paragraphs()}").encode())
    assert document.title == TITLE
    assert SENTENCES[-1] in document.text


def test_page_nested_too_deep() -> None:
    with pytest.raises(ReadError, match="nests its elements more than 2000 deep; "):
        read_page(page("<div>" * 50_000 + paragraphs()))


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("2023-04-05 10:00来源：海湾日报作者：林小满", "林小满"),
        ("文/林小满、何田", "林小满 何田"),
        ("执笔/半日闲、胡小刀&李大刀", "半日闲 胡小刀 李大刀"),
        ("海湾日报记者 林小满 何田", "林小满 何田"),
        ("（中央社記者林小滿、何田台北5日電）夜市開張。", "林小滿 何田"),
        ("海湾社北京4月5日电 (林小满 何田)夜市开张。", "林小满 何田"),
        ("夜市开张，摊位320个。（编译/林小满）", "林小满"),
        ("图为夜市一景。海湾社记者 林小满 摄", None),
        ("作者：佚名", None),
        ("记者昨日从港口获悉，吞吐量增长3%。", None),
    ],
)
def test_byline(line: str, authors: str | None) -> None:
    assert find_byline(line) == authors
