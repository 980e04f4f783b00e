// The editor of a part: a toolbar for Markdown, a preview from the server, a local draft, a warning before leaving.
// Everything works on the plain text area; without this script the page still saves and shows previews.

const form = document.querySelector("form[data-editor]");
const area = form.elements.source;
const sheet = form.querySelector("[data-sheet]");
const status = form.querySelector("[data-status]");

/* --- writing ------------------------------------------------------------------------------------ */

// Replacing through execCommand keeps the browser's own undo; setRangeText is for browsers without it.
function replace(start, end, text, selectFrom, selectTo) {
  area.focus();
  area.setSelectionRange(start, end);
  if (!document.execCommand?.("insertText", false, text)) {
    area.setRangeText(text, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  area.setSelectionRange(selectFrom, selectTo);
}

function wrap(sign) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const inner = value.slice(start, end);
  const outside = value.slice(start - sign.length, start) === sign && value.slice(end, end + sign.length) === sign;
  if (outside) {
    replace(start - sign.length, end + sign.length, inner, start - sign.length, end - sign.length);
  } else {
    replace(start, end, sign + inner + sign, start + sign.length, end + sign.length);
  }
}

function onLines(change) {
  const { selectionStart, selectionEnd, value } = area;
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const found = value.indexOf("\n", selectionEnd);
  const end = found < 0 ? value.length : found;
  const text = value.slice(start, end).split("\n").map(change).join("\n");
  replace(start, end, text, start, start + text.length);
}

function insertBlock(text) {
  const at = area.selectionEnd;
  const before = area.value.slice(0, at);
  const gap = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const rest = area.value.slice(at).startsWith("\n") ? "" : "\n";
  replace(at, at, gap + text + rest, at + gap.length, at + gap.length + text.length);
}

const toggled = (line, sign, pattern) => (pattern.test(line) ? line.replace(pattern, "") : sign + line);

const acts = {
  bold: () => wrap("**"),
  italic: () => wrap("*"),
  heading: () => onLines((line) => (line.startsWith("######") ? line.replace(/^#+ */, "") : `#${line.startsWith("#") ? "" : " "}${line}`)),
  list: () => onLines((line) => toggled(line, "- ", /^- /)),
  numbers: () => onLines((line, at) => toggled(line, `${at + 1}. `, /^\d+\. /)),
  link: (sample) => {
    const { selectionStart: start, selectionEnd: end, value } = area;
    const words = value.slice(start, end) || sample;
    const text = `[${words}](https://)`;
    replace(start, end, text, start + words.length + 3, start + text.length - 1);
  },
  table: (sample) => insertBlock(`| ${sample} 1 | ${sample} 2 |\n|---|---|\n|  |  |\n`),
  footnote: (sample) => {
    const used = new Set([...area.value.matchAll(/\[\^(\d+)\]/g)].map((match) => Number(match[1])));
    let number = 1;
    while (used.has(number)) number += 1;
    const at = area.selectionEnd;
    const mark = `[^${number}]`;
    const body = area.value.slice(at).replace(/\n*$/, "");
    const note = `${body}\n\n${mark}: ${sample}\n`;
    const start = at + mark.length + body.length + 2 + mark.length + 2;
    replace(at, area.value.length, mark + note, start, start + sample.length);
  },
};

const toolbar = form.querySelector("[role=toolbar]");
const buttons = [...toolbar.querySelectorAll("button")];
toolbar.hidden = false;
buttons.forEach((button, at) => {
  button.tabIndex = at ? -1 : 0; // one stop for Tab; arrows go along the bar
  button.addEventListener("click", () => acts[button.dataset.act](button.dataset.sample ?? ""));
});
toolbar.addEventListener("keydown", (event) => {
  const at = buttons.indexOf(document.activeElement);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  const next = buttons[(to + buttons.length) % buttons.length];
  for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
  next.focus();
});
area.addEventListener("keydown", (event) => {
  const act = (event.ctrlKey || event.metaKey) && !event.altKey && { b: "bold", i: "italic" }[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  acts[act]("");
});

/* --- preview -------------------------------------------------------------------------------------- */

let asked = 0;
async function preview() {
  asked += 1;
  const mine = asked;
  sheet.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.dataset.preview, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Requested-With": "fetch", Accept: "text/html" },
    });
    if (!answer.ok) throw new Error(String(answer.status));
    const html = await answer.text();
    if (mine !== asked) return; // a newer one is on its way
    sheet.replaceChildren(new DOMParser().parseFromString(html, "text/html").body.firstElementChild ?? "");
    status.textContent = "";
  } catch {
    if (mine === asked) status.textContent = form.dataset.failedWords;
  } finally {
    if (mine === asked) sheet.setAttribute("aria-busy", "false");
  }
}

let waiting = 0;
area.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(preview, 600);
});
if (!sheet.querySelector(".words") && area.value.trim()) preview();
form.querySelector("button[formaction]")?.addEventListener("click", (event) => {
  event.preventDefault();
  preview();
});

/* --- nothing typed is lost ------------------------------------------------------------------------- */

const key = `consult.draft.${form.dataset.draft}`;
const saved = area.defaultValue;
const readDraft = () => {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
};
const dropDraft = () => {
  try {
    localStorage.removeItem(key);
  } catch {
    // storage is switched off
  }
};

const keepDraft = (sent) => {
  try {
    if (area.value === saved) dropDraft();
    else localStorage.setItem(key, JSON.stringify({ text: area.value, base: form.elements.base?.value ?? "", sent }));
  } catch {
    // no room left: the text is still in the page
  }
};

let storing = 0;
let isSending = false;
form.addEventListener("submit", () => {
  isSending = true;
  clearTimeout(storing);
  keepDraft(true);
});
addEventListener("beforeunload", (event) => {
  if (!isSending && area.value !== saved) event.preventDefault();
});

area.addEventListener("input", () => {
  clearTimeout(storing);
  storing = setTimeout(() => keepDraft(false), 400);
});

const draft = readDraft();
if (draft && (draft.text === saved || document.querySelector(".errors"))) {
  dropDraft();
} else if (draft) {
  const offer = document.createElement("p");
  offer.className = "notice unsaved";
  offer.setAttribute("role", "status");
  const put = document.createElement("button");
  const discard = document.createElement("button");
  for (const [button, words] of [[put, form.dataset.restoreWords], [discard, form.dataset.discardWords]]) {
    button.type = "button";
    button.className = "button small";
    button.textContent = words;
  }
  put.addEventListener("click", () => {
    replace(0, area.value.length, draft.text, 0, 0);
    // written against an older text: saving must merge with it, not overwrite what came since
    if (form.elements.base && draft.base) form.elements.base.value = draft.base;
    offer.remove();
  });
  discard.addEventListener("click", () => {
    dropDraft();
    offer.remove();
    area.focus();
  });
  offer.append(form.dataset.restoredWords, put, discard);
  form.prepend(offer);
}
