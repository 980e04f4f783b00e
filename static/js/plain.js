// The plain text of a rendered section, read off the page by the walk that consult/domain/text/plain.py defines,
// and where each of its characters stands. The two must agree letter by letter.
//
// White space and element boundaries write nothing when met; they raise a pending separator, and the strongest one
// pending is written before the next letter. Elements marked data-generated are skipped with all they hold.
// Offsets count code points, as on the server, and not the UTF-16 units of JavaScript strings.

const SPACE = 1, BREAK = 2, BLOCK = 3, CELL = 4, ROW = 5;
const WRITTEN = ["", " ", "\n", "\n", "\t", "\n"];
const named = (names) => new Set(names.toUpperCase().split(" "));
const BLOCKS = named("p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre hr figure figcaption caption");
const ROWS = named("tr table thead tbody tfoot");
const CELLS = named("td th");
const WHITE = " \t\n\f\r"; // a no-break space is a letter

class Walk {
  characters = [];
  places = []; // {node, offset} of each character, offset in UTF-16 units; separators stand where the next letter does
  pending = BLOCK;
  pre = null; // inside `pre`: {held, hasLetters}

  letter(character, place) {
    if (this.pending && this.characters.length) this.push(WRITTEN[this.pending], place);
    this.pending = 0;
    this.push(character, place);
  }

  push(character, place) {
    this.characters.push(character);
    this.places.push(place);
  }

  text(node) {
    let offset = 0;
    for (const character of node.data) {
      const place = { node, offset };
      offset += character.length;
      if (this.pre) this.verbatim(character, place);
      else if (WHITE.includes(character)) this.pending = Math.max(this.pending, SPACE);
      else this.letter(character, place);
    }
  }

  verbatim(character, place) {
    if (WHITE.includes(character)) {
      this.pre.held.push({ character, place });
      return;
    }
    if (!this.pre.hasLetters) {
      while (this.pre.held.length && "\n\r".includes(this.pre.held[0].character)) this.pre.held.shift();
      this.pre.hasLetters = true;
    }
    for (const space of this.pre.held.splice(0)) this.letter(space.character, space.place);
    this.letter(character, place);
  }

  node(node) {
    if (node.nodeType === Node.TEXT_NODE) this.text(node);
    if (node.nodeType !== Node.ELEMENT_NODE || node.hasAttribute("data-generated")) return;
    const name = node.nodeName;
    const separator = BLOCKS.has(name) ? BLOCK : ROWS.has(name) ? ROW : 0;
    this.pending = Math.max(this.pending, name === "BR" ? BREAK : separator);
    const outside = this.pre;
    if (name === "PRE") this.pre = { held: [], hasLetters: false };
    for (const child of node.childNodes) this.node(child);
    if (name === "PRE") this.pre = outside;
    this.pending = Math.max(this.pending, CELLS.has(name) ? CELL : separator);
  }
}

/** Read the section `root`: its plain `text`, its `characters` (code points) and their `places`. */
export function read(root) {
  const walk = new Walk();
  for (const child of root.childNodes) walk.node(child);
  return { text: walk.characters.join(""), characters: walk.characters, places: walk.places };
}

/** How many characters of `reading` stand before the boundary point (node, offset) of a DOM range. */
export function indexOf(reading, node, offset) {
  const point = document.createRange();
  point.setStart(node, offset);
  let low = 0;
  let high = reading.places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const place = reading.places[middle];
    if (point.comparePoint(place.node, place.offset) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The span of code points that a range covers in the section `root`, without white space at its ends; null if none. */
export function spanOf(root, range) {
  const reading = read(root);
  const { characters } = reading;
  let start = root.contains(range.startContainer) ? indexOf(reading, range.startContainer, range.startOffset) : 0;
  let end = root.contains(range.endContainer)
    ? indexOf(reading, range.endContainer, range.endOffset)
    : characters.length;
  while (start < end && WHITE.includes(characters[start])) start += 1;
  while (end > start && WHITE.includes(characters[end - 1])) end -= 1;
  if (start >= end) return null;
  const cut = (from, to) => characters.slice(Math.max(0, from), to).join("");
  return { start, end, exact: cut(start, end), prefix: cut(start - 32, start), suffix: cut(end, end + 32) };
}
