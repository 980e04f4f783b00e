// Counts the term again whenever a day, an hour, the legal basis or a form of hearing people changes. The server
// counts, as it does for the button "Check the term"; without this script that button does the same.

const form = document.querySelector("form[data-term]");
const COUNTED = new Set(["opens_on", "opens_time", "closes_on", "closes_time", "legal_basis", "own_days", "forms"]);
let asked = 0;

async function count() {
  const turn = ++asked;
  const sent = new FormData(form);
  sent.set("then", "check");
  try {
    const answer = await fetch(location.href, { method: "POST", body: sent, credentials: "same-origin" });
    if (turn !== asked || !(answer.ok || answer.status === 422)) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-term-panel]");
    const panel = form.querySelector("[data-term-panel]");
    if (!fresh || panel.contains(document.activeElement) && document.activeElement.tagName === "TEXTAREA") return;
    panel.replaceChildren(...fresh.childNodes);
  } catch {
    // no network now: the button is still there
  }
}

let later;
form?.addEventListener("change", (event) => {
  if (!COUNTED.has(event.target.name)) return;
  clearTimeout(later);
  later = setTimeout(count, 250);
});
