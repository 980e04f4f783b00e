// Words of a letter selected with the mouse, by touch or in the readonly field, and made a comment by the same button
// that makes one of ticked paragraphs. Offsets are code points of the letter, as everywhere.

const letter = document.querySelector("[data-letter]");
const buttons = [...document.querySelectorAll("[data-make]")];
const mark = document.querySelector("[data-mark]");

if (letter && buttons.length && mark) {
  const form = mark.form;
  const whole = document.querySelector("#letter-whole");
  const says = document.querySelector("[data-letter-says]");
  const byKeys = document.querySelector("[data-by-keys]");
  const points = (text) => [...text].length;
  says.hidden = false;
  byKeys.hidden = false;

  // Where in the letter an end of the selection lies; null outside of it.
  const offset = (node, at) => {
    const place = document.createRange();
    place.setStart(letter, 0);
    place.setEnd(node, at);
    let found = null;
    for (const piece of letter.querySelectorAll("[data-start]")) {
      const begins = document.createRange();
      begins.selectNodeContents(piece);
      if (place.compareBoundaryPoints(Range.START_TO_END, begins) <= 0) break; // the piece begins after this end
      const inside = document.createRange();
      inside.selectNodeContents(piece);
      if (place.compareBoundaryPoints(Range.END_TO_END, begins) < 0) inside.setEnd(node, at);
      found = Number(piece.dataset.start) + points(inside.toString());
    }
    return found;
  };

  let lastWasField = false;
  let held = null;
  const selected = () => {
    if (document.activeElement === whole || lastWasField) {
      const { selectionStart: start, selectionEnd: end, value } = whole;
      if (end > start) return [points(value.slice(0, start)), points(value.slice(0, end))];
    }
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!letter.contains(range.startContainer) || !letter.contains(range.endContainer)) return null;
    const first = [...letter.querySelectorAll("[data-start]")].find((piece) => range.intersectsNode(piece));
    if (!first) return null;
    const start = offset(range.startContainer, range.startOffset) ?? Number(first.dataset.start);
    const end = offset(range.endContainer, range.endOffset);
    return end !== null && end > start ? [start, end] : null;
  };

  // A press on the button takes the focus, and in some browsers the selection, so it is read before.
  whole.addEventListener("focus", () => { lastWasField = true; });
  letter.addEventListener("pointerdown", () => { lastWasField = false; });
  document.addEventListener("selectionchange", () => { held = selected() ?? held; });
  letter.addEventListener("change", () => { held = null; });

  // A field that is readonly takes no caret in some browsers: this one takes it and refuses to be changed.
  whole.addEventListener("beforeinput", (event) => event.preventDefault());

  const makeOfSelected = (event) => {
    const found = selected() ?? held;
    if (!found || letter.querySelector("input:checked")) return;
    event.preventDefault();
    form.elements.mark_start.value = String(found[0]);
    form.elements.mark_end.value = String(found[1]);
    mark.hidden = false;
    form.requestSubmit(mark);
  };
  for (const button of buttons) button.addEventListener("click", makeOfSelected);
}
