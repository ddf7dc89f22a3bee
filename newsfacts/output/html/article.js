// An article as it reads: its lines and tables, every figure a mark, and the words behind a fact underlined.

const LONG_TEXT = 50_000;
const LONG_LINE = 3_000;

/** Draws one article into `place`. `pieces` are its text nodes with where each begins in the text. */
function drawArticle(place, article) {
  const pieces = [];
  const sheet = make("article", { lang: article.language ?? "zh", dir: "ltr" });
  const lines = splitLines(article);
  sheet.classList.toggle("long", article.text.length > LONG_TEXT);
  const headline = article.title && article.text.startsWith(`${article.title}\n`) ? lines.shift() : null;
  const head = make("header");
  if (headline) head.append(fillLine(make("h1"), article, headline, pieces));
  head.append(drawOrigin(article));
  sheet.append(head);
  for (const line of lines) {
    if (line.table) sheet.append(drawTable(article, line.table, pieces));
    else if (line.end > line.start) sheet.append(...drawParagraph(article, line, pieces));
  }
  place.replaceChildren(sheet);
  place.scrollTop = 0;
  return { article, pieces };
}

/** The lines of the text, those of a table as one. */
function splitLines(article) {
  const tables = [...article.tables];
  const lines = [];
  let start = 0;
  while (start <= article.text.length) {
    const end = endOfLine(article.text, start);
    const table = tables[0]?.[0][0] < end ? tables.shift() : null;
    const last = table ? endOfLine(article.text, table.at(-1)[1]) : end;
    lines.push({ start, end: last, table });
    start = last + 1;
  }
  return lines;
}

/** A paragraph; an overlong one as several below one another, since a browser lays out a paragraph only as a whole. */
function drawParagraph(article, { start, end }, pieces) {
  const parts = [];
  for (let next; start < end; start = next) {
    next = end - start > LONG_LINE ? endOfPart(article, start + LONG_LINE, end) : end;
    parts.push(fillLine(make("p", next < end ? { class: "part" } : {}), article, { start, end: next }, pieces));
  }
  return parts;
}

/** Where a part may end: behind the next stop or comma that is in no figure. */
function endOfPart({ text, facts }, from, end) {
  const stops = /[。；，！？,;]/gu;
  stops.lastIndex = from;
  const found = stops.exec(text)?.index + 1 || end;
  const around = facts[firstFrom(facts, found) - 1];
  return Math.min(end, around?.end > found ? around.end : found);
}

function endOfLine(text, start) {
  const end = text.indexOf("\n", start);
  return end < 0 ? text.length : end;
}

function drawOrigin(article) {
  const parts = [article.published, article.origin ?? article.author, article.site].filter(Boolean);
  const line = make("p", { class: "origin" }, parts.join(" · "));
  if (/^https?:/i.test(article.url ?? "")) {
    const link = make("a", { href: article.url, rel: "noreferrer noopener", target: "_blank" }, words("source"));
    line.append(parts.length ? " · " : "", link);
  }
  if (article.source) line.append(make("span", { class: "path" }, article.source));
  return line;
}

/** A table of the article: cells are [start, end, row, column, rows, columns, header]; empty ones are put back. */
function drawTable(article, cells, pieces) {
  const rows = [];
  const filled = [];
  const taken = new Set();
  for (const [start, end, row, column, height, width, header] of cells) {
    while (rows.length <= row) (rows.push(make("tr")), filled.push(0));
    for (; filled[row] < column; filled[row] += 1) {
      if (!taken.has(`${row} ${filled[row]}`)) rows[row].append(make("td"));
    }
    filled[row] = column + width;
    for (let down = 0; down < height; down += 1) {
      for (let right = 0; right < width; right += 1) taken.add(`${row + down} ${column + right}`);
    }
    const cell = make(header ? "th" : "td", { rowspan: height, colspan: width });
    rows[row].append(fillLine(cell, article, { start, end }, pieces));
  }
  return make("div", { class: "grid" }, make("table", {}, ...rows));
}

/** The words of a stretch with a mark for each figure in it. */
function fillLine(element, article, { start, end }, pieces) {
  const { text, facts } = article;
  let at = start;
  function put(parent, until) {
    if (until <= at) return;
    const node = document.createTextNode(text.slice(at, until));
    pieces.push({ start: at, node });
    parent.append(node);
    at = until;
  }
  for (let place = firstFrom(facts, start); place < facts.length && facts[place].start < end; place += 1) {
    const fact = facts[place];
    put(element, fact.start);
    const mark = make("mark", { class: fact.kind, tabindex: "-1", "data-fact": fact.place });
    put(mark, Math.min(fact.end, end));
    element.append(mark);
  }
  put(element, end);
  return element;
}

/** The place of the first item that starts at `offset` or after it. */
function firstFrom(items, offset) {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle].start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A range of the document for a stretch of the text, which may begin and end within marks. */
function findRange(pieces, [start, end]) {
  const range = document.createRange();
  const first = pieces[firstFrom(pieces, start + 1) - 1];
  const last = pieces[firstFrom(pieces, end) - 1];
  range.setStart(first.node, Math.min(start - first.start, first.node.length));
  range.setEnd(last.node, Math.min(end - last.start, last.node.length));
  return range;
}

/** Underline the words behind a fact, each in the manner of its role; with null, none. */
function underline(drawn, fact) {
  if (!("highlights" in CSS)) return;
  CSS.highlights.clear();
  for (const [role, span] of Object.entries(fact?.evidence ?? {})) {
    CSS.highlights.set(role, new Highlight(findRange(drawn.pieces, span)));
  }
}

/** An element with attributes and children; strings become text. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
