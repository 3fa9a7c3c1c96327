// Searches the site's own index while a reader types. Nothing leaves the browser but requests for
// parts of that index, and nothing that was found is ever read as HTML.

import { init, debouncedSearch, options } from "../pagefind/pagefind.js";

const SHOWN = 20;
const WAIT = 200; // milliseconds without a key before a search starts

const query = document.getElementById("query");
const status = document.getElementById("status");
const results = document.getElementById("results");

/** Pagefind marks what was found with <mark> and escapes the rest: back to text, piece by piece. */
function pieces(excerpt) {
  return excerpt.split(/(<mark>.*?<\/mark>)/).map((piece) => {
    const found = /^<mark>(.*)<\/mark>$/.exec(piece);
    const text = (found ? found[1] : piece)
      .replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&#x27;|&#39;/g, "'")
      .replace(/&amp;/g, "&");
    if (!found) return text;
    const mark = document.createElement("mark");
    mark.textContent = text;
    return mark;
  });
}

function show(found) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = found.url;
  link.textContent = found.meta.title;
  const excerpt = document.createElement("p");
  excerpt.append(...pieces(found.excerpt));
  item.append(link, excerpt);
  return item;
}

function say(count) {
  const texts = status.dataset;
  const text = count === 0 ? texts.none : count === 1 ? texts.one : texts.some;
  status.textContent = text.replace("{n}", count);
}

async function search() {
  const words = query.value.trim();
  history.replaceState(null, "", words ? `?q=${encodeURIComponent(words)}` : "./");
  if (!words) {
    results.replaceChildren();
    status.textContent = "";
    return;
  }
  const answer = await debouncedSearch(words, {}, WAIT);
  if (answer === null) return; // a newer search is under way
  const found = await Promise.all(answer.results.slice(0, SHOWN).map((result) => result.data()));
  results.replaceChildren(...found.map(show));
  say(answer.results.length);
}

await options({ baseUrl: new URL("../", document.baseURI).pathname });
await init();
document.getElementById("without").remove();
query.disabled = query.form.elements[1].disabled = false;
query.value = new URLSearchParams(location.search).get("q") ?? "";
query.addEventListener("input", search);
query.form.addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
query.focus();
search();
