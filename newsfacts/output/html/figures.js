// Figures: how one is looked at, by pointer or by keys, and its way to the row of the table.

function firstMark() {
  return reading.querySelector("mark");
}

function factOf(mark) {
  return state.article.facts[Number(mark.dataset.fact)];
}

/** Bring a figure into sight and give it the focus. */
function lookAt(fact) {
  if (isNarrow()) setView("text");
  const mark = reading.querySelector(`mark[data-fact="${fact.place}"]`);
  mark.scrollIntoView({ block: "center" });
  focusMark(mark);
}

/** Whether the screen has room for one view only. */
function isNarrow() {
  return getComputedStyle(panel).display === "none" || getComputedStyle(reading).display === "none";
}

function focusMark(mark) {
  reading.querySelector("mark[tabindex='0']")?.setAttribute("tabindex", "-1");
  mark.tabIndex = 0;
  mark.focus({ preventScroll: true });
}

/** Go to the row of a figure; a figure that the filters leave out brings the whole table back. */
function findRow(fact) {
  if (!state.shown.includes(fact)) {
    Object.assign(state, { kinds: new Set(), subject: "", query: "" });
    at("query").value = "";
    refresh();
  }
  hideTip();
  setView("facts");
  table.reveal(state.shown.indexOf(fact)).focus({ preventScroll: true });
}

function show(mark) {
  const fact = factOf(mark);
  state.fact = fact;
  showTip(mark, fact);
  underline(state.drawn, fact);
}

function hide() {
  hideTip();
  if (state.drawn) underline(state.drawn, null);
}

/** Show what the pointer is on; when it leaves, what has the focus. */
function showFocused() {
  hide();
  const focused = document.activeElement.closest("mark");
  if (focused) show(focused);
}

reading.addEventListener("pointerover", (event) => {
  const mark = event.target.closest("mark");
  if (mark) show(mark);
});
reading.addEventListener("pointerout", (event) => event.target.closest("mark") && showFocused());
reading.addEventListener("focusin", (event) => event.target.closest("mark") && show(event.target));
reading.addEventListener("focusout", hide);
reading.addEventListener("scroll", showFocused, { passive: true });
reading.addEventListener("click", (event) => {
  const mark = event.target.closest("mark");
  if (!mark) return;
  if (isNarrow()) focusMark(mark);
  else findRow(factOf(mark));
});
reading.addEventListener("keydown", (event) => {
  const mark = event.target.closest("mark");
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (mark && event.key === "Enter") findRow(factOf(mark));
  else if (mark && step) stepTo(factOf(mark).place + step);
  else return;
  event.preventDefault();
});

function stepTo(place) {
  const fact = state.article.facts[place];
  if (fact) lookAt(fact);
}
