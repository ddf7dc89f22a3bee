// Charts of the facts that the filters leave, as SVG drawn to the width there is. Each mark links to its figure.

const LINE = 26;
const TEXT = 13;
const MOST_BARS = 18;
const MOST_CURRENCIES = 2;

function drawCharts(place, facts) {
  const room = place.clientWidth - 2 * parseFloat(getComputedStyle(place).paddingLeft);
  const width = Math.max(280, Math.min(760, room));
  const charts = [drawSeries, drawChanges, drawMoney, drawByKind].flatMap((draw) => draw(facts, width));
  const drawn = charts.filter(Boolean);
  place.replaceChildren(...(drawn.length ? drawn : [make("p", { class: "none" }, words("noCharts"))]));
}

function drawByKind(facts, width) {
  const counts = countBy(facts, (fact) => fact.kind);
  const kinds = KINDS.filter((kind) => counts.has(kind));
  if (!kinds.length) return null;
  const left = 84;
  const scale = (width - left - 48) / Math.max(...counts.values());
  const bars = kinds.map((kind, line) => {
    const length = Math.max(2, counts.get(kind) * scale);
    return svg(
      "g",
      { class: kind, transform: `translate(0 ${line * LINE})` },
      label(left - 10, words("kinds")[kind], "end"),
      svg("rect", { class: "bar", x: left, y: 5, width: length, height: LINE - 10, rx: 2 }),
      label(left + length + 8, number(counts.get(kind)), "start", "value"),
    );
  });
  return frame("byKind", words("byKind"), width, kinds.length * LINE, bars);
}

/** Percent changes by so much, as bars to the left and right of zero, the greatest rise first. */
function drawChanges(facts, width) {
  const signed = facts
    .filter(({ kind, change, amount }) => kind === "percent" && change?.mode === "by" && isFinite(amount))
    .map((fact) => ({ fact, size: fact.change.direction === "down" ? -fact.amount : fact.amount }));
  if (!signed.length) return null;
  const shown = greatest(signed, ({ size }) => Math.abs(size), MOST_BARS).sort((one, other) => other.size - one.size);
  const names = Math.min(240, width * 0.42);
  const room = 58;
  const least = Math.min(0, ...shown.map(({ size }) => size));
  const most = Math.max(0, ...shown.map(({ size }) => size));
  const scale = (width - names - room * (1 + (least < 0))) / (most - least || 1);
  const zero = names + (least < 0 ? room : 0) - least * scale;
  const bars = shown.map(({ fact, size }, line) => {
    const length = Math.max(1, Math.abs(size) * scale);
    const end = size < 0 ? zero - length - 6 : zero + length + 6;
    return row(
      fact,
      line,
      label(0, fit(nameInTime(fact), names - 8)),
      svg("rect", {
        class: size < 0 ? "down" : "up",
        x: size < 0 ? zero - length : zero,
        y: 5,
        width: length,
        height: LINE - 10,
        rx: 2,
      }),
      label(end, `${size > 0 ? "+" : ""}${EXACT.format(size)}%`, size < 0 ? "end" : "start", "value"),
    );
  });
  const height = shown.length * LINE;
  const axis = svg("line", { class: "axis", x1: zero, x2: zero, y1: 0, y2: height });
  return frame("changes", words("changes"), width, height, [...bars, axis], signed.length - shown.length);
}

/** Amounts of the most frequent currencies, each on a logarithmic scale of its own. */
function drawMoney(facts, width) {
  const money = facts.filter(({ kind, unit, amount }) => kind === "money" && unit && amount > 0 && isFinite(amount));
  const counts = [...countBy(money, (fact) => fact.unit)].sort(([, one], [, other]) => other - one);
  return counts.slice(0, MOST_CURRENCIES).map(([unit]) =>
    drawAmounts(
      unit,
      money.filter((fact) => fact.unit === unit),
      width,
    ),
  );
}

function drawAmounts(unit, facts, width) {
  const shown = greatest(facts, ({ amount }) => amount, MOST_BARS);
  const least = Math.floor(Math.log10(shown.at(-1).amount));
  const most = Math.max(least + 1, Math.ceil(Math.log10(shown[0].amount)));
  const names = Math.min(240, width * 0.42);
  const scale = (width - names - 110) / (most - least);
  const at = (amount) => names + (Math.log10(amount) - least) * scale;
  const height = shown.length * LINE;
  const dots = shown.map((fact, line) =>
    row(
      fact,
      line,
      label(0, fit(nameInTime(fact), names - 8)),
      svg("line", { class: "stem", x1: names, x2: at(fact.amount), y1: LINE / 2, y2: LINE / 2 }),
      svg("circle", { class: "dot", cx: at(fact.amount), cy: LINE / 2, r: 4.5 }),
      label(at(fact.amount) + 10, fit(signAmount(fact), 104), "start", "value"),
    ),
  );
  const ticks = logTicks(least, most).flatMap((power) => [
    svg("line", { class: "tick", x1: at(10 ** power), x2: at(10 ** power), y1: 0, y2: height }),
    svg("text", { class: "tick", x: at(10 ** power), y: height + 16, "text-anchor": "middle" }, readSize(10 ** power)),
  ]);
  return frame(
    "amounts",
    words("amounts", sayUnit(facts[0])),
    width,
    height + 22,
    [...ticks, ...dots],
    facts.length - shown.length,
  );
}

/** Powers of ten for ticks, at most six. */
function logTicks(least, most) {
  const step = Math.ceil((most - least + 1) / 6);
  return Array.from({ length: Math.floor((most - least) / step) + 1 }, (_, index) => least + index * step);
}

function greatest(items, size, most) {
  return items.toSorted((one, other) => size(other) - size(one)).slice(0, most);
}

function nameOf(fact) {
  return [fact.subject, fact.metric].filter(Boolean).join(" ") || fact.article.name;
}

function nameInTime(fact) {
  return [nameOf(fact), fact.period?.text].filter(Boolean).join(" · ");
}

/** The link of a fact in a chart, on a line of its own. */
function row(fact, line, ...shapes) {
  const link = svg("a", { href: addressOf(fact), class: fact.kind, transform: `translate(0 ${line * LINE})` });
  const ground = svg("rect", { class: "ground", width: "100%", height: LINE });
  link.append(svg("title", {}, sayFact(fact)), ground, ...shapes);
  return link;
}

function frame(name, caption, width, height, shapes, left = 0) {
  const drawing = svg(
    "svg",
    { width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": caption },
    ...shapes,
  );
  const more = left ? [make("small", {}, words("more", left))] : [];
  return make("figure", { class: name }, make("figcaption", {}, caption, ...more), drawing);
}

function label(x, text, anchor = "start", kind = "name") {
  return svg("text", { class: kind, x, y: LINE / 2 + TEXT * 0.36, "text-anchor": anchor }, text);
}

/** The text cut to a width in pixels; an ideograph is as wide as the type is high. */
function fit(text, width) {
  let used = 0;
  let kept = "";
  for (const sign of text) {
    used += sign > "\u2e7f" ? TEXT : TEXT * 0.56;
    if (used > width - TEXT && kept.length + sign.length < text.length) return `${kept}…`;
    kept += sign;
  }
  return kept;
}

function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
