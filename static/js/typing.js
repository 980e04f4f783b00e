// Quotation marks and dashes put right while somebody types, by the rules of Polish setting. The same rules stand in
// consult/domain/text/typography.py, and one table of cases holds both to them.
//
// What was typed goes in first and is put right as a step of its own, so that one undo brings the typed sign back.

import { replace } from "./writing.js";

const MARKS = { pl: ["„", "”", "«", "»"], en: ["“", "”", "‘", "’"] };
const LOOK_BACK = 1000;

const OPENS = /[\s([{<„«“‘–—\-/|]$/;
const BLOCK_MARKS = /^(?:[\s>#|*+-]|\d+[.)])*$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;
const LIST_ENTRY = /^\s*(?:[-*+]|\d+[.)]|\[\^[^\]]+\]:)\s/;
const DEFINITION = /^ {0,3}\[[^\]^][^\]]*\]:/;
const ADDRESS = /(?:^|\s)\S*(?::\/\/|www\.|mailto:)\S*$/;
const TAGS = /(?:<[A-Za-z/!?][^<>]*>)+$/;
const TAG = /<[A-Za-z/!?][^>]*$/;
const DESTINATION = /\]\([^)]*$/;

// The fence of code that is open after a line, "" for none.
function fenceAfter(fence, line) {
  const found = FENCE.exec(line);
  if (!found) return fence;
  if (!fence) return found[1];
  return found[1].startsWith(fence) && !found[2].trim() ? "" : fence;
}

function isIndentedCode(lines, line) {
  if (!/^(?: {4}|\t)/.test(line) || LIST_ENTRY.test(line)) return false;
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    if (lines[at].trim() && !/^(?: {4}|\t)/.test(lines[at])) return !LIST_ENTRY.test(lines[at]);
  }
  return true;
}

function isInCode(line) {
  let open = "";
  for (const [run] of line.matchAll(/`+/g)) {
    if (!open) open = run;
    else if (run === open) open = "";
  }
  return open !== "";
}

const isWordsLine = (line) =>
  !FENCE.test(line) && !DEFINITION.test(line) && !isInCode(line) && !TAG.test(line) && !DESTINATION.test(line) && !ADDRESS.test(line);

// How many quotations of each kind are open at the end of a line.
function openMarks(line, [open, close, inner, innerClose]) {
  const stack = [];
  for (const sign of line) {
    if (sign === open || sign === inner) stack.push(sign);
    else if (sign === close && stack.includes(open)) stack.length = stack.lastIndexOf(open);
    else if (sign === innerClose && stack.at(-1) === inner) stack.pop();
  }
  return stack;
}

function quotation(line, marks) {
  if (line.endsWith("\\")) return null;
  const bare = line.replace(TAGS, "").replace(/[*_~]+$/, "");
  const isOpening = bare === "" || OPENS.test(bare) || (bare === line && BLOCK_MARKS.test(line));
  const stack = openMarks(line, marks);
  if (isOpening) return stack.includes(marks[0]) ? marks[2] : marks[0];
  if (stack.length === 0) return /\d$/.test(bare) ? null : marks[1];
  return stack.at(-1) === marks[2] ? marks[3] : marks[1];
}

function dash(line) {
  const found = /^(.*\S) (-{1,3})$/.exec(line);
  if (!found || found[1].endsWith("|") || BLOCK_MARKS.test(found[1])) return null;
  return [found[2].length, `${found[2].length === 3 ? "—" : "–"} `];
}

function lineRight(above, whole, typed, language) {
  const line = whole.slice(-LOOK_BACK);
  const found = typed === '"' ? quotation(line, MARKS[language] ?? MARKS.pl) : dash(line);
  if (!found || !isWordsLine(line) || isIndentedCode(above, line)) return null;
  return typed === '"' ? [0, found] : found;
}

/**
 * What a sign typed after `before` becomes: [how many signs before it go, what stands instead of them and it], or null
 * where it stays as it was typed.
 */
export function putRight(before, typed, language = "pl") {
  if (typed !== '"' && typed !== " ") return null;
  const above = before.split("\n");
  const line = above.pop();
  return above.reduce(fenceAfter, "") ? null : lineRight(above, line, typed, language);
}

/** A whole text as it would stand if it had been typed sign by sign. */
export function typeset(text, language = "pl") {
  const done = [];
  let fence = "";
  for (const line of text.split("\n")) {
    let right = fence ? line : "";
    if (!fence) {
      for (const sign of line) {
        const found = sign === '"' || (sign === " " && right.endsWith("-")) ? lineRight(done, right, sign, language) : null;
        right = found ? right.slice(0, right.length - found[0]) + found[1] : right + sign;
      }
    }
    fence = fenceAfter(fence, line);
    done.push(right);
  }
  return done.join("\n");
}

export function attachTyping(area, language, isOn) {
  area.addEventListener("input", (event) => {
    if (event.inputType !== "insertText" || event.isComposing || !event.data || !isOn()) return;
    const at = area.selectionStart;
    if (at !== area.selectionEnd || area.value[at - 1] !== event.data) return;
    const found = putRight(area.value.slice(0, at - 1), event.data, language);
    if (!found) return;
    const [drop, words] = found;
    replace(area, at - 1 - drop, at, words);
  });
}
