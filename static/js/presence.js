// Who is writing in which part of a draft, and whether the draft was changed since: asked now and then while somebody is
// looking. Who writes is shown without a word; a change is told once. The outline replaces its rows after every act, so
// they are looked up each time.

const EVERY = 20_000;
const AWAY = 30 * 60_000; // nobody has touched the page: it stops asking, and the sign-in may run out
const newsLine = () => document.querySelector("[data-writers-href]");

let touched = Date.now();
for (const kind of ["pointerdown", "keydown", "scroll", "focus"]) {
  addEventListener(kind, () => {
    touched = Date.now();
  }, { passive: true });
}

function tell(news, words) {
  if (!words || news.firstChild) return;
  const line = document.createElement("p");
  const again = document.createElement("a");
  again.href = location.pathname + location.search;
  again.textContent = news.dataset.againWords;
  line.append(`${words} `, again);
  news.append(line);
}

async function ask() {
  const news = newsLine();
  if (!news || document.hidden || Date.now() - touched > AWAY) return;
  try {
    const answer = await fetch(news.dataset.writersHref, { headers: { Accept: "application/json" }, redirect: "manual" });
    if (!answer.ok) return;
    const told = await answer.json();
    for (const line of document.querySelectorAll("[data-writers-in]")) {
      const words = told.writers[line.dataset.writersIn] ?? "";
      if (line.textContent !== words) line.textContent = words;
      (line.closest("[data-writers-line]") ?? line).hidden = !words;
    }
    if (news === newsLine()) tell(news, told.news); // else the page is newer than the answer
  } catch {
    // no connection: what was known stands
  }
}

setInterval(ask, EVERY);
document.addEventListener("visibilitychange", ask);
