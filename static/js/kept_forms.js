// Forms beside the editor: replies, notes, opinions, reasons. What is typed into a form marked data-unsaved is kept as the
// editor's text is (unsaved.js); here it gets the fields for that, and what was left in it is brought back.

import { attachUnsaved } from "./unsaved.js";

const SENT = "consult.window.";
const BEGUN = /^(seen|base)/; // hidden fields that say what the writing began from
const asks = document.querySelector("script[data-unsaved-forms]").dataset.unsavedForms;
const isAnswer = Boolean(document.querySelector(".errors"));
const isDone = Boolean(document.querySelector(".flash.done"));
const title = (document.querySelector("h1")?.textContent ?? document.title).trim().replace(/\s+/g, " ");
const filled = (words, values) => (words ?? "").replace(/\{(\w+)\}/g, (_, name) => values[name]);

const typed = (form) => [...form.elements].filter((field) =>
  field.name && !field.name.startsWith("kept_") &&
  (field.matches("textarea, select, input[type=text], input[type=url], input[type=date], input[type=time], input[type=radio], input:not([type])") ||
    (field.type === "hidden" && BEGUN.test(field.name))));

// What a field holds: of a choice, whether it is the one chosen.
const holds = (field) => (field.type === "radio" ? field.checked : field.value);
const wanted = (field, value) => (field.type === "radio" ? field.value === value : value);
function give(field, value) {
  if (field.type === "radio") field.checked = value;
  else field.value = value;
}

function newWindow() {
  const signs = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...signs)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

// A short sign of what stood in the form: what is brought back says when that is no longer so.
function signOf(form) {
  let sign = 0;
  for (const letter of typed(form).filter((field) => holds(field) !== false).map((field) => `${field.name}=${field.value}`).join("\n")) {
    sign = (Math.imul(sign, 31) + letter.codePointAt(0)) | 0;
  }
  return String(sign);
}

function hide(form, name, value) {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = name;
  field.value = value;
  form.append(field);
  return field;
}

function prepare(form) {
  const path = new URL(form.getAttribute("action") || location.href, location.href).pathname;
  const name = form.dataset.unsaved;
  form.dataset.keptAt = path;
  form.dataset.keep = asks;
  form.dataset.kind = "form";
  form.dataset.section = "";
  form.dataset.key = `form/${name ? `${path}#${name}` : path}`;
  let sent = null;
  try {
    sent = JSON.parse(sessionStorage.getItem(SENT + form.dataset.key));
    sessionStorage.removeItem(SENT + form.dataset.key);
    if (sent && isDone) localStorage.removeItem(`consult.draft.${form.dataset.key}#${sent.window}`);
  } catch {
    // storage is switched off
  }
  const again = isAnswer && sent; // the answer to what was sent from here: the same writing goes on
  hide(form, "kept_window", again ? sent.window : newWindow());
  hide(form, "kept_taken", again ? sent.taken : "");
  hide(form, "kept_name", name);
  hide(form, "kept_page", location.pathname + location.search);
  hide(form, "kept_title", form.dataset.unsavedTitle ?? title);
  hide(form, "from_sign", signOf(form));
  form.addEventListener("submit", () => {
    try {
      const { kept_window: window, kept_taken: taken } = form.elements;
      sessionStorage.setItem(SENT + form.dataset.key, JSON.stringify({ window: window.value, taken: taken.value }));
    } catch {
      // storage is switched off: the answer begins a writing of its own
    }
  });
  const foot = document.createElement("div");
  foot.className = "kept-foot";
  for (const [part, role] of [["kept", ""], ["keeping", "status"]]) {
    const line = document.createElement("p");
    line.className = "meta";
    line.dataset[part] = "";
    if (role) line.setAttribute("role", role);
    foot.append(line);
  }
  (form.querySelector(".go") ?? form.lastElementChild).before(foot);
  return { form, address: name ? `${path}#${name}` : path, began: signOf(form), done: isDone ? sent?.window : "" };
}

function discard(form, left) {
  const body = new URLSearchParams({ csrf_token: form.elements.csrf_token?.value ?? "" });
  fetch(left.discard, { method: "POST", body, redirect: "manual" }).catch(() => {});
}

function bringBack({ form, began, done }, left, words) {
  if (done && left.window === done) { // kept on its way while the form itself was sent, and that is done
    discard(form, left);
    return;
  }
  if (isAnswer || signOf(form) !== began) return; // the server gave a newer text back, or somebody types already
  const before = typed(form).map((field) => [field, holds(field)]);
  const changed = before.filter(([field, value]) => left.values[field.name] !== undefined && wanted(field, left.values[field.name]) !== value);
  form.elements.kept_taken.value = left.taken;
  if (!changed.length) return;
  for (const [field] of changed) give(field, wanted(field, left.values[field.name]));
  const folds = [form.closest("details"), ...changed.map(([field]) => field.closest("details"))];
  for (const fold of folds) if (fold) fold.open = true;
  const line = document.createElement("p");
  line.className = "meta unsaved";
  line.setAttribute("role", "status");
  const undo = document.createElement("button");
  undo.type = "button";
  undo.className = "linkish";
  undo.textContent = words.undoWords;
  undo.addEventListener("click", () => {
    for (const [field, value] of before) give(field, value);
    line.remove();
    form.elements.kept_taken.value = "";
    discard(form, left);
    form.querySelector("textarea")?.focus();
  });
  const since = left.values.from_sign && left.values.from_sign !== began ? `${words.behindWords} ` : "";
  line.append(`${filled(words.foundWords, { time: left.kept })} ${since}`, undo);
  form.querySelector(".kept-foot").before(line);
}

const forms = [...document.querySelectorAll("form[data-unsaved]")].map(prepare);
if (forms.length) {
  const address = new URL(asks, location.href);
  for (const one of forms) address.searchParams.append("at", one.address);
  let told = { forms: [], words: {} };
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" }, redirect: "manual" });
    if (answer.ok) told = await answer.json();
  } catch {
    // no connection yet: what is typed is kept in this browser
  }
  for (const one of forms) {
    const left = told.forms.find((each) => each.address === one.address);
    if (left) bringBack(one, left, told.words);
    Object.assign(one.form.dataset, told.words);
    const area = one.form.querySelector("textarea");
    attachUnsaved(one.form, area, { put: (text) => { area.value = text; } });
  }
}
