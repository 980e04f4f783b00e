// Who is writing in which part of a draft, and whether the draft was changed since: asked now and then while somebody is
// looking. Who writes is shown without a word; a change is told once.

const EVERY = 20_000;
const AWAY = 30 * 60_000; // nobody has touched the page: it stops asking, and the sign-in may run out
const news = document.querySelector("[data-writers-href]");
const lines = [...document.querySelectorAll("[data-writers-in]")];

let touched = Date.now();
for (const kind of ["pointerdown", "keydown", "scroll", "focus"]) {
  addEventListener(kind, () => {
    touched = Date.now();
  }, { passive: true });
}

function tell(words) {
  if (!words || news.firstChild) return;
  const line = document.createElement("p");
  const again = document.createElement("a");
  again.href = location.pathname + location.search;
  again.textContent = news.dataset.againWords;
  line.append(`${words} `, again);
  news.append(line);
}

async function ask() {
  if (document.hidden || Date.now() - touched > AWAY) return;
  try {
    const answer = await fetch(news.dataset.writersHref, { headers: { Accept: "application/json" }, redirect: "manual" });
    if (!answer.ok) return;
    const told = await answer.json();
    for (const line of lines) {
      const words = told.writers[line.dataset.writersIn] ?? "";
      if (line.textContent !== words) line.textContent = words;
      line.hidden = !words;
    }
    tell(told.news);
  } catch {
    // no connection: what was known stands
  }
}

setInterval(ask, EVERY);
document.addEventListener("visibilitychange", ask);
