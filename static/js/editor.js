// The editor of Markdown: toolbar and keyboard, preview, what is unsaved. It works on a plain text area; without this
// script the page still saves and shows previews. A module adds a button of its own with `register`.

import { acts } from "./acts.js";
import { openDefinition } from "./defining.js";
import { openInsertions } from "./insertions.js";
import { attachPasting } from "./pasting.js";
import { attachPictures } from "./pictures.js";
import { attachPreview } from "./preview.js";
import { openTable } from "./tables.js";
import { attachTyping, typeset } from "./typing.js";
import { attachUnsaved } from "./unsaved.js";
import { replace } from "./writing.js";

const form = document.querySelector("form[data-editor]");
const area = form.elements.source;
const toolbar = form.querySelector("[role=toolbar]");
const dialogOf = (name) => document.querySelector(`[data-dialog="${name}"]`);
const known = {
  ...acts,
  table: () => openTable(area, dialogOf("table")),
  picture: attachPictures(form, area, dialogOf("picture")),
  insert: () => openInsertions(area, dialogOf("insert"), form.dataset.insertions),
  define: () => openDefinition(area, dialogOf("define"), form.dataset.insertions, form.dataset.section),
  quotes: () => {
    const { selectionStart, selectionEnd, value } = area;
    const [start, end] = selectionStart === selectionEnd ? [0, value.length] : [selectionStart, selectionEnd];
    const text = typeset(value.slice(start, end), form.dataset.textLanguage);
    if (text !== value.slice(start, end)) replace(area, start, end, text, start, start + text.length);
    area.focus();
  },
};

/** Let `act(area, sample)` be done by the buttons with data-act="name". */
export function register(name, act) {
  known[name] = act;
}

function perform(name, sample = "") {
  if (known[name]) known[name](area, sample);
  else form.dispatchEvent(new CustomEvent(`editor:${name}`, { detail: { area, replace, sample } }));
}

/* --- toolbar: one stop for Tab, arrows go along it --------------------------------------------- */

const buttons = [...toolbar.querySelectorAll("button")];
toolbar.hidden = false;
buttons.forEach((button, at) => {
  button.tabIndex = at ? -1 : 0;
  button.addEventListener("click", () => perform(button.dataset.act, button.dataset.sample));
});
const stopAt = (next) => {
  for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
  next.focus();
};
toolbar.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    area.focus();
    return;
  }
  const at = buttons.indexOf(document.activeElement);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  stopAt(buttons[(to + buttons.length) % buttons.length]);
});

/* --- keyboard: never with Alt, which writes Polish letters ------------------------------------- */

const KEYS = { KeyB: "bold", KeyI: "italic", KeyK: "link" };
const SHIFTED = {
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => [`Digit${level}`, `heading-${level}`])),
  Digit7: "numbers",
  Digit8: "list",
  Digit9: "paragraphs",
  KeyK: "insert",
  KeyL: "define",
};
const isPlainControl = (event) => (event.ctrlKey || event.metaKey) && !event.altKey && !event.getModifierState("AltGraph");

area.addEventListener("keydown", (event) => {
  if (event.key === "F10" && event.altKey) {
    event.preventDefault();
    stopAt(buttons.find((button) => button.tabIndex === 0) ?? buttons[0]);
    return;
  }
  const act = isPlainControl(event) && (event.shiftKey ? SHIFTED : KEYS)[event.code];
  if (!act) return;
  event.preventDefault();
  perform(act, toolbar.querySelector(`[data-act="${act}"]`)?.dataset.sample);
});
form.addEventListener("keydown", (event) => {
  if (event.code !== "KeyS" || !isPlainControl(event) || event.shiftKey) return;
  event.preventDefault();
  if (form.dataset.kind === "propose") {
    form.dispatchEvent(new Event("input")); // kept, and not sent before its author says so
    return;
  }
  form.requestSubmit(form.querySelector("button.primary[type=submit]"));
});

/* --- a list goes on with Enter, and ends with a second one -------------------------------------- */

area.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || isPlainControl(event) || event.altKey) return;
  const at = area.selectionStart;
  if (at !== area.selectionEnd) return;
  const start = area.value.lastIndexOf("\n", at - 1) + 1;
  const found = /^(\s*)([-*+]|(\d+)([.)]))( +)(.*)$/.exec(area.value.slice(start, at));
  if (!found) return;
  event.preventDefault();
  const [, space, sign, number, dot, gap, words] = found;
  if (words.trim()) replace(area, at, at, `\n${space}${number ? `${Number(number) + 1}${dot}` : sign}${gap}`);
  else replace(area, start, at, "");
});

/* --- typing, pasting, counting ------------------------------------------------------------------ */

const SWITCH = "consult.typing";
const typing = form.querySelector("[data-typing]");
try {
  typing.checked = localStorage.getItem(SWITCH) !== "off";
} catch {
  // storage is switched off: it begins switched on
}
typing.addEventListener("change", () => {
  try {
    localStorage.setItem(SWITCH, typing.checked ? "on" : "off");
  } catch {
    // it holds for this page
  }
});
attachTyping(area, form.dataset.textLanguage, () => typing.checked);

const status = form.querySelector("[data-status]");
attachPasting(area, () => {
  status.textContent = form.dataset.pastedWords;
});

const count = form.querySelector("[data-count]");
const amount = (number) => number.toLocaleString(document.documentElement.lang);
const counted = () => {
  const words = area.value.match(/[\p{L}\p{N}]+(?:[-’'.][\p{L}\p{N}]+)*/gu)?.length ?? 0;
  count.textContent = form.dataset.countWords.replace("{words}", amount(words)).replace("{signs}", amount([...area.value].length));
};
let counting = 0;
area.addEventListener("input", () => {
  clearTimeout(counting);
  counting = setTimeout(counted, 200);
});
form.querySelector("[data-desk-foot]").hidden = false;
counted();

attachPreview(form, area);
attachUnsaved(form, area, { put: (text) => replace(area, 0, area.value.length, text, 0) });
