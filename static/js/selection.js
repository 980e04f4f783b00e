// Words selected in the text, by mouse, touch or keyboard, get a button that leads to the composer, one that leads to
// another wording for them, those that tell where they come from and when they appeared, and one that copies a link to
// them. They stand right after the block the selection ends in; the next Tab goes to them before any link of the text.
// A selection across several parts points at the words in each of them.

import { spanOf } from "./plain.js";

const LONGEST_ASKED = 400;
const MOST_FURTHER = 19;
const PASSAGE = "slowa-fragment"; // where the page a link leads to marks them

const text = document.querySelector("[data-composer], [data-origins]");

let buttons = null;

function clear() {
  buttons?.remove();
  buttons = null;
}

function link(base, query, words, kind) {
  const address = new URL(base, location.href);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  const made = document.createElement("a");
  made.className = `button ${kind} small grab`;
  made.href = address;
  made.textContent = words;
  return made;
}

function passageOf(section, span) {
  const address = new URL(text.dataset.passage, location.href);
  address.searchParams.set("s", section.dataset.section);
  const isShort = span.exact.length <= LONGEST_ASKED && !span.exact.includes("\n");
  if (text.dataset.lasts === "no" && isShort) address.searchParams.set("words", span.exact);
  else {
    address.searchParams.set("from", span.start);
    address.searchParams.set("to", span.end);
  }
  address.hash = PASSAGE;
  return address.href;
}

// A link as well, for those whose browser keeps pages from the clipboard: it leads to the words themselves.
function copying(section, span) {
  const made = link(text.dataset.passage, {}, text.dataset.copyWords, "quiet");
  made.href = passageOf(section, span);
  made.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(made.href);
    } catch {
      location.href = made.href;
      return;
    }
    const said = document.createElement("span");
    said.className = "copied";
    said.setAttribute("role", "status");
    made.after(said);
    setTimeout(() => {
      said.textContent = text.dataset.copiedWords;
    }, 50);
  }, { once: true });
  return made;
}

// The first part a selection holds words of: it may begin beside the text, or at the very end of the part before.
function firstOf(range) {
  for (const section of text.querySelectorAll("[data-section]")) {
    const span = range.intersectsNode(section) && spanOf(section, range);
    if (span) return { section, span };
  }
  return {};
}

// The parts a selection reaches into besides its first, each with its words.
function further(first, range) {
  const found = [];
  for (const section of text.querySelectorAll("[data-section]")) {
    if (section === first || !range.intersectsNode(section) || found.length >= MOST_FURTHER) continue;
    const span = spanOf(section, range);
    if (span) found.push(`${section.dataset.section}.${section.dataset.text}.${span.start}.${span.end}`);
  }
  return found;
}

function toComposer(place, span, more, words, kind, query = {}) {
  const quoted = span.exact.length < LONGEST_ASKED ? { quote: span.exact } : {};
  const made = link(text.dataset.composer, { ...place, start: span.start, end: span.end, ...quoted, ...query }, words, kind);
  const address = new URL(made.href);
  for (const one of more) address.searchParams.append("more", one);
  made.href = address;
  return made;
}

function offer() {
  const selection = getSelection();
  if (buttons && buttons.contains(document.activeElement)) return;
  clear();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const { section, span } = firstOf(range);
  if (!section) return;

  buttons = document.createElement("span");
  buttons.className = "grabs";
  buttons.dataset.generated = "";
  buttons.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection
  const place = { section: section.dataset.section };
  if (text.dataset.composer) {
    const at = { ...place, text_id: section.dataset.text };
    const more = further(section, range);
    buttons.append(toComposer(at, span, more, text.dataset.commentWords, "primary"));
    if (!more.length && text.dataset.proposeWords) {
      buttons.append(toComposer(at, span, [], text.dataset.proposeWords, "quiet propose", { propose: 1 }));
    }
  }
  if (text.dataset.origins) {
    const words = { ...place, text: section.dataset.text, from: span.start, to: span.end };
    buttons.append(link(text.dataset.origins, words, text.dataset.originsWords, "quiet"));
  }
  const asked = span.exact.replace(/\s+/g, " ");
  if (text.dataset.since && asked.length <= LONGEST_ASKED) {
    buttons.append(link(text.dataset.since, { q: asked }, text.dataset.sinceWords, "quiet"));
  }
  if (text.dataset.passage) buttons.append(copying(section, span));

  let block = section.contains(range.endContainer) ? range.endContainer : section.lastElementChild;
  while (block && block.parentNode !== section) block = block.parentNode;
  section.insertBefore(buttons, block?.nextSibling ?? null);

  const lines = range.getClientRects();
  const last = section.contains(range.endContainer) && lines.length ? lines[lines.length - 1] : block.getBoundingClientRect();
  const frame = section.getBoundingClientRect();
  const left = Math.min(Math.max(0, last.right - frame.left - buttons.offsetWidth), frame.width - buttons.offsetWidth);
  buttons.style.setProperty("top", `${last.bottom - frame.top + 8}px`);
  buttons.style.setProperty("left", `${Math.max(0, left)}px`);
}

if (text) {
  let waiting = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(offer, 250);
  });
  document.addEventListener("keydown", (event) => {
    if (!buttons) return;
    if (event.key === "Escape") {
      getSelection().removeAllRanges();
      clear();
    } else if (event.key === "Tab" && !event.shiftKey && !buttons.contains(document.activeElement)) {
      event.preventDefault();
      buttons.querySelector("a").focus();
    }
  });
}
