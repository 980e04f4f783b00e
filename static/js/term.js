// Counts the term again whenever a day, an hour, the legal basis or a form of hearing people changes. The server
// counts, as it does for the button "Check the term"; without this script that button does the same.

const form = document.querySelector("form[data-term]");
const SETS_END = "[data-set-end]";
const COUNTED = new Set(["opens_on", "opens_time", "closes_on", "closes_time", "legal_basis", "own_days", "forms"]);
let asked = 0;

const parts = (root) => new Map([...root.querySelectorAll("[data-term-part]")].map((part) => [part.dataset.termPart, part]));

// Addressees nobody has touched are those of the act, so they follow when another act is chosen: the server puts them
// in, and they are taken over unless something was typed meanwhile.
function followAddressees(sent, page) {
  const typed = form.elements.addressees;
  const fresh = page.querySelector('form[data-term] [name="addressees"]');
  if (fresh && typed.value === sent) typed.value = fresh.value;
}

// Another legal basis brings the forms it asks for. The server ticks them; nothing anybody ticked is ever unticked.
function followForms(page) {
  for (const box of page.querySelectorAll('form[data-term] input[name="forms"]:checked')) {
    const own = form.querySelector(`input[name="forms"][value="${CSS.escape(box.value)}"]`);
    if (own) own.checked = true;
  }
  form.elements.counted_basis.value = page.querySelector('form[data-term] [name="counted_basis"]')?.value ?? "";
}

async function count() {
  const turn = ++asked;
  const sent = new FormData(form);
  const addressees = form.elements.addressees.value;
  sent.set("then", "check");
  try {
    const answer = await fetch(location.href, { method: "POST", body: sent, credentials: "same-origin" });
    if (turn !== asked || !(answer.ok || answer.status === 422)) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = parts(page);
    followForms(page);
    followAddressees(addressees, page);
    for (const [name, part] of parts(form)) {
      const news = fresh.get(name);
      // what was typed about a shorter term stays while it is still asked for
      if (!news || (name === "departure" && part.querySelector("textarea") && news.querySelector("textarea"))) continue;
      if (news.textContent !== part.textContent) part.replaceChildren(...news.childNodes);
    }
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

// The end that is offered is set here, so that nothing else on the page moves; without this script it is sent.
form?.addEventListener("click", (event) => {
  const button = event.target.closest(SETS_END);
  if (!button) return;
  event.preventDefault();
  form.elements.closes_on.value = button.dataset.setEnd;
  form.elements.closes_time.value = "23:59";
  form.elements.closes_on.focus();
  count();
});
