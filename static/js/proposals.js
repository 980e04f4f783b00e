// While a wording is typed, what it would change is shown under it. Without this script a button shows the same.

import { attachUnsaved } from "./unsaved.js";

const WORDS = /\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu;
const MOST = 4_000_000;
const PAUSE = 250;
const NEIGHBOURHOOD = 160;

const tokens = (text) => text.match(WORDS) ?? [];

// The longest common subsequence of two lists of words, after what is equal at both ends was set aside.
function runs(before, after) {
  const old = tokens(before);
  const now = tokens(after);
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const a = old.slice(head, old.length - tail);
  const b = now.slice(head, now.length - tail);
  const found = [["same", old.slice(0, head)], ...middle(a, b), ["same", old.slice(old.length - tail)]];
  return found.filter(([, words]) => words.length);
}

function middle(a, b) {
  if (a.length * b.length > MOST) return [["del", a], ["ins", b]];
  const width = b.length + 1;
  const table = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      table[i * width + j] = a[i] === b[j]
        ? table[(i + 1) * width + j + 1] + 1
        : Math.max(table[(i + 1) * width + j], table[i * width + j + 1]);
    }
  }
  const found = [];
  const put = (kind, word) => {
    if (found.length && found.at(-1)[0] === kind) found.at(-1)[1].push(word);
    else found.push([kind, [word]]);
  };
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) { put("same", a[i]); i += 1; j += 1; }
    else if (table[(i + 1) * width + j] >= table[i * width + j + 1]) { put("del", a[i]); i += 1; }
    else { put("ins", b[j]); j += 1; }
  }
  while (i < a.length) { put("del", a[i]); i += 1; }
  while (j < b.length) { put("ins", b[j]); j += 1; }
  return found;
}

function spoken(words) {
  const aside = document.createElement("span");
  aside.className = "vh";
  aside.textContent = words;
  return aside;
}

// A long run that stays is cut to what stands beside a change, as the server does it.
function shortened(words, isFirst, isLast) {
  const text = words.join("");
  if (text.length <= 2 * NEIGHBOURHOOD) return text;
  const start = text.slice(0, NEIGHBOURHOOD).replace(/\S*$/, "");
  const end = text.slice(-NEIGHBOURHOOD).replace(/^\S*/, "");
  return `${isFirst ? "" : start} […] ${isLast ? "" : end}`;
}

function draw(box, before, after) {
  const target = box.querySelector("[data-redline]");
  const { added, removed } = target.dataset;
  const found = runs(before, after);
  target.replaceChildren(...found.map(([kind, words], at) => {
    if (kind === "same") return document.createTextNode(shortened(words, at === 0, at === found.length - 1));
    const mark = document.createElement(kind);
    mark.append(spoken(` [${kind === "ins" ? added : removed}: `), words.join(""), spoken("] "));
    return mark;
  }));
  box.hidden = before === after;
}

const form = document.querySelector("form[data-editor]");
const area = form.querySelector("textarea[data-source]");
const before = form.querySelector("[data-before]");
const box = form.querySelector("[data-shown]:not(form)");
if (area && before && box) {
  let waiting = 0;
  const show = () => draw(box, before.textContent, area.value);
  area.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, PAUSE);
  });
}
// without a part in the editor there are still reasons to be kept
if (!area && form.querySelector("[data-keeping]")) attachUnsaved(form, null, { put: () => {} });
