// The page: which article is open, which facts the filters leave, which views are in sight, and the keys.

const table = makeRows({
  scroller: sheet,
  body: document.querySelector("#facts tbody"),
  spacer: "tr",
  make: (index) => drawRow(state.shown[index], columns(), index),
  open: (index) => go(addressOf(state.shown[index])),
});

const list = makeRows({
  scroller: reading,
  body: reading.appendChild(make("nav", { class: "list" })),
  spacer: "div",
  make: (index) => drawEntry(state.listed[index]),
  open: (index) => go(`#${state.listed[index].index + 1}`),
});
const listBody = reading.firstElementChild;

function columns() {
  const names = ["figure", "metric", "subject", "change", "period"];
  return state.article || articles.length < 2 ? names : [...names, "article"];
}

// Where one is: # is all articles, #3 the third, #3.5 its fifth figure.

function go(address) {
  if (location.hash === address) follow();
  else location.hash = address;
}

function follow() {
  const [index, place] = location.hash.slice(1).split(".").map(Number);
  const article = articles[index - 1] ?? (articles.length === 1 ? articles[0] : null);
  if (article !== state.article) openArticle(article);
  const fact = article?.facts[place - 1];
  if (fact) lookAt(fact);
  else if (index && isNarrow()) setView("text");
}

function openArticle(article) {
  const last = state.article;
  hideTip();
  Object.assign(state, { article, fact: null });
  if (!(article?.facts ?? allFacts).some((fact) => fact.subject === state.subject)) state.subject = "";
  document.body.dataset.scope = article ? "one" : "all";
  document.querySelector("button[data-view=text]").textContent = words(article ? "text" : "list");
  state.drawn = article ? drawArticle(reading, article) : null;
  if (!article) reading.replaceChildren(listBody);
  document.title = article ? article.name : `newsfacts · ${words("articles", articles.length)}`;
  firstMark()?.setAttribute("tabindex", "0");
  drawPlace();
  refresh();
  if (!article && last) list.reveal(state.listed.indexOf(last)); // back where one was
}

function drawPlace() {
  const { article } = state;
  at("articles").hidden = articles.length === 1;
  at("overview").textContent = article ? words("overview", articles.length) : words("articles", articles.length);
  at("overview").title = article ? words("position", article.index + 1, articles.length) : "";
  for (const [id, step] of [
    ["previous", -1],
    ["next", 1],
  ]) {
    const other = article && articles[article.index + step];
    at(id).toggleAttribute("hidden", !article);
    if (other) at(id).href = `#${other.index + 1}`;
    else at(id).removeAttribute("href");
  }
}

/** The facts in scope through the filters: the table, the kinds, the charts and the list of articles. */
function refresh() {
  const scope = state.article?.facts ?? allFacts;
  const left = filterFacts(scope, state);
  state.shown = sortFacts(left, state.sort);
  at("count").textContent =
    left.length === scope.length ? words("figures", scope.length) : words("some", left.length, scope.length);
  drawKinds(at("kinds"), filterFacts(scope, { ...state, kinds: new Set() }), state.kinds, chooseKind);
  drawSubjects(at("subject"), scope, state.subject);
  drawHeads(at("heads"), columns(), state.sort, sortBy);
  at("facts").setAttribute("aria-rowcount", left.length);
  at("facts").classList.toggle("wide", columns().length > 5);
  table.reset(state.shown.length);
  sheet.dataset.none = left.length ? "" : words("none");
  if (!state.article) listArticles(left);
  dim(left);
  showCharts();
}

function listArticles(left) {
  const isFiltered = left.length < allFacts.length;
  const counts = countBy(left, (fact) => fact.article);
  state.listed = isFiltered ? articles.filter((article) => counts.has(article)) : articles;
  list.reset(state.listed.length);
}

/** Figures that the filters leave out step back in the text. */
function dim(left) {
  if (!state.article) return;
  const kept = new Set(left.map((fact) => fact.place));
  for (const mark of reading.querySelectorAll("mark")) {
    mark.classList.toggle("out", !kept.has(Number(mark.dataset.fact)));
  }
}

function drawEntry(article) {
  const meta = [article.published, article.origin ?? article.author ?? article.site, article.source].filter(Boolean);
  const counts = countBy(article.facts, (fact) => fact.kind);
  const strip = KINDS.filter((kind) => counts.has(kind)).map((kind) =>
    make("i", { class: kind }, String(counts.get(kind))),
  );
  return make(
    "a",
    { class: "entry", href: `#${article.index + 1}` },
    make("b", {}, article.name),
    make("small", {}, meta.join(" · ")),
    make("span", { class: "strip" }, ...strip),
  );
}

// Filters and order: a column sorts one way, then the other, then not at all.

function chooseKind(kind) {
  if (!state.kinds.delete(kind)) state.kinds.add(kind);
  refresh();
  at("kinds").querySelector(`[data-kind=${kind}]`)?.focus();
}

function sortBy(column) {
  const { sort } = state;
  const first = column === "figure"; // the greatest figure, but the first word
  if (sort.column !== column) state.sort = { column, down: first };
  else if (sort.down === first) state.sort = { column, down: !first };
  else state.sort = { column: null, down: false };
  refresh();
  at("heads").querySelector(`.${column} button`).focus();
}

at("filters").addEventListener("submit", (event) => event.preventDefault());
at("query").addEventListener("input", (event) => ((state.query = event.target.value), refresh()));
at("subject").addEventListener("change", (event) => ((state.subject = event.target.value), refresh()));

// Views: side by side on a wide screen, one at a time on a narrow one.

function setView(view) {
  document.body.dataset.view = view;
  for (const button of document.querySelectorAll("button[data-view]")) {
    button.setAttribute("aria-pressed", button.dataset.view === view);
  }
  table.draw();
  list.draw();
  showCharts();
}

/** On a narrow screen, the table opens at the row of the figure that was looked at. */
function changeView(view) {
  if (view === "facts" && isNarrow() && state.fact) findRow(state.fact);
  else setView(view);
}

function showCharts() {
  if (charts.clientWidth) drawCharts(charts, state.shown);
}

for (const button of document.querySelectorAll("button[data-view]")) {
  button.addEventListener("click", () => changeView(button.dataset.view));
}

// Keys that work everywhere but in a field.

const KEYS = {
  "/": () => (setView("facts"), at("query").focus()),
  "[": () => at("previous").click(),
  "]": () => at("next").click(),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
  if (event.target.matches("input, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!(event.key in KEYS)) return;
  event.preventDefault();
  KEYS[event.key]();
});

// Language, light, paper.

function changeLanguage(chosen) {
  speak(chosen);
  at("keys").textContent = words("keys");
  const { article } = state;
  state.article = undefined;
  openArticle(article);
}

at("language").addEventListener("click", () => changeLanguage(language === "zh" ? "en" : "zh"));
at("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const wished = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  root.dataset.theme = (root.dataset.theme ?? wished) === "dark" ? "light" : "dark";
});

const MOST_PRINTED = 5000;

addEventListener("beforeprint", () => {
  if (state.shown.length <= MOST_PRINTED) table.unroll();
  if (!state.article && state.listed.length <= MOST_PRINTED) list.unroll();
  hide();
});
addEventListener("afterprint", () => (table.rollUp(), list.rollUp()));
addEventListener("hashchange", follow);
new ResizeObserver(showCharts).observe(charts);

speak(document.documentElement.dataset.language || (navigator.language.startsWith("zh") ? "zh" : "en"));
at("keys").textContent = words("keys");
setView(innerWidth < 900 ? "text" : "facts");
follow();
