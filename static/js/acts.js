// What the buttons of the editor's toolbar do to the Markdown in its text area.

import { insertBlock, onLines, replace, wrap } from "./writing.js";

const BULLET = /^(\s*)[-*+] +/;
const NUMBER = /^(\s*)\d+[.)] +/;

const heading = (level) => (area) =>
  onLines(area, (lines) => {
    const sign = `${"#".repeat(level)} `;
    return lines.map((line) => (line.startsWith(sign) ? line.slice(sign.length) : sign + line.replace(/^#+ +/, "")));
  });

const toggled = (pattern, sign) => (area) =>
  onLines(area, (lines) => {
    const filled = lines.filter((line) => line.trim());
    const isList = filled.length > 0 && filled.every((line) => pattern.test(line));
    let number = 0;
    return lines.map((line) => {
      if (!line.trim() && lines.length > 1) return line;
      const bare = line.replace(BULLET, "$1").replace(NUMBER, "$1");
      if (isList) return bare;
      number += 1;
      const [, space, words] = /^(\s*)(.*)$/.exec(bare);
      return space + sign(number) + words;
    });
  });

// Numbered paragraphs (ustępy) stand apart by a blank line; they go on from the number above.
function paragraphs(area) {
  onLines(area, (lines) => {
    const blocks = lines.join("\n").split(/\n\s*\n|\n(?=\S)/);
    const isNumbered = blocks.every((block) => NUMBER.test(block));
    if (isNumbered) return blocks.map((block) => block.replace(NUMBER, "").replace(/\n {3}/g, "\n")).join("\n\n").split("\n");
    const above = area.value.slice(0, area.value.lastIndexOf("\n", area.selectionStart - 1) + 1).trimEnd().split("\n").pop();
    let number = Number(/^(\d+)[.)] /.exec(above)?.[1] ?? 0);
    const numbered = blocks.map((block) => {
      number += 1;
      return `${number}. ${block.replace(NUMBER, "").replace(BULLET, "").replace(/\n/g, "\n   ")}`;
    });
    return numbered.join("\n\n").split("\n");
  });
}

function link(area, sample) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const words = value.slice(start, end);
  if (/^(https?:\/\/|mailto:)\S+$/.test(words)) {
    replace(area, start, end, `[${sample}](${words})`, start + 1, start + 1 + sample.length);
    return;
  }
  const shown = words || sample;
  const text = `[${shown}](https://)`;
  replace(area, start, end, text, start + shown.length + 3, start + text.length - 1);
}

function footnote(area, sample) {
  const used = new Set([...area.value.matchAll(/\[\^(\d+)\]/g)].map((match) => Number(match[1])));
  let number = 1;
  while (used.has(number)) number += 1;
  const at = area.selectionEnd;
  const mark = `[^${number}]`;
  const body = area.value.slice(at).replace(/\n*$/, "");
  const note = `${body}\n\n${mark}: ${sample}\n`;
  const start = at + mark.length + body.length + 2 + mark.length + 2;
  replace(area, at, area.value.length, mark + note, start, start + sample.length);
}

export const acts = {
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => [`heading-${level}`, heading(level)])),
  bold: (area) => wrap(area, "**"),
  italic: (area) => wrap(area, "*"),
  list: toggled(BULLET, () => "- "),
  numbers: toggled(NUMBER, (number) => `${number}. `),
  paragraphs,
  link,
  footnote,
};

export { insertBlock };
