// Marked words show which others came with the same change, and lead to whoever asked for them.
// Everything is there without this: links behind the words and beside the paragraphs, and the list below the text.

const text = document.querySelector("[data-origins]");
const entries = new Map([...document.querySelectorAll("[data-origin]")].map((entry) => [entry.dataset.origin, entry]));

const refOf = (node) => node?.closest?.("mark.o")?.dataset.comments;

function show(ref) {
  for (const mark of document.querySelectorAll("mark.o.on, [data-origin].on")) mark.classList.remove("on");
  if (!ref) return;
  for (const mark of text.querySelectorAll(`mark.o[data-comments~="${CSS.escape(ref)}"]`)) mark.classList.add("on");
  entries.get(ref)?.classList.add("on");
}

if (text) {
  text.classList.add("is-live");
  text.addEventListener("pointerover", (event) => show(refOf(event.target)));
  text.addEventListener("pointerleave", () => show(""));
  text.addEventListener("click", (event) => {
    const href = entries.get(refOf(event.target))?.dataset.href;
    if (href && !event.target.closest("a") && getSelection().isCollapsed) location.assign(href);
  });
}
