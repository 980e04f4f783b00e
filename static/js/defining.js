// The dialog in which words are defined. A definition is a line of its own, as the glossary reads it: the term, a dash and
// the formula of drafting, or in a list of words the dash alone. Which sections are such lists comes from the server.

import { replace } from "./writing.js";

const SIGNS = /^[^\n–—:;.]{2,80}$/;
const MARKS = /[*_`„”“"»«]+/g;
const BULLET = /^(\s*[-*+] +)/;
const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

/** Where a line of its own goes after a place of a text: [place, what stands before it, what after it, its bullet]. */
export function lineAfter(text, at) {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  const found = text.indexOf("\n", at);
  const end = found < 0 ? text.length : found;
  const bullet = BULLET.exec(text.slice(start, end))?.[1];
  if (bullet) return [end, "\n", "", bullet];
  // the end of the paragraph: the next empty line
  const gap = /\n[ \t]*(?=\n|$)/.exec(text.slice(at));
  const place = gap ? at + gap.index : text.length;
  const before = text.slice(0, place).trimEnd();
  return [before.length, before ? "\n\n" : "", text.slice(before.length).trim() ? "" : "\n", ""];
}

export function definition(term, meaning, formula) {
  const words = meaning.replace(/\s+/g, " ").trim();
  return formula && !words.toLowerCase().startsWith(formula) ? `${term} – ${formula} ${words}` : `${term} – ${words}`;
}

export async function openDefinition(area, dialog, address, section) {
  const range = [area.selectionStart, area.selectionEnd];
  const term = dialog.querySelector("[data-term]");
  const meaning = dialog.querySelector("[data-meaning]");
  const known = dialog.querySelector("[data-known]");
  let defined = [];
  let { formula } = dialog.dataset;

  const look = () => {
    const words = term.value.trim();
    term.setCustomValidity(!words || SIGNS.test(words) ? "" : dialog.dataset.signsWords);
    const same = defined.find((one) => one.name.toLowerCase() === words.toLowerCase());
    const told = same ? filled(dialog.dataset.knownWords, { term: same.name, place: same.place, meaning: same.meaning }) : "";
    if (known.textContent !== told) known.textContent = told;
  };
  dialog.onclose = () => {
    if (dialog.returnValue !== "done") {
      replace(area, range[0], range[0], "", ...range);
      return;
    }
    const [place, before, after, bullet] = lineAfter(area.value, range[1]);
    const line = definition(term.value.trim(), meaning.value, formula);
    const from = place + before.length;
    replace(area, place, place, before + bullet + line + after, from, from + bullet.length + line.length);
  };
  term.oninput = look;
  term.value = area.value.slice(...range).replace(MARKS, "").replace(/\s+/g, " ").trim().slice(0, 80);
  meaning.value = known.textContent = dialog.returnValue = "";
  dialog.showModal();
  (term.value ? meaning : term).focus();
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const told = await answer.json();
    defined = told.terms;
    if (told.word_lists.includes(section)) formula = "";
    look();
  } catch {
    known.textContent = dialog.dataset.failedWords;
  }
}
