// The text as it will be read, from the server, a moment after one stopped typing. On a narrow page it stands behind a tab.

const PAUSE = 600;
const NARROW = matchMedia("(max-width: 60rem)");

export function attachPreview(form, area) {
  const sheet = form.querySelector("[data-sheet]");
  const status = form.querySelector("[data-status]");
  let asked = 0;
  let shown = null;

  const isSeen = () => !NARROW.matches || form.dataset.shown === "preview";
  async function preview() {
    if (shown === area.value) return;
    asked += 1;
    const mine = asked;
    const source = area.value;
    sheet.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.dataset.preview, {
        method: "POST",
        body: new URLSearchParams({ csrf_token: form.elements.csrf_token?.value ?? "", source }),
        headers: { "X-Requested-With": "fetch", Accept: "text/html" },
        redirect: "manual",
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const html = await answer.text();
      if (mine !== asked) return; // a newer one is on its way
      const words = new DOMParser().parseFromString(html, "text/html").body.firstElementChild ?? "";
      if (words && form.dataset.textLanguage !== document.documentElement.lang) words.lang = form.dataset.textLanguage;
      sheet.replaceChildren(words);
      shown = source;
      status.textContent = "";
    } catch {
      if (mine === asked) status.textContent = form.dataset.failedWords;
    } finally {
      if (mine === asked) sheet.setAttribute("aria-busy", "false");
    }
  }

  let waiting = 0;
  area.addEventListener("input", () => {
    clearTimeout(waiting);
    if (isSeen()) waiting = setTimeout(preview, PAUSE);
  });
  if (!sheet.querySelector(".words") && area.value.trim() && isSeen()) preview();

  const tabs = form.querySelector("[data-tabs]");
  const buttons = tabs ? [...tabs.querySelectorAll("[data-tab]")] : [];
  const panel = form.querySelector("#desk-preview");
  function show(name) {
    form.dataset.shown = name;
    for (const button of buttons) {
      button.setAttribute("aria-selected", String(button.dataset.tab === name));
      button.tabIndex = button.dataset.tab === name ? 0 : -1;
    }
    if (name === "preview") preview();
  }
  function turn() {
    // side by side there are no tabs
    tabs.hidden = !NARROW.matches;
    for (const [one, role, tab] of [[panel, "tabpanel", "tab-preview"], [form.querySelector("#desk-text"), "tabpanel", "tab-text"]]) {
      if (NARROW.matches) one.setAttribute("role", role);
      else one.removeAttribute("role");
      if (one !== panel) {
        if (NARROW.matches) one.setAttribute("aria-labelledby", tab);
        else one.removeAttribute("aria-labelledby");
      }
    }
    if (isSeen() && area.value.trim()) preview();
  }
  if (tabs) {
    for (const button of buttons) button.addEventListener("click", () => show(button.dataset.tab));
    tabs.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      const next = buttons[(buttons.indexOf(document.activeElement) + by + buttons.length) % buttons.length];
      show(next.dataset.tab);
      next.focus();
    });
    show("text");
    NARROW.addEventListener("change", turn);
    turn();
  }
  form.querySelector("[data-show-preview]")?.addEventListener("click", (event) => {
    event.preventDefault();
    if (NARROW.matches) {
      show("preview");
      panel.scrollIntoView({ block: "start" });
    } else preview();
    panel.focus({ preventScroll: true });
  });
}
