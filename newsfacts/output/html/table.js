// The table of facts: filtered by kind, subject and words, sorted by any column.

const COLUMNS = {
  figure: { text: signAmount, order: (fact) => fact.amount ?? -Infinity },
  metric: { text: (fact) => fact.metric ?? "" },
  subject: { text: (fact) => fact.subject ?? "" },
  change: { text: signChange },
  period: { text: (fact) => fact.period?.text ?? "", order: (fact) => fact.period?.first ?? "" },
  article: { text: (fact) => fact.article.name },
};

const collator = new Intl.Collator("zh-Hans");

/** The facts that the filters leave. Among many articles, the words may stand in the name of one. */
function filterFacts(facts, { article, kinds, subject, query }) {
  const needle = query.trim().toLowerCase();
  return facts.filter(
    (fact) =>
      (!kinds.size || kinds.has(fact.kind)) &&
      (!subject || fact.subject === subject) &&
      (!needle || searchText(fact).includes(needle) || (!article && fact.article.searchName.includes(needle))),
  );
}

/** The facts in the order of a column, what is empty last; without one, in the order of the text. */
function sortFacts(facts, { column, down }) {
  if (!column) return facts;
  const { order, text } = COLUMNS[column];
  const keyed = facts.map((fact) => [(order ?? text)(fact), fact]);
  const sign = down ? -1 : 1;
  keyed.sort(([left], [right]) => isEmpty(left) - isEmpty(right) || sign * compare(left, right));
  return keyed.map(([, fact]) => fact);
}

function isEmpty(key) {
  return key === "" || key === -Infinity;
}

function compare(left, right) {
  return typeof left === "number" ? left - right : collator.compare(left, right);
}

/** The heads of the table, buttons that sort; `sort(column)` is what they do. */
function drawHeads(place, columns, { column, down }, sort) {
  const heads = columns.map((name) => {
    const button = make("button", { type: "button" }, words(name));
    button.addEventListener("click", () => sort(name));
    const order = name !== column ? "none" : down ? "descending" : "ascending";
    return make("th", { scope: "col", class: name, "aria-sort": order }, button);
  });
  place.replaceChildren(...heads);
}

function drawRow(fact, columns, index) {
  return make(
    "tr",
    { "aria-rowindex": index + 2 },
    ...columns.map((name) => {
      const text = COLUMNS[name].text(fact);
      return make("td", { class: name, title: text }, ...(name === "figure" ? drawFigure(fact, text) : [text]));
    }),
  );
}

function drawFigure(fact, text) {
  const status = words("statuses")[fact.status]?.trim();
  return [make("span", { class: fact.kind }, text), ...(status ? [make("small", {}, status)] : [])];
}

/** A button for each kind that occurs, with how often: what the colours mean, and a filter. */
function drawKinds(place, facts, chosen, choose) {
  const counts = countBy(facts, (fact) => fact.kind);
  const buttons = KINDS.filter((kind) => counts.has(kind)).map((kind) => {
    const button = make("button", { type: "button", class: kind, "data-kind": kind, "aria-pressed": chosen.has(kind) });
    button.append(words("kinds")[kind], make("b", {}, number(counts.get(kind))));
    button.addEventListener("click", () => choose(kind));
    return button;
  });
  place.replaceChildren(...buttons);
}

const MOST_SUBJECTS = 200;

/** The subjects to choose from, the most frequent first. */
function drawSubjects(place, facts, chosen) {
  const counts = countBy(
    facts.filter((fact) => fact.subject),
    (fact) => fact.subject,
  );
  const ordered = [...counts].sort(([, left], [, right]) => right - left).slice(0, MOST_SUBJECTS);
  const options = ordered.map(([subject, count]) => make("option", { value: subject }, `${subject} (${count})`));
  place.replaceChildren(make("option", { value: "" }, words("everySubject")), ...options);
  place.value = chosen;
}

function countBy(items, key) {
  const counts = new Map();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}
