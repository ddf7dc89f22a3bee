// What the reader has chosen, and the places of the page.

const at = (id) => document.getElementById(id);
const [reading, panel, sheet, charts] = [at("reading"), at("panel"), at("sheet"), at("charts")];

const state = {
  article: undefined, // an article, or null for all of them
  kinds: new Set(),
  subject: "",
  query: "",
  sort: { column: null, down: false },
  shown: [], // the facts of the table, in its order
  listed: [], // the articles of the list
  drawn: null, // the open article as drawn: its text nodes
  fact: null, // the one that was looked at last
};

/** Where a fact is found: #3.5 is the fifth of the third article. */
function addressOf(fact) {
  return `#${fact.article.index + 1}.${fact.place + 1}`;
}
