// The dialog in which a table is made or changed: a field for every cell. Under it stays a plain Markdown table.

import { insertBlock, replace } from "./writing.js";

const cellsOf = (line) =>
  line.trim().replace(/^\|/, "").replace(/(?<!\\)\|$/, "").split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/\\\|/g, "|"));
const isDivider = (line) => /-/.test(line) && /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/.test(line);

/** The table round a place of a text: where it stands, its cells row by row, and how its columns are set; null for none. */
export function tableAt(text, at) {
  const lines = text.split("\n");
  let start = 0;
  let now = 0;
  while (now < lines.length - 1 && start + lines[now].length < at) {
    start += lines[now].length + 1;
    now += 1;
  }
  const isRow = (index) => index >= 0 && index < lines.length && lines[index].includes("|");
  if (!isRow(now)) return null;
  let first = now;
  let last = now;
  while (isRow(first - 1)) first -= 1;
  while (isRow(last + 1)) last += 1;
  if (first + 1 > last || !isDivider(lines[first + 1])) return null;
  const rows = [lines[first], ...lines.slice(first + 2, last + 1)].map(cellsOf);
  const width = rows[0].length;
  const from = lines.slice(0, first).reduce((sum, line) => sum + line.length + 1, 0);
  return {
    start: from,
    end: from + lines.slice(first, last + 1).join("\n").length,
    rows: rows.map((row) => Array.from({ length: width }, (_, column) => row[column] ?? "")),
    aligned: cellsOf(lines[first + 1]),
  };
}

/** A table as Markdown. */
export function printed(rows, aligned = []) {
  const line = (row) => `| ${row.map((cell) => cell.replace(/\s+/g, " ").trim().replace(/\|/g, "\\|")).join(" | ")} |`;
  const divider = rows[0].map((_, column) => (/-/.test(aligned[column] ?? "") ? aligned[column] : "---"));
  return [line(rows[0]), `| ${divider.join(" | ")} |`, ...rows.slice(1).map(line)].join("\n");
}

const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

export function openTable(area, dialog) {
  const found = tableAt(area.value, area.selectionStart);
  const range = [area.selectionStart, area.selectionEnd];
  let rows = found?.rows ?? [["", "", ""], ["", "", ""], ["", "", ""]];
  let aligned = found?.aligned ?? [];
  let at = [0, 0];
  const grid = dialog.querySelector("[data-grid]");

  const read = () => {
    for (const input of grid.querySelectorAll("input")) rows[input.dataset.row][input.dataset.column] = input.value;
  };
  const draw = () => {
    const table = document.createElement("table");
    rows.forEach((row, rowAt) => {
      const line = table.insertRow();
      row.forEach((cell, columnAt) => {
        const input = document.createElement("input");
        input.value = cell;
        Object.assign(input.dataset, { row: rowAt, column: columnAt });
        const words = rowAt ? dialog.dataset.cellWords : dialog.dataset.headWords;
        input.setAttribute("aria-label", filled(words, { row: rowAt, column: columnAt + 1 }));
        input.onfocus = () => {
          at = [rowAt, columnAt];
        };
        line.insertCell().append(input);
      });
    });
    grid.replaceChildren(table);
    const [row, column] = [Math.min(at[0], rows.length - 1), Math.min(at[1], rows[0].length - 1)];
    grid.querySelector(`[data-row="${row}"][data-column="${column}"]`)?.focus();
  };
  grid.onkeydown = (event) => {
    const by = { ArrowUp: -1, ArrowDown: 1, Enter: 1 }[event.key];
    if (!by || !event.target.dataset.row) return;
    event.preventDefault();
    grid.querySelector(`[data-row="${at[0] + by}"][data-column="${at[1]}"]`)?.focus();
  };
  const changes = {
    row: () => rows.splice(at[0] + 1, 0, rows[0].map(() => "")) && (at = [at[0] + 1, 0]),
    column: () => {
      for (const row of rows) row.splice(at[1] + 1, 0, "");
      aligned = rows[0].map((_, column) => (column <= at[1] ? aligned[column] : column === at[1] + 1 ? "---" : aligned[column - 1]));
      at = [at[0], at[1] + 1];
    },
    "drop-row": () => rows.length > 1 && rows.splice(at[0], 1),
    "drop-column": () => {
      if (rows[0].length < 2) return;
      for (const row of rows) row.splice(at[1], 1);
      aligned = aligned.filter((_, column) => column !== at[1]);
    },
  };
  for (const button of dialog.querySelectorAll("[data-grid-act]")) {
    button.onclick = () => {
      read();
      changes[button.dataset.gridAct]();
      draw();
    };
  }
  dialog.onclose = () => {
    read();
    if (dialog.returnValue !== "done") area.focus();
    else if (found) replace(area, found.start, found.end, printed(rows, aligned));
    else {
      area.setSelectionRange(...range);
      const text = printed(rows, aligned);
      insertBlock(area, text, text.length, text.length);
    }
  };
  dialog.returnValue = "";
  dialog.showModal();
  draw();
}
