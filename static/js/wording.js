// While a wording is typed in the place of the words, the server says what it would change.

const PAUSE = 350;

/** Show what the wording typed in `box` would change, as long as it is typed. */
export function attachWording(box) {
  const form = box.closest("form");
  const area = box.querySelector("[data-proposed]");
  const shown = box.querySelector("[data-redline]");
  if (!area || !shown) return;
  form.querySelector("[data-no-script]")?.remove();
  let asked = 0;
  let waiting = 0;
  async function show() {
    asked += 1;
    const mine = asked;
    try {
      const answer = await fetch(box.dataset.wordingHref, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (!answer.ok || mine !== asked) return;
      const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine === asked) shown.replaceChildren(...parsed.body.childNodes);
    } catch {
      // the wording itself is safe; it is shown as a change after sending
    }
  }
  area.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, PAUSE);
  });
}

for (const box of document.querySelectorAll("[data-wording-href]")) attachWording(box);
