// How the sender will be seen, shown anew after every answer; without this script a button does it.

const form = document.querySelector("form[data-look]");
const seen = form?.querySelector("[data-seen]");
if (seen) {
  form.querySelector("[formaction]")?.remove();
  seen.setAttribute("aria-live", "polite");
  let asked = 0;
  let waiting = 0;
  async function look() {
    asked += 1;
    const mine = asked;
    try {
      const answer = await fetch(form.dataset.look, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (!answer.ok || mine !== asked) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-seen]");
      if (fresh && mine === asked) seen.replaceChildren(...fresh.childNodes);
    } catch {
      // it is shown on the receipt as well
    }
  }
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 400);
  };
  form.addEventListener("change", soon);
  form.addEventListener("input", soon);
}
