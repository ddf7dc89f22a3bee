// A metric over time: levels of one metric of one subject, in periods of one length, each series a small chart.

const MOST_SERIES = 8;
const DAY = 86_400_000;
const LENGTHS = [1.5, 10, 45, 120, 250, 500];

function drawSeries(facts, width) {
  const series = findSeries(facts);
  if (!series.length) return null;
  const columns = width >= 560 ? 2 : 1;
  const box = { width: (width - (columns - 1) * 24) / columns, height: 150 };
  const shown = series.slice(0, MOST_SERIES);
  const charts = shown.map((points, place) => {
    const [x, y] = [(place % columns) * (box.width + 24), Math.floor(place / columns) * (box.height + 14)];
    return svg("g", { transform: `translate(${x} ${y})` }, ...drawLine(points, box));
  });
  const height = Math.ceil(shown.length / columns) * (box.height + 14);
  return frame("series", words("series"), width, height, charts, series.length - shown.length);
}

/** Points by time of all metrics that have levels for two periods or more, the longest series first. */
function findSeries(facts) {
  const found = new Map();
  for (const fact of facts) {
    const { period, metric, change, amount } = fact;
    if (!metric || !period?.first || !period.last || change?.mode === "by" || !isFinite(amount)) continue;
    const [first, last] = [Date.parse(period.first), Date.parse(period.last)];
    const length = LENGTHS.findIndex((days) => (last - first) / DAY < days);
    const key = [fact.subject, metric, fact.kind, fact.unit, fact.per?.unit, length].join("\n");
    if (!found.has(key)) found.set(key, new Map());
    if (!found.get(key).has(first)) found.get(key).set(first, { fact, time: (first + last) / 2 });
  }
  return [...found.values()]
    .filter((points) => points.size > 1)
    .sort((one, other) => other.size - one.size)
    .map((points) => [...points.values()].sort((one, other) => one.time - other.time));
}

function drawLine(points, { width, height }) {
  const [top, foot, side] = [50, height - 24, 26];
  const sizes = points.map(({ fact }) => fact.amount);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const [start, end] = [points[0].time, points.at(-1).time];
  const x = ({ time }) => side + ((time - start) / (end - start || 1)) * (width - 2 * side);
  const y = ({ fact }) => foot - ((fact.amount - least) / (most - least || 1)) * (foot - top);
  const path = points
    .map((point, place) => `${place ? "L" : "M"}${x(point).toFixed(1)} ${y(point).toFixed(1)}`)
    .join("");
  const every = Math.ceil((points.length * 48) / width);
  return [
    svg("text", { class: "head", x: 0, y: TEXT }, fit(headOf(points[0].fact), width)),
    svg("line", { class: "tick", x1: 0, x2: width, y1: foot + 6, y2: foot + 6 }),
    svg("path", { class: `line ${points[0].fact.kind}`, d: path }),
    ...points.map((point, place) =>
      drawPoint(point, x(point), y(point), foot, (points.length - 1 - place) % every === 0),
    ),
  ];
}

function headOf(fact) {
  return nameOf(fact) + (fact.unit ? words("seriesIn", sayUnit(fact)) : "");
}

function drawPoint({ fact }, x, y, foot, labelled) {
  const dot = svg("circle", { class: fact.status === "actual" ? "dot" : "dot open", cx: x, cy: y, r: 4 });
  const texts = [
    svg("text", { class: "value", x, y: y - 9, "text-anchor": "middle" }, readSize(fact.amount)),
    svg("text", { class: "tick", x, y: foot + 21, "text-anchor": "middle" }, fact.period.iso.split("/", 1)[0]),
  ];
  const link = svg("a", { href: addressOf(fact), class: fact.kind });
  link.append(svg("title", {}, sayFact(fact)), dot, ...(labelled ? texts : []));
  return link;
}
