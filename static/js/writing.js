// Changing the words of a text area so that the browser's own undo takes every change back.

// Replacing through execCommand keeps the browser's undo; setRangeText is for browsers without it.
export function replace(area, start, end, text, from = start + text.length, to = from) {
  area.focus();
  area.setSelectionRange(start, end);
  const done = text === "" ? start === end || document.execCommand?.("delete") : document.execCommand?.("insertText", false, text);
  if (!done || area.value.slice(start, start + text.length) !== text) {
    area.setRangeText(text, start, done ? start : end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  area.setSelectionRange(from, to);
}

export function wrap(area, sign) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const inner = value.slice(start, end);
  const isWrapped = (from, to) =>
    value.slice(from - sign.length, from) === sign && value.slice(to, to + sign.length) === sign &&
    // the one sign of italics is no half of the two of bold
    (sign.length > 1 || value.slice(from - 2, from) !== sign + sign || value.slice(from - 3, from) === sign.repeat(3));
  if (isWrapped(start, end)) {
    replace(area, start - sign.length, end + sign.length, inner, start - sign.length, end - sign.length);
  } else {
    const [, left, words, right] = /^(\s*)([^]*?)(\s*)$/.exec(inner); // marks stand close to the words
    const from = start + left.length + sign.length;
    replace(area, start, end, left + sign + words + sign + right, from, from + words.length);
  }
}

function linesOf(area) {
  const { selectionStart, selectionEnd, value } = area;
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const found = value.indexOf("\n", selectionEnd);
  return [start, found < 0 ? value.length : found];
}

export function onLines(area, change) {
  const [start, end] = linesOf(area);
  const text = change(area.value.slice(start, end).split("\n")).join("\n");
  const isOneLine = !text.includes("\n");
  const at = isOneLine ? Math.max(start, area.selectionEnd + text.length - (end - start)) : start;
  replace(area, start, end, text, at, isOneLine ? at : start + text.length);
}

export function insertBlock(area, text, selectFrom = 0, selectTo = text.length) {
  const at = area.selectionEnd;
  const before = area.value.slice(0, at);
  const gap = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const after = area.value.slice(at);
  const rest = after === "" ? "\n" : after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n";
  replace(area, at, at, gap + text + rest, at + gap.length + selectFrom, at + gap.length + selectTo);
}
