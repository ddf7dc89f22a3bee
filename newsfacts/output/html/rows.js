// Long lists: only the rows in sight are in the document, so that 30,000 of them scroll as 30 do.

const AROUND = 10;

/** Rows of one height inside `body`, which scrolls in `scroller`. `make(index)` gives a row that can take the focus,
 *  `open(index)` is what Enter or a click does. A row keeps its element as long as it is in sight. */
function makeRows({ scroller, body, spacer, make, open }) {
  const before = document.createElement(spacer);
  const after = document.createElement(spacer);
  before.ariaHidden = after.ariaHidden = true;
  const shown = new Map();
  let count = 0;
  let height = 0;
  let current = 0;
  let isUnrolled = false;

  function reset(rows) {
    count = rows;
    current = 0;
    shown.clear();
    body.replaceChildren(before, after);
    if (scroller.scrollTop) scroller.scrollTop = 0;
    draw();
  }

  function draw() {
    if (isUnrolled) return;
    if (!count || !scroller.clientHeight) return setSpace(0, 0);
    height ||= measure();
    const first = Math.max(0, Math.floor(scroller.scrollTop / height) - AROUND);
    const last = Math.min(count, Math.ceil((scroller.scrollTop + scroller.clientHeight) / height) + AROUND);
    fill(first, last);
  }

  function fill(first, last) {
    for (const [index, row] of shown) if (index < first || index >= last) (row.remove(), shown.delete(index));
    let next = before.nextSibling;
    for (let index = first; index < last; index += 1) {
      if (!shown.has(index)) body.insertBefore(put(index), next);
      next = shown.get(index).nextSibling;
    }
    setSpace(first * height, (count - last) * height);
  }

  function put(index) {
    const row = make(index);
    row.dataset.row = index;
    row.tabIndex = index === current ? 0 : -1;
    shown.set(index, row);
    return row;
  }

  function measure() {
    const row = body.insertBefore(make(0), after);
    const found = row.getBoundingClientRect().height;
    row.remove();
    return found;
  }

  function setSpace(above, below) {
    before.style.height = `${above}px`;
    after.style.height = `${below}px`;
  }

  /** Bring a row into sight, and make it the one that Tab reaches. */
  function reveal(index) {
    draw();
    if (!count || !height) return null;
    shown.get(current)?.setAttribute("tabindex", "-1");
    current = Math.max(0, Math.min(count - 1, index));
    const room = scroller.clientHeight - height;
    const top = current * height;
    const head = body.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    if (top + head > scroller.scrollTop + room) scroller.scrollTop = top + head - room;
    draw();
    shown.get(current).tabIndex = 0;
    return shown.get(current);
  }

  /** A screen of another width may have rows of another height. */
  function measureAgain() {
    if (isUnrolled || !count || !scroller.clientHeight) return;
    const found = measure();
    if (found !== height) {
      for (const row of shown.values()) row.remove();
      shown.clear();
      height = found;
    }
    draw();
  }

  /** Put every row into the document, for paper; `rollUp` takes those out of sight away again. */
  function unroll() {
    fill(0, count);
    isUnrolled = true;
  }

  function rollUp() {
    isUnrolled = false;
    draw();
  }

  const MOVES = {
    ArrowDown: () => current + 1,
    ArrowUp: () => current - 1,
    PageDown: () => current + Math.floor(scroller.clientHeight / height) - 1,
    PageUp: () => current - Math.floor(scroller.clientHeight / height) + 1,
    Home: () => 0,
    End: () => count - 1,
  };

  body.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-row]");
    if (!row) return;
    current = Number(row.dataset.row);
    if (event.key === "Enter") open(current);
    else if (event.key in MOVES) reveal(MOVES[event.key]()).focus({ preventScroll: true });
    else return;
    event.preventDefault();
  });
  body.addEventListener("click", (event) => {
    const row = event.target.closest("[data-row]");
    if (!row || getSelection().type === "Range") return;
    event.preventDefault();
    open(Number(row.dataset.row));
  });
  scroller.addEventListener("scroll", draw, { passive: true });
  new ResizeObserver(measureAgain).observe(scroller);

  return { reset, reveal, draw, unroll, rollUp };
}
