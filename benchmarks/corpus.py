"""News to measure with: articles made up by a seeded generator, the same ones in every run.

They imitate what matters for speed: about one figure in fifty characters, dates, ordinals and model names between them,
sentences without any number, and one article in six in traditional characters. Nothing in them is true.
"""

import random
from collections.abc import Callable

_COMPANIES = [
    "绿洲物流",
    "青原乳业",
    "蓝湾轮渡",
    "星河储能",
    "远山影业",
    "东岭铁路",
    "海岚银行",
    "松江机床",
    "云栖软件",
    "南坪药业",
]
_PLACES = ["海岚市", "东岭县", "南坪区", "青原省", "蓝湾港", "松江新区", "云栖镇", "远洲"]
_PEOPLE = ["林小满", "周远航", "陈若溪", "何立群", "苏一鸣", "郑百川"]
_METRICS = ["营业收入", "净利润", "研发投入", "经营现金流", "出口额", "合同金额", "税收", "贷款余额"]
_GOODS = ["新能源汽车", "笔记本电脑", "集装箱", "农产品", "光伏组件", "图书", "药品", "家电"]
_UNITS = ["吨", "公里", "平方米", "千瓦时", "立方米", "公顷", "万亩", "亿千瓦时"]
_CURRENCIES = ["元", "元", "元", "元", "美元", "港元", "欧元", "日元"]
_VERBS = ["增长", "下降", "提高", "回落", "上升", "减少"]

_FIGURED = """
{date}，{company}发布公告称，{year}年实现{metric}{money}，同比{verb}{percent}。
其中，{goods}销量为{count}台，比上年{verb}{percent}，占全部销量的{percent}。
{place}统计局公布的数据显示，{month}月居民消费价格同比上涨{percent}，环比下降{percent}。
截至{year}年{month}月末，全市共有{company}门店{count}家，员工超过{count}人。
{company}计划在未来三年内投资{money}，新建{count}个{goods}基地，预计每年可节电{measure}。
该公司第{ordinal}季度{metric}降至{money}，毛利率下降{decimal}个百分点至{percent}。
{person}表示，双方签订了{money}的采购合同，首批{count}台设备将于{month}月{day}日交付。
受此消息影响，{company}股价当天下跌{percent}，报{decimal}元，市值约{money}。
据{place}气象台消息，{day}日夜间降雨量达到{decimal}毫米，最低气温降至零下{small}度。
比赛进行到第{small}分钟，主队以{small}比{small}领先，现场观众有{count}人。
{place}境内的高速公路总里程约{measure}，{year}年新增{decimal}公里，投资近{money}。
""".strip().split("\n")

_PLAIN = """
{date}上午，{person}在{place}会见了前来考察的{company}代表团一行。
业内人士认为，随着技术不断成熟，{goods}的应用场景会越来越丰富，竞争也会更加激烈。
{company}相关负责人告诉记者，目前各项工作正在有序推进，尚无更多信息可以披露。
{place}的居民{person}说，自从新的公交线路开通以后，出门方便了许多，孩子上学也不用再绕远路。
新一代产品采用5G通信模块，支持iPhone 13和Windows 11等多种平台，第三批用户将陆续收到升级通知。
会议强调，要坚持以人民为中心，一方面保障供应，一方面稳定预期，推动各项政策落地见效。
在随后的发布会上，{person}没有正面回答有关合并传闻的提问，只是说公司会按照规定及时公告。
这座老城在{year}年前后迎来了新的发展机会，许多年轻人选择回到家乡创业。
""".strip().split("\n")

_TRADITIONAL = """
{company}公布，{year}年上半年錄得{metric}{number}億港元，按年{verb}{percent}，中期息每股{decimal}仙。
運輸署表示，截至{month}月底，全港共有{count}輛電動的士，較去年同期增加約{percent}。
財政司司長{person}於{date}的記者會上指出，今年首季經濟按年增長{percent}，失業率維持在{percent}左右。
當局估計工程造價約{number}億元，較原先預算高出近{percent}，最快{year}年{month}月動工。
有學者認為，市民的消費模式已經改變，商戶須重新思考經營方式，單靠減價促銷未必能夠吸引顧客回流。
議員{person}質疑，有關安排對基層家庭的影響未有充分評估，要求當局盡快交代詳情並諮詢地區人士的意見。
""".strip().split("\n")


def make_articles(characters: int, seed: int = 7) -> list[str]:
    """Articles of some 800 characters, a title and paragraphs, that together have at least this many characters."""
    rng = random.Random(seed)
    articles: list[str] = []
    while characters > 0:
        articles.append(_make_article(rng))
        characters -= len(articles[-1])
    return articles


def _make_article(rng: random.Random) -> str:
    traditional = rng.random() < 1 / 6
    lines = [_fill(rng, "{company}：{metric}" + rng.choice(_VERBS) + "{percent}")]
    for _ in range(rng.randint(6, 10)):
        sentences = [_choose(rng, traditional=traditional) for _ in range(rng.randint(1, 4))]
        lines.append("".join(_fill(rng, sentence) for sentence in sentences))
    return "\n".join(lines)


def _choose(rng: random.Random, *, traditional: bool) -> str:
    if traditional:
        return rng.choice(_TRADITIONAL)
    return rng.choice(_FIGURED if rng.random() < 0.3 else _PLAIN)


def _fill(rng: random.Random, sentence: str) -> str:
    """The sentence with each placeholder filled by itself, so that no two figures in it are the same."""
    while "{" in sentence:
        before, _, rest = sentence.partition("{")
        name, _, after = rest.partition("}")
        sentence = before + _FILLERS[name](rng) + after
    return sentence


def _count(rng: random.Random) -> str:
    """A whole number as news write them: 4510, 12.5万, 182,300, 三十六."""
    form = rng.random()
    if form < 0.4:
        return f"{rng.uniform(1, 99):.2f}万"
    if form < 0.85:
        return str(rng.randint(3, 9000))
    if form < 0.95:
        return f"{rng.randint(1000, 900_000):,}"
    return f"{rng.choice('二三四五六七八九')}十{rng.choice('一二三四五六七八九')}"


_FILLERS: dict[str, Callable[[random.Random], str]] = {
    "company": lambda rng: rng.choice(_COMPANIES),
    "place": lambda rng: rng.choice(_PLACES),
    "person": lambda rng: rng.choice(_PEOPLE),
    "metric": lambda rng: rng.choice(_METRICS),
    "goods": lambda rng: rng.choice(_GOODS),
    "verb": lambda rng: rng.choice(_VERBS),
    "year": lambda rng: str(rng.randint(2008, 2025)),
    "month": lambda rng: str(rng.randint(1, 12)),
    "day": lambda rng: str(rng.randint(1, 28)),
    "date": lambda rng: f"{rng.randint(2008, 2025)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日",
    "ordinal": lambda rng: rng.choice("一二三四"),
    "small": lambda rng: str(rng.randint(1, 40)),
    "number": lambda rng: f"{rng.uniform(1, 900):.1f}",
    "decimal": lambda rng: f"{rng.uniform(0.1, 90):.1f}",
    "count": _count,
    "percent": lambda rng: f"{rng.uniform(0.1, 60):.1f}%" if rng.random() < 0.85 else f"{rng.choice('一二三四五')}成",
    "money": lambda rng: f"{rng.uniform(0.5, 900):.2f}{rng.choice('万亿亿')}{rng.choice(_CURRENCIES)}",
    "measure": lambda rng: f"{rng.uniform(1, 900):.1f}{rng.choice(_UNITS)}",
}
