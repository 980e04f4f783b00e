// Nothing typed is lost: what stands in the form is kept on the server a moment after one stops typing, and in this
// browser at once, for the time the connection is cut, the sign-in runs out or the browser crashes. The same question
// to the server tells who else is writing.

const PREFIX = "consult.draft.";
const PAUSE = 1500;
const LONGEST_PAUSE = 10_000;
const SIGN_OF_LIFE = 20_000;
const IN_BROWSER = 300;

const store = (() => {
  try {
    localStorage.setItem(`${PREFIX}probe`, "1");
    localStorage.removeItem(`${PREFIX}probe`);
    return localStorage;
  } catch {
    return null; // storage is switched off
  }
})();

const FIELDS = "input[type=text], input[type=url], input[type=date], input[type=time], input[type=radio], input:not([type]), textarea, select";

// What a field holds: of a choice, whether it is the one chosen.
const holds = (field) => (field.type === "radio" ? field.checked : field.value);
const wanted = (field, value) => (field.type === "radio" ? field.value === value : value);
function give(field, value) {
  if (field.type === "radio") field.checked = value;
  else field.value = value;
}

const filled = (words, values) => (words ?? "").replace(/\{(\w+)\}/g, (_, name) => values[name]);
const hour = (at) => new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });

export function attachUnsaved(form, area, { put }) {
  const { dataset, elements } = form;
  // the editor has a window and what it took up as fields of its own; so have other forms, under names of their own
  const windowField = elements.kept_window ?? elements.window;
  const takenField = elements.kept_taken ?? elements.taken;
  const keptLine = form.querySelector("[data-kept]");
  const state = form.querySelector("[data-keeping]");
  const writers = form.querySelector("[data-writers]");
  const news = form.querySelector("[data-news]");
  const prefix = `${PREFIX}${dataset.key}#`;
  const key = prefix + (windowField?.value || "page");

  const fields = () => [...form.querySelectorAll(FIELDS)].filter((field) => field.name);
  const read = () => JSON.stringify(fields().filter((field) => holds(field) !== false).map((field) => [field.name, field.value]));
  const opened = read();
  let kept = opened; // what the server has
  let local = opened; // what this browser has
  let isSending = false;
  let isCut = false;
  let again = false;
  let asking = false;

  /* --- in this browser ------------------------------------------------------------------------- */

  function keepHere(sent = false) {
    const now = read();
    if (!store) return;
    try {
      if (now === opened && !sent) store.removeItem(key);
      else {
        store.setItem(key, JSON.stringify({
          values: Object.fromEntries(JSON.parse(now)),
          base: elements.base?.value ?? "",
          taken: takenField?.value ?? "",
          at: Date.now(),
          isKept: now === kept,
          sent,
        }));
      }
      local = now;
    } catch {
      // no room left; the server may have it
    }
  }

  /* --- on the server ---------------------------------------------------------------------------- */

  function said(words = "", link = false) {
    if (state.firstChild?.textContent === words) return;
    state.replaceChildren(words);
    if (link) {
      const anchor = document.createElement("a");
      anchor.href = dataset.signIn;
      anchor.target = "_blank";
      anchor.textContent = dataset.signInWords;
      state.append(" ", anchor);
    }
  }

  function question(further = {}) {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
    if (dataset.keptAt) body.set("kept_at", dataset.keptAt);
    else {
      body.set("kind", dataset.kind);
      body.set("section", dataset.section);
    }
    for (const [name, value] of Object.entries(further)) body.set(name, value);
    return body;
  }

  async function ask(isRetried = false) {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    const now = read();
    const isNew = now !== kept;
    if (!isNew && dataset.keptAt) {
      asking = false;
      return;
    }
    try {
      const answer = await fetch(dataset.keep, {
        method: "POST",
        body: question(isNew ? {} : { still: "1" }),
        headers: { "X-Requested-With": "fetch", Accept: "application/json" },
        redirect: "manual",
      });
      await heard(answer, now, isNew, isRetried);
    } catch {
      isCut = true;
      keepHere();
      said(store && local === read() ? dataset.hereWords : dataset.nowhereWords);
    } finally {
      asking = false;
      if (again) {
        again = false;
        ask();
      }
    }
  }

  async function heard(answer, now, isNew, isRetried) {
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      isCut = true;
      keepHere();
      said(dataset.signedOutWords, true);
      return;
    }
    const told = (answer.headers.get("Content-Type") ?? "").includes("json") ? await answer.json() : {};
    if (!answer.ok) {
      if (told.token && !isRetried && elements.csrf_token) {
        elements.csrf_token.value = told.token; // signed in anew meanwhile
        asking = false;
        await ask(true);
        return;
      }
      keepHere();
      said(filled(dataset.onlyHereWords, { reason: told.error ?? String(answer.status) }));
      return;
    }
    if (isCut || state.textContent) said(isCut ? dataset.backWords : "");
    isCut = false;
    if (isNew) {
      kept = now;
      if (told.taken) takenField.value = told.taken;
      if (keptLine && told.kept) keptLine.textContent = filled(dataset.keptWords, { time: told.kept });
      keepHere();
    }
    if (writers && writers.textContent !== (told.writers ?? "")) writers.textContent = told.writers ?? "";
    // the note on the text brought back says it already
    if (news && news.dataset.behind === undefined && news.textContent !== (told.news ?? "")) news.textContent = told.news ?? "";
  }

  /* --- when ------------------------------------------------------------------------------------- */

  let soon = 0;
  let latest = 0;
  let here = 0;
  const stop = () => {
    clearTimeout(soon);
    clearTimeout(latest);
    clearTimeout(here);
    soon = latest = here = 0;
  };
  form.addEventListener("input", () => {
    clearTimeout(here);
    here = setTimeout(keepHere, IN_BROWSER);
    clearTimeout(soon);
    const act = () => {
      clearTimeout(soon);
      clearTimeout(latest);
      latest = 0;
      ask();
    };
    soon = setTimeout(act, PAUSE);
    latest ||= setTimeout(act, LONGEST_PAUSE);
  });
  setInterval(() => !document.hidden && ask(), SIGN_OF_LIFE);
  addEventListener("online", () => ask());
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) keepHere();
    if (!isSending && (!document.hidden || read() !== kept)) ask();
  });
  addEventListener("pagehide", () => {
    if (isSending) return;
    stop();
    keepHere();
    const isNew = read() !== kept;
    if (!isNew && dataset.keptAt) return;
    const body = question(isNew ? { leaving: "1" } : { leaving: "1", still: "1" });
    navigator.sendBeacon?.(dataset.keep, body);
  });
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    keepHere(true);
    if (navigator.onLine === false) {
      event.preventDefault();
      delete form.dataset.sent;
      said(dataset.hereWords);
      return;
    }
    isSending = true;
    stop();
  });
  addEventListener("pageshow", () => {
    isSending = false;
  });
  addEventListener("beforeunload", (event) => {
    const now = read();
    if (!isSending && now !== opened && now !== kept && now !== local) event.preventDefault();
  });

  /* --- back again ------------------------------------------------------------------------------- */

  function records() {
    const found = [];
    for (const name of store ? Object.keys(store) : []) {
      if (!name.startsWith(prefix) || name === key) continue;
      try {
        found.push([name, JSON.parse(store.getItem(name))]);
      } catch {
        store.removeItem(name);
      }
    }
    return found.sort((one, other) => other[1].at - one[1].at);
  }

  function bringBack() {
    const isAnswer = Boolean(document.querySelector(".errors")); // the server gave the text back: it is the newest
    for (const [name, record] of records()) {
      const isHere = fields().every((field) => record.values?.[field.name] === undefined || wanted(field, record.values[field.name]) === holds(field));
      if (isHere || record.isKept || isAnswer) {
        store.removeItem(name); // here already, or kept on the server, which has shown or listed it
        continue;
      }
      const before = new Map(fields().map((field) => [field, holds(field)]));
      const base = elements.base?.value;
      for (const field of fields()) {
        const value = record.values[field.name];
        if (value === undefined || wanted(field, value) === holds(field)) continue;
        if (field === area) put(value);
        else give(field, wanted(field, value));
      }
      // written against an older text: saving must merge with it, not overwrite what came since
      if (elements.base && record.base) elements.base.value = record.base;
      offerBack(record, before, base);
      keepHere();
      store.removeItem(name);
      ask();
      return;
    }
  }

  function offerBack(record, before, base) {
    const line = document.createElement("p");
    line.className = "meta unsaved";
    const undo = document.createElement("button");
    undo.type = "button";
    undo.className = "linkish";
    undo.textContent = dataset.undoWords;
    undo.addEventListener("click", () => {
      for (const field of fields()) {
        if (field === area) put(before.get(field));
        else give(field, before.get(field) ?? holds(field));
      }
      if (elements.base && base !== undefined) elements.base.value = base;
      line.remove();
      area.focus();
    });
    line.append(`${filled(dataset.restoredWords, { time: hour(record.at) })} `, undo);
    state.before(line);
    said(filled(dataset.restoredWords, { time: hour(record.at) }));
  }

  bringBack();
  ask();
}
