// The plain text of a rendered section, as the server derives it, and where each of its characters stands.
//
// Blocks are separated by one newline, cells of a row by a tab; a line break is a newline; other white space is
// collapsed as it is shown, preformatted text is kept; elements marked data-generated are no part of it.
// Offsets count code points, as on the server, and not the UTF-16 units of JavaScript strings.

const BLOCKS = new Set([
  "ADDRESS", "ARTICLE", "ASIDE", "BLOCKQUOTE", "CAPTION", "DD", "DETAILS", "DIV", "DL", "DT", "FIGCAPTION", "FIGURE",
  "FOOTER", "H1", "H2", "H3", "H4", "H5", "H6", "HEADER", "HR", "LI", "OL", "P", "PRE", "SECTION", "SUMMARY", "TABLE",
  "TBODY", "TFOOT", "THEAD", "TR", "UL",
]);
const CELLS = new Set(["TD", "TH"]);
const SPACE = /[ \t\n\r\f]/;

/** Walk `root`; the result's `text` is a string, `places` one {node, offset} for each of its code points. */
export function read(root) {
  const characters = [];
  const places = [];
  let gap = "";          // what has to come before the next character: "", " ", "\t" or newlines
  let gapPlace = null;

  const put = (character, node, offset) => {
    if (gap) {
      if (characters.length || gap.includes("\t")) {
        for (const separator of gap) {
          characters.push(separator);
          places.push(gapPlace ?? { node, offset });
        }
      }
      gap = "";
      gapPlace = null;
    }
    characters.push(character);
    places.push({ node, offset });
  };
  const breakBlock = () => {
    if (gap === "" || gap === " ") gap = characters.length ? "\n" : "";
    gapPlace = null;
  };

  const walkText = (node, verbatim) => {
    let offset = 0;
    for (const character of node.data) {
      if (!verbatim && SPACE.test(character)) {
        if (gap === "" && characters.length && characters.at(-1) !== "\n" && characters.at(-1) !== "\t") {
          gap = " ";
          gapPlace = { node, offset };
        }
      } else {
        put(character, node, offset);
      }
      offset += character.length;
    }
  };

  const walk = (node, verbatim) => {
    if (node.nodeType === Node.TEXT_NODE) return walkText(node, verbatim);
    if (node.nodeType !== Node.ELEMENT_NODE || node.hasAttribute("data-generated")) return undefined;
    const name = node.nodeName;
    if (name === "BR") {
      if (gap === " ") gap = "";
      put("\n", node, 0);
      return undefined;
    }
    const isCell = CELLS.has(name);
    const isBlock = BLOCKS.has(name);
    if (isCell && node.previousElementSibling && CELLS.has(node.previousElementSibling.nodeName)) {
      gap = `${gap.replaceAll(" ", "")}\t`;
      gapPlace = null;
    } else if (isBlock || isCell) {
      breakBlock();
    }
    for (const child of node.childNodes) walk(child, verbatim || name === "PRE");
    if (isBlock) breakBlock();
    else if (isCell && gap === " ") gap = "";
    return undefined;
  };

  for (const child of root.childNodes) walk(child, root.nodeName === "PRE");
  while (characters.at(-1) === "\n") {
    characters.pop();
    places.pop();
  }
  return { text: characters.join(""), characters, places };
}

/** How many of the characters of `reading` stand before the boundary point (node, offset) of a DOM range. */
export function indexOf(reading, node, offset) {
  const point = document.createRange();
  point.setStart(node, offset);
  let low = 0;
  let high = reading.places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const place = reading.places[middle];
    const before = place.node.nodeType === Node.TEXT_NODE
      ? point.comparePoint(place.node, place.offset) < 0
      : point.comparePoint(place.node.parentNode, [...place.node.parentNode.childNodes].indexOf(place.node)) < 0;
    if (before) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The span of code points a range covers in the section `root`, white space at its ends left out; null if none. */
export function spanOf(root, range) {
  const reading = read(root);
  let start = root.contains(range.startContainer) ? indexOf(reading, range.startContainer, range.startOffset) : 0;
  let end = root.contains(range.endContainer)
    ? indexOf(reading, range.endContainer, range.endOffset)
    : reading.characters.length;
  while (start < end && /\s/.test(reading.characters[start])) start += 1;
  while (end > start && /\s/.test(reading.characters[end - 1])) end -= 1;
  if (start >= end) return null;
  const cut = (from, to) => reading.characters.slice(Math.max(0, from), to).join("");
  return { start, end, exact: cut(start, end), prefix: cut(start - 32, start), suffix: cut(end, end + 32) };
}
