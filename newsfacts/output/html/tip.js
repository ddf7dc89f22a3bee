// What a figure says, beside it: the fact in one line, and the words it was read from, each underlined as in the text.

const tip = document.getElementById("tip");

const ROLES = ["subject", "metric", "period", "change", "basis", "bound", "status", "per", "unit", "negated"];

function showTip(mark, fact) {
  const head = make("p", { class: "said" }, sayFact(fact));
  const kind = make("span", { class: `kind ${fact.kind}` }, words("kinds")[fact.kind]);
  const exact = make("p", { class: "exact" }, kind, ` ${sayExactly(fact)}`);
  const roles = make("dl", {}, ...ROLES.filter((role) => role in fact.evidence).map((role) => sayRole(fact, role)));
  tip.replaceChildren(head, exact, ...(roles.childElementCount ? [roles] : []));
  tip.hidden = false;
  mark.setAttribute("aria-describedby", "tip");
  placeTip(mark);
}

function sayRole(fact, role) {
  const [start, end] = fact.evidence[role];
  const found = fact.article.text.slice(start, end).replaceAll("\n", " ");
  return make("div", {}, make("dt", {}, words(role)), make("dd", { class: role }, make("span", {}, found)));
}

/** The value digit by digit, 1,240,000,000 CNY, and the days that a period stands for. */
function sayExactly(fact) {
  const grouped = fact.exact.replace(/(?<![.\d])\d+/g, (digits) => BigInt(digits).toLocaleString("en"));
  return [grouped.replace(" %", "%"), fact.period?.iso].filter(Boolean).join(" · ");
}

function hideTip() {
  if (tip.hidden) return;
  tip.hidden = true;
  document.querySelector("[aria-describedby=tip]")?.removeAttribute("aria-describedby");
}

/** Below the figure, or above it where there is more room; a narrow screen's style moves the tip to its foot. */
function placeTip(mark) {
  const [box] = mark.getClientRects();
  const gap = 8;
  const { offsetWidth: width, offsetHeight: height } = tip;
  const below = box.bottom + gap + height <= innerHeight;
  tip.style.top = `${Math.max(gap, below ? box.bottom + gap : box.top - gap - height)}px`;
  tip.style.left = `${Math.max(gap, Math.min(box.left, innerWidth - width - gap))}px`;
}
