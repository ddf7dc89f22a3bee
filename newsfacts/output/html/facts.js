// The articles and their facts, and what a fact says in words.

const KINDS = [
  "money",
  "percent",
  "point",
  "count",
  "measure",
  "duration",
  "age",
  "multiple",
  "ratio",
  "rank",
  "number",
];

const articles = Array.from(document.querySelectorAll("script.article"), readArticle);
const allFacts = articles.flatMap((article) => article.facts);

function readArticle(block, index) {
  const article = JSON.parse(block.textContent);
  block.remove();
  article.index = index;
  article.name = article.title || article.text.trimStart().split("\n", 1)[0].slice(0, 60) || article.source || "";
  article.searchName = article.name.toLowerCase();
  article.facts.forEach((fact, place) => Object.assign(fact, { article, place, amount: amountOf(fact) }));
  return article;
}

/** The number that a fact is sorted and drawn by: its value, the middle of a range, or the end that is known. */
function amountOf({ value, low, high }) {
  if (value !== undefined) return value;
  return low !== undefined && high !== undefined ? (low + high) / 2 : (low ?? high);
}

function figureText(fact) {
  return fact.article.text.slice(fact.start, fact.end);
}

/** What the filter for words looks into. */
function searchText(fact) {
  fact.searchText ??= [figureText(fact), fact.metric, fact.subject, fact.period?.text].join("\n").toLowerCase();
  return fact.searchText;
}

/** The fact as one line: 蓝湾轮渡 · 客运量 · 2021年：同比上升 18.5%. */
function sayFact(fact) {
  const about = [fact.subject, fact.metric, fact.period?.text].filter(Boolean).join(" · ");
  const figure = saySize(fact);
  return about ? about + words("colon") + figure : figure;
}

/** What a fact says about its metric: 预计升至约 3.4元/公斤. */
function saySize(fact) {
  const size = (words("bounds")[fact.bound] ?? "") + sayAmount(fact);
  const told = (fact.negated ? words("not") : "") + (words("statuses")[fact.status] ?? "");
  return told + (fact.change ? sayChange(fact.change, size) : size);
}

function sayChange({ direction, mode, basis }, size) {
  const moved = words(mode === "to" ? "arrivals" : "directions")[direction] + size;
  if (!basis) return moved;
  if (language === "zh") return (words("bases")[basis] ?? basis) + moved;
  return moved + (words("bases")[basis] ?? ` (${basis})`);
}

const SIGNS = { up: "↑", down: "↓", flat: "→" };

/** The change as a cell of the table: ↑ 同比. */
function signChange({ change }) {
  if (!change) return "";
  const told = change.mode === "to" ? change.direction : change.basis;
  return `${SIGNS[change.direction]} ${words("signs")[told] ?? told ?? ""}`.trim();
}

const SIGNED_BOUNDS = ["~", "<~", ">", ">=", "<", "<="];

/** The figure as a cell of the table: >8.5万人次/天. */
function signAmount(fact) {
  return (SIGNED_BOUNDS.includes(fact.bound) ? fact.bound : "") + sayAmount(fact);
}

/** The amount with its unit, in the magnitudes of the page's language: 12.4亿元, CNY 1.24B. */
function sayAmount(fact) {
  if (fact.kind === "ratio") return language === "zh" ? figureText(fact) : fact.reading;
  return language === "zh" || !isFinite(fact.amount) ? fact.reading : readAmount(fact);
}

function readAmount({ kind, unit, value, low, high, per }) {
  const ends = value !== undefined ? [value] : [low, high].filter((end) => end !== undefined);
  const size = ends.map(readNumber).join("–");
  const rate = per ? ` / ${per.value === 1 ? "" : `${readNumber(per.value)} `}${per.unit}` : "";
  if (!unit) return size + rate;
  if (kind === "money") return `${unit} ${size}${rate}`;
  return `${size}${unit === "%" ? "" : " "}${words("units")[unit] ?? unit}${rate}`;
}

/** The unit alone, in the page's language. */
function sayUnit(fact) {
  return language === "zh" ? fact.word : (words("units")[fact.unit] ?? fact.unit);
}

const EXACT = new Intl.NumberFormat("en", { maximumFractionDigits: 4 });
const UNGROUPED = new Intl.NumberFormat("en", { maximumFractionDigits: 4, useGrouping: false });
const COMPACT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 4 });

function readNumber(value) {
  return (Math.abs(value) < 1e6 ? EXACT : COMPACT).format(value);
}

/** A bare number in the magnitudes of the page's language: 1.2亿, 120M. */
function readSize(value) {
  if (language === "en") return COMPACT.format(value);
  const [power, word] = [
    [1e12, "万亿"],
    [1e8, "亿"],
    [1e4, "万"],
  ].find(([least]) => value >= least) ?? [1, ""];
  return UNGROUPED.format(value / power) + word;
}
