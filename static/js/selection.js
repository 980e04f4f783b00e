// Words selected in the text, by mouse, touch or keyboard, get a button that leads to the composer.
// The button stands right after the block the selection ends in; the next Tab goes to it before any link of the text.

import { spanOf } from "./plain.js";

const text = document.querySelector("[data-composer]");
const sectionOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest("[data-section]");

let button = null;

function clear() {
  button?.remove();
  button = null;
}

function offer() {
  const selection = getSelection();
  if (button && button.contains(document.activeElement)) return;
  clear();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const section = sectionOf(range.startContainer);
  if (!section || !text.contains(section)) return;
  const span = spanOf(section, range);
  if (!span) return;

  const address = new URL(text.dataset.composer, location.href);
  address.searchParams.set("section", section.dataset.section);
  address.searchParams.set("text_id", section.dataset.text);
  address.searchParams.set("start", span.start);
  address.searchParams.set("end", span.end);

  button = document.createElement("a");
  button.className = "button primary small grab";
  button.href = address;
  button.dataset.generated = "";
  button.textContent = text.dataset.commentWords;
  button.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection

  let block = section.contains(range.endContainer) ? range.endContainer : section.lastElementChild;
  while (block && block.parentNode !== section) block = block.parentNode;
  section.insertBefore(button, block?.nextSibling ?? null);

  const lines = range.getClientRects();
  const last = section.contains(range.endContainer) && lines.length ? lines[lines.length - 1] : block.getBoundingClientRect();
  const frame = section.getBoundingClientRect();
  const left = Math.min(Math.max(0, last.right - frame.left - button.offsetWidth), frame.width - button.offsetWidth);
  button.style.setProperty("top", `${last.bottom - frame.top + 8}px`);
  button.style.setProperty("left", `${Math.max(0, left)}px`);
}

if (text) {
  let waiting = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(offer, 250);
  });
  document.addEventListener("keydown", (event) => {
    if (!button) return;
    if (event.key === "Escape") {
      getSelection().removeAllRanges();
      clear();
    } else if (event.key === "Tab" && !event.shiftKey && document.activeElement !== button) {
      event.preventDefault();
      button.focus();
    }
  });
}
