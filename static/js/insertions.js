// The dialog from which a reference to another part, or a defined term, is put into the text. What can be put in and how
// it is written comes from the server.

import { replace } from "./writing.js";

const MOST_SHOWN = 60;
const plain = (words) => words.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/ł/g, "l");

export async function openInsertions(area, dialog, address) {
  const range = [area.selectionStart, area.selectionEnd];
  const filter = dialog.querySelector("[data-filter]");
  const list = dialog.querySelector("[data-choices]");
  const status = dialog.querySelector("[data-found]");
  let choices = [];

  const put = (choice) => {
    dialog.onclose = null;
    dialog.close();
    replace(area, ...range, choice.insert);
  };
  const draw = () => {
    const asked = plain(filter.value.trim()).split(/\s+/);
    const found = choices.filter((choice) => asked.every((word) => plain(`${choice.label ?? ""} ${choice.name}`).includes(word)));
    list.replaceChildren(
      ...found.slice(0, MOST_SHOWN).map((choice) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "choice-line";
        button.textContent = [choice.label, choice.name].filter(Boolean).join(" ");
        button.addEventListener("click", () => put(choice));
        return button;
      }),
    );
    status.textContent = found.length ? String(found.length) : dialog.dataset.noneWords;
  };
  filter.oninput = draw;
  filter.onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== "ArrowDown") return;
    event.preventDefault();
    const first = list.querySelector("button");
    if (event.key === "Enter") first?.click();
    else first?.focus();
  };
  list.onkeydown = (event) => {
    const to = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (!to) return;
    event.preventDefault();
    (document.activeElement[to] ?? filter).focus();
  };
  dialog.onclose = () => replace(area, range[0], range[0], "", ...range);
  filter.value = "";
  dialog.showModal();
  filter.focus();
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const { sections = [], terms = [] } = await answer.json();
    choices = [...sections, ...terms];
    draw();
  } catch {
    list.textContent = dialog.dataset.failedWords;
    status.textContent = dialog.dataset.failedWords;
  }
}
