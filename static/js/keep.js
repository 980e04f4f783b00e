// What somebody has typed and not sent stays in this browser: through a reload, a closed tab, a restart of the server.
// A form says data-keep="key". The copy is dropped by the page after sending, which says data-sent-key="key" or shows
// a message that the thing is done (page.js).

const PREFIX = "consult.kept.";
const store = (() => {
  try {
    localStorage.setItem(`${PREFIX}probe`, "1");
    localStorage.removeItem(`${PREFIX}probe`);
    return localStorage;
  } catch {
    return null; // storage is switched off: the form still works
  }
})();

const isKept = (field) => field.matches("textarea, input[type=text], input[type=radio], input:not([type])") && !field.closest(".honey");
const valueOf = (field) => (field.type === "radio" ? field.checked : field.value);

function snapshot(form) {
  const values = {};
  for (const field of form.elements) {
    if (!field.name || !isKept(field)) continue;
    values[field.type === "radio" ? `${field.name}=${field.value}` : field.name] = valueOf(field);
  }
  return values;
}

const hasText = (form) => [...form.querySelectorAll("textarea")].some((area) => area.value.trim() !== area.defaultValue.trim());

function restore(form, values) {
  let changed = false;
  for (const field of form.elements) {
    if (!field.name || !isKept(field)) continue;
    const value = values[field.type === "radio" ? `${field.name}=${field.value}` : field.name];
    if (value === undefined || value === valueOf(field)) continue;
    if (field.type === "radio") field.checked = value;
    else field.value = value;
    changed = true;
    const folded = field.closest("details");
    if (folded && field.value) folded.open = true;
  }
  return changed;
}

function say(form, words, discard) {
  const line = document.createElement("p");
  line.className = "meta kept";
  line.setAttribute("role", "status");
  form.querySelector(".go")?.before(line);
  line.textContent = `${words} `;
  if (discard) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "linkish";
    button.textContent = form.dataset.discardWords;
    button.addEventListener("click", discard);
    line.append(button);
  }
  return line;
}

function keep(form) {
  const key = PREFIX + form.dataset.keep;
  const original = snapshot(form);
  const isAnswer = Boolean(document.querySelector(".errors")); // the server gave the text back: it is the newest
  let line = null;

  const discard = () => {
    store.removeItem(key);
    restore(form, original);
    line?.remove();
    line = null;
    form.querySelector("textarea")?.focus();
  };

  try {
    const kept = JSON.parse(store.getItem(key) ?? "null");
    if (kept && !isAnswer && restore(form, kept.values ?? {})) line = say(form, form.dataset.restoredWords, discard);
  } catch {
    store.removeItem(key);
  }

  const write = (sent) => {
    try {
      if (hasText(form)) store.setItem(key, JSON.stringify({ values: snapshot(form), sent }));
      else store.removeItem(key);
    } catch {
      // no room left: nothing to do, the text is still in the form
    }
  };
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      write(false);
      if (hasText(form)) line ??= say(form, form.dataset.keptWords, discard);
    }, 400);
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    write(true);
  });
}

if (store) {
  for (const sent of document.querySelectorAll("[data-sent-key]")) store.removeItem(PREFIX + sent.dataset.sentKey);
  for (const form of document.querySelectorAll("form[data-keep]")) keep(form);
}
