// What is pasted from a word processor or a page keeps its headings, lists, tables, emphasis, links and footnotes, as
// Markdown. The clipboard's HTML is parsed into a document of its own, in which nothing runs and nothing is fetched, and
// only words and Markdown come out of it.

import { replace } from "./writing.js";

const STRUCTURE = "h1,h2,h3,h4,h5,h6,ul,ol,table,b,strong,i,em,a[href],blockquote,[style*='mso-list'],[style*='font-weight'],[style*='font-style']";
const SKIPPED = new Set(["SCRIPT", "STYLE", "TITLE", "META", "LINK", "HEAD", "OBJECT", "IFRAME", "SVG", "TEMPLATE", "NOSCRIPT", "O:P", "XML"]);
const BLOCKS = new Set(["P", "DIV", "SECTION", "ARTICLE", "MAIN", "H1", "H2", "H3", "H4", "H5", "H6", "UL", "OL", "LI", "TABLE", "BLOCKQUOTE", "PRE", "HR", "DL", "DT", "DD", "FIGURE", "BODY", "HEADER", "FOOTER", "CENTER", "FORM"]);

const styleOf = (element) => element.getAttribute?.("style") ?? "";
const listOf = (element) => /mso-list:\s*l(\d+)\s+level(\d+)/i.exec(styleOf(element));
const isIgnored = (element) => /mso-list:\s*ignore/i.test(styleOf(element)) || /mso-element:\s*(?:comment|header|footer)/i.test(styleOf(element)) || /display:\s*none/i.test(styleOf(element));

// Signs that would begin something in Markdown stand for themselves.
const escaped = (words) => words.replace(/[\\`*[\]<]/g, "\\$&").replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_");
const escapedStart = (line) => line.replace(/^(\s*)(#{1,6}(?=\s)|[-+](?=\s)|>|~~~)/, "$1\\$2");

function safeAddress(element) {
  const address = (element.getAttribute("href") ?? "").trim();
  return /^(?:https?:\/\/|mailto:)[^\s<>()]+$/i.test(address) ? address : "";
}

function marked(words, sign) {
  const [, left, inner, right] = /^(\s*)([^]*?)(\s*)$/.exec(words);
  return inner ? `${left}${sign}${inner}${sign}${right}` : words;
}

function emphasis(element) {
  const style = styleOf(element);
  const weight = /font-weight:\s*(\w+)/i.exec(style)?.[1];
  const slant = /font-style:\s*(\w+)/i.exec(style)?.[1];
  const isBold = weight ? /^(?:bold|bolder|[6-9]00)$/i.test(weight) : ["B", "STRONG"].includes(element.tagName);
  const isItalic = slant ? /^(?:italic|oblique)$/i.test(slant) : ["I", "EM"].includes(element.tagName);
  return (isBold ? "**" : "") + (isItalic ? "*" : "");
}

const noteNumber = (address, back) => (back ? /^(?:.*)#_(?:ftn|edn)ref(\d+)$/i : /^(?:.*)#_(?:ftn|edn)(\d+)$/i).exec(address ?? "")?.[1];

function inline(node, outer = "") {
  if (node.nodeType === Node.TEXT_NODE) return escaped(node.data.replace(/[\s\u00ad]+/g, (space) => (space.includes("\u00a0") && !/[ \n\t]/.test(space) ? "\u00a0" : space.replace(/\u00ad/g, "") && " ")));
  if (node.nodeType !== Node.ELEMENT_NODE || SKIPPED.has(node.tagName.toUpperCase()) || isIgnored(node)) return "";
  if (node.tagName === "BR") return "\\\n";
  const link = node.tagName === "A" ? node.getAttribute("href") : null;
  if (link && noteNumber(link, true)) return "";
  if (link && noteNumber(link)) return `[^${noteNumber(link)}]`;
  const sign = [...emphasis(node).matchAll(/\*\*|\*/g)].map(([one]) => one).filter((one) => !outer.includes(`|${one}|`));
  const words = [...node.childNodes].map((child) => inline(child, `${outer}${sign.map((one) => `|${one}|`).join("")}`)).join("");
  const address = link ? safeAddress(node) : "";
  const linked = address && words.trim() ? `[${words.trim()}](${address})` : words;
  return sign.reduce(marked, linked);
}

// Runs of one emphasis side by side, as word processors cut them, become one.
const tidy = (words) =>
  words.replace(/(?<!\*)\*\*(\s*)\*\*(?!\*)/g, "$1").replace(/[ \t]+/g, " ").replace(/ ?\\\n ?/g, "\\\n").replace(/^(?:\\\n|\s)+|(?:\\\n|\s)+$/g, "");

const wordsOf = (node) => tidy([...node.childNodes].map((child) => inline(child)).join(""));
const plainOf = (node) => wordsOf(node).replace(/^(\*{1,3})(.+)\1$/, "$2").replace(/\\\n/g, " ");

function headingLevel(element) {
  const own = /^H([1-6])$/.exec(element.tagName)?.[1];
  const styled = /mso-outline-level:\s*([1-6])/i.exec(styleOf(element))?.[1];
  const named = /(?:heading|nagwek|nagłówek)\s*-?([1-6])/i.exec(element.className ?? "")?.[1];
  return Number(own ?? styled ?? named ?? (/^MsoTitle$/i.test(element.className ?? "") ? 1 : 0));
}

function tableOf(element) {
  const rows = [...element.querySelectorAll("tr")].filter((row) => row.closest("table") === element);
  const cells = rows.map((row) =>
    [...row.children].filter((cell) => /^T[DH]$/.test(cell.tagName)).flatMap((cell) => {
      const words = blocksOf(cell).map((block) => block.text).join(" ").replace(/\\?\n/g, " ").replace(/\|/g, "\\|").trim();
      return [words, ...Array(Math.max(0, Math.min(40, Number(cell.getAttribute("colspan")) || 1) - 1)).fill("")];
    }),
  );
  const width = Math.max(0, ...cells.map((row) => row.length));
  if (!width) return "";
  const line = (row) => `| ${[...row, ...Array(width - row.length).fill("")].join(" | ")} |`;
  return [line(cells[0]), `|${" --- |".repeat(width)}`, ...cells.slice(1).map(line)].join("\n");
}

function listBlocks(element, depth) {
  const isOrdered = element.tagName === "OL";
  let number = Number(element.getAttribute("start")) || 1;
  return [...element.children].flatMap((child) => {
    if (child.tagName === "UL" || child.tagName === "OL") return listBlocks(child, depth + 1); // lists put straight into lists
    if (child.tagName !== "LI") return [];
    const inside = blocksOf(child, depth + 1);
    const first = inside[0]?.entry ? "" : inside.shift()?.text ?? "";
    const sign = isOrdered ? `${number}.` : "-";
    number += 1;
    return [{ entry: true, depth, sign, text: first }, ...inside.map((block) => (block.entry ? block : { ...block, within: depth + 1 }))];
  });
}

function wordList(element, [, , level]) {
  const marker = [...element.querySelectorAll("[style]")].find((one) => /mso-list:\s*ignore/i.test(styleOf(one)))?.textContent.trim() ?? "";
  const number = /^\(?(\d+)[.)]/.exec(marker)?.[1] ?? (/^\(?[a-zżźćńółęąś]{1,3}[.)]/i.test(marker) ? "1" : "");
  return { entry: true, depth: Number(level) - 1, sign: number ? `${number}.` : "-", text: wordsOf(element) };
}

function blocksOf(element, depth = 0) {
  const found = [];
  let run = [];
  const close = () => {
    const text = tidy(run.map((node) => inline(node)).join(""));
    if (text) found.push({ text: escapedStart(text) });
    run = [];
  };
  for (const child of element.childNodes) {
    const isBlock = child.nodeType === Node.ELEMENT_NODE && (BLOCKS.has(child.tagName) || [...child.children].some((one) => BLOCKS.has(one.tagName)));
    if (!isBlock) {
      run.push(child);
      continue;
    }
    close();
    if (SKIPPED.has(child.tagName.toUpperCase()) || isIgnored(child)) continue;
    found.push(...blockOf(child, depth));
  }
  close();
  return found;
}

function blockOf(child, depth) {
  const note = /^(?:ftn|edn)(\d+)$/i.exec(child.id ?? "");
  if (note) return [{ note: true, text: `[^${note[1]}]: ${blocksOf(child).map((block) => block.text).join("\n\n    ")}` }];
  if (/mso-element:\s*(?:footnote|endnote)-list/i.test(styleOf(child))) return blocksOf(child);
  const level = headingLevel(child);
  if (level) return plainOf(child) ? [{ text: `${"#".repeat(level)} ${plainOf(child)}` }] : [];
  const listed = listOf(child);
  if (listed) return [wordList(child, listed)];
  switch (child.tagName) {
    case "UL":
    case "OL":
      return listBlocks(child, depth);
    case "TABLE": {
      const text = tableOf(child);
      return text ? [{ text }] : [];
    }
    case "BLOCKQUOTE":
      return [{ text: joined(blocksOf(child)).replace(/^/gm, "> ").replace(/^> $/gm, ">") }];
    case "PRE":
      return child.textContent.trim() ? [{ text: `\`\`\`\n${child.textContent.replace(/```/g, "``").replace(/\n$/, "")}\n\`\`\`` }] : [];
    case "HR":
      return [];
    default:
      return blocksOf(child, depth);
  }
}

const INDENT = 4;

function joined(blocks) {
  let text = "";
  let before = null;
  for (const block of [...blocks.filter((one) => !one.note), ...blocks.filter((one) => one.note)]) {
    const indent = " ".repeat(INDENT * (block.entry ? block.depth : block.within ?? 0));
    const sign = block.entry ? `${block.sign} ` : "";
    const lines = `${sign}${block.text}`.split("\n").map((line, at) => (line && (at || !sign) && sign ? indent + " ".repeat(INDENT) + line : line && indent + line));
    const gap = before === null ? "" : before.entry && block.entry ? "\n" : "\n\n";
    text += gap + lines.join("\n");
    before = block;
  }
  return text;
}

/** The Markdown of a piece of HTML; "" where there is nothing in it that plain words would not say as well. */
export function toMarkdown(html) {
  const body = new DOMParser().parseFromString(html.replace(/<!--\[if[^]*?<!\[endif\]-->/g, ""), "text/html").body;
  if (!body.querySelector(STRUCTURE)) return "";
  return joined(blocksOf(body));
}

export function attachPasting(area, said) {
  area.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html") ?? "";
    if (!html || html.length > 5_000_000) return;
    const text = toMarkdown(html);
    if (!text || text === event.clipboardData.getData("text/plain").trim()) return;
    event.preventDefault();
    const { selectionStart: start, selectionEnd: end, value } = area;
    const isBlock = text.includes("\n") || /^#{1,6} |^(?:-|\d+\.) |^\|/.test(text);
    const before = value.slice(0, start);
    const gap = !isBlock || before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    const rest = !isBlock || value.slice(end).startsWith("\n") || value.slice(end) === "" ? "" : "\n\n";
    replace(area, start, end, gap + text + rest);
    said();
  });
}
