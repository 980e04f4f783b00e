// The workbench by keyboard: Ctrl + Enter saves and goes on, Alt with an arrow turns to the neighbouring comment,
// and the current entry of the queue is brought into sight.

const form = document.querySelector("form[data-case]");

if (form) {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("button[name=then][value=next]"));
  });

  addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.target.matches?.("textarea, input, select")) return;
    const way = { ArrowDown: "next", ArrowUp: "prev" }[event.key];
    const link = way && document.querySelector(`.case a[rel=${way}]`);
    if (link) {
      event.preventDefault();
      link.click();
    }
  });

  // Choosing from the list means choosing "otherwise"; typing a wording means taking it.
  form.elements.other_outcome?.addEventListener("change", () => {
    form.querySelector("input[name=outcome][value=other]").checked = true;
  });
  form.elements.wording?.addEventListener("input", () => {
    if (form.elements.take_wording) form.elements.take_wording.checked = true;
  });
}

const current = document.querySelector(".queue .on");
const queue = document.querySelector(".queue");
if (current && queue.scrollHeight > queue.clientHeight) {
  queue.scrollTop = current.offsetTop - queue.offsetTop - queue.clientHeight / 3;
}

// The first comments alike stand under the link to all of them, fetched once the page is at rest; without a script, or
// where they do not come, the link is enough.
const FEW = 3;
const alike = document.querySelector("a[data-alike]");

async function showAlike() {
  const list = document.getElementById(alike.dataset.alike);
  try {
    const answer = await fetch(alike.href, { headers: { Accept: "text/html" }, redirect: "manual" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const lines = [...page.querySelectorAll(".alike > li")].slice(0, FEW).map(lineOf);
    list.replaceChildren(...lines);
    list.hidden = lines.length === 0;
  } catch {
    list.hidden = true;
  }
}

// A line without the heading it has on its own page.
function lineOf(found) {
  const line = document.createElement("li");
  const title = document.createElement("p");
  title.className = "row-line";
  title.append(...found.querySelector(".row-title").childNodes);
  line.append(title, ...found.querySelectorAll(".snippet"));
  return line;
}

if (alike) (window.requestIdleCallback ?? setTimeout)(showAlike);
