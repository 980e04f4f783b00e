// Words selected in the text go into the form that puts a comment on them, with their exact place.

import { spanOf } from "./plain.js";

const text = document.querySelector("[data-placing]");
const form = document.getElementById("decide");

if (text && form) {
  const told = form.querySelector("[data-told]");
  let typed = null;

  const take = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer)) return;
    const span = spanOf(text, range);
    if (!span || span.exact === typed) return;
    typed = span.exact;
    form.elements.quote.value = span.exact;
    form.elements.from_text.value = text.dataset.text;
    form.elements.section.value = text.dataset.section;
    form.elements.start.value = span.start;
    form.elements.end.value = span.end;
    told.textContent = `${told.dataset.words} ${span.exact}`;
  };

  let waiting = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(take, 300);
  });

  // words typed over are found anew
  form.elements.quote.addEventListener("input", () => {
    typed = null;
    for (const name of ["from_text", "start", "end"]) form.elements[name].value = "";
    told.textContent = "";
  });
}
