"use strict";
// What the page itself says, in the languages it speaks. A value that depends on something is a function of it.

const WORDS = {
  en: {
    otherLanguage: "中文",
    text: "Article",
    facts: "Facts",
    charts: "Charts",
    views: "Views",
    theme: "Light or dark",
    previous: "Previous article",
    next: "Next article",
    list: "Articles",
    overview: (count) => `All ${count} articles`,
    position: (index, count) => `${index} of ${count}`,
    articles: (count) => (count === 1 ? "1 article" : `${number(count)} articles`),
    figures: (count) => (count === 1 ? "1 fact" : `${number(count)} facts`),
    some: (shown, count) => `${number(shown)} of ${number(count)} facts`,
    query: "Filter by words",
    subject: "Subject",
    everySubject: "All subjects",
    none: "No facts here",
    noCharts: "Nothing to draw: no facts are left by the filters",
    place: "Order of the text",
    figure: "Figure",
    metric: "Metric",
    change: "Change",
    period: "Period",
    kind: "Kind",
    article: "Article",
    per: "Per",
    bound: "Bound",
    basis: "Basis",
    status: "Status",
    negated: "Negation",
    unit: "Unit",
    source: "original",
    keys: "↑ ↓ move · Enter figure ↔ row · ← → next figure · / filter · [ ] article · Esc hide",
    kinds: {
      money: "money",
      percent: "percent",
      point: "points",
      count: "counts",
      measure: "measures",
      duration: "durations",
      age: "ages",
      multiple: "multiples",
      ratio: "ratios",
      rank: "ranks",
      number: "numbers",
    },
    bounds: { "~": "about ", "<~": "nearly ", ">": "over ", ">=": "at least ", "<": "under ", "<=": "at most " },
    statuses: { forecast: "expected ", plan: "planned " },
    not: "not ",
    directions: { up: "up ", down: "down ", flat: "flat at " },
    arrivals: { up: "up to ", down: "down to ", flat: "still " },
    bases: { yoy: " year on year", pop: " on the period before", ytd: " since the start of the year" },
    signs: { yoy: "yoy", pop: "pop", ytd: "ytd", up: "to", down: "to", flat: "at" },
    colon: ": ",
    byKind: "Facts by kind",
    changes: "Changes in percent",
    amounts: (currency) => `Amounts in ${currency}, logarithmic`,
    series: "Over time",
    seriesIn: (unit) => ` (${unit})`,
    more: (count) => `and ${number(count)} more`,
    units: {
      a: "years",
      quarter: "quarters",
      mo: "months",
      wk: "weeks",
      d: "days",
      h: "hours",
      min: "minutes",
      s: "seconds",
      岁: "years old",
      倍: "times",
      位: "in rank",
    },
  },
  zh: {
    otherLanguage: "English",
    text: "正文",
    facts: "数据",
    charts: "图表",
    views: "视图",
    theme: "明暗",
    previous: "上一篇",
    next: "下一篇",
    list: "文章",
    overview: (count) => `全部 ${count} 篇`,
    position: (index, count) => `第 ${index} / ${count} 篇`,
    articles: (count) => `${number(count)} 篇文章`,
    figures: (count) => `${number(count)} 条数据`,
    some: (shown, count) => `${number(shown)} / ${number(count)} 条数据`,
    query: "按文字筛选",
    subject: "主体",
    everySubject: "全部主体",
    none: "没有数据",
    noCharts: "筛选之后没有可画的数据",
    place: "原文顺序",
    figure: "数值",
    metric: "指标",
    change: "变化",
    period: "时间",
    kind: "类别",
    article: "文章",
    per: "每",
    bound: "界限",
    basis: "基准",
    status: "状态",
    negated: "否定",
    unit: "单位",
    source: "原文",
    keys: "↑ ↓ 移动 · Enter 数值 ↔ 表格 · ← → 下一数值 · / 筛选 · [ ] 换篇 · Esc 隐藏",
    kinds: {
      money: "金额",
      percent: "百分比",
      point: "百分点",
      count: "数量",
      measure: "度量",
      duration: "时长",
      age: "年龄",
      multiple: "倍数",
      ratio: "比例",
      rank: "名次",
      number: "数字",
    },
    bounds: { "~": "约", "<~": "近", ">": "超过", ">=": "至少", "<": "不到", "<=": "至多" },
    statuses: { forecast: "预计", plan: "计划" },
    not: "并非",
    directions: { up: "上升", down: "下降", flat: "持平" },
    arrivals: { up: "升至", down: "降至", flat: "仍为" },
    bases: { yoy: "同比", pop: "环比", ytd: "较年初" },
    signs: { yoy: "同比", pop: "环比", ytd: "较年初", up: "升至", down: "降至", flat: "仍为" },
    colon: "：",
    byKind: "各类数据",
    changes: "百分比变化",
    amounts: (currency) => `金额（${currency}，对数刻度）`,
    series: "随时间变化",
    seriesIn: (unit) => `（${unit}）`,
    more: (count) => `另有 ${number(count)} 条`,
    units: {},
  },
};

let language = "en";

/** What the page says for a key, in its language. */
function words(key, ...values) {
  const said = WORDS[language][key];
  return typeof said === "function" ? said(...values) : said;
}

function number(value) {
  return value.toLocaleString("en");
}

/** Put the words that the markup names into place; `data-hint` is for a field that is empty. */
function speak(chosen) {
  language = chosen;
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
  for (const element of document.querySelectorAll("[data-words]")) element.textContent = words(element.dataset.words);
  for (const element of document.querySelectorAll("[data-title]")) {
    element.title = words(element.dataset.title);
    element.setAttribute("aria-label", element.title);
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", words(element.dataset.label));
  }
  for (const element of document.querySelectorAll("[data-hint]")) {
    element.placeholder = words(element.dataset.hint);
    element.setAttribute("aria-label", element.placeholder);
  }
}
