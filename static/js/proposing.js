// Another wording is written in the text itself, under the words it is for, and shown as a change while it is typed. The
// form is the composer's own, fetched when it is asked for; where it cannot be had, the link leads to its page.

import { attachWording } from "./wording.js";

const PREFIX = "w-";
const text = document.querySelector("[data-composer]");
let open = null;

function close() {
  open?.remove();
  open = null;
}

// The page has fields of its own; what is put into it names its own anew.
function renamed(form) {
  for (const one of form.querySelectorAll("[id]")) one.id = PREFIX + one.id;
  for (const label of form.querySelectorAll("label[for]")) label.htmlFor = PREFIX + label.htmlFor;
  for (const one of form.querySelectorAll("[aria-describedby]")) {
    const ids = one.getAttribute("aria-describedby").trim().split(/\s+/);
    one.setAttribute("aria-describedby", ids.map((id) => PREFIX + id).join(" "));
  }
  return form;
}

async function composer(href) {
  const answer = await fetch(href, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("form[data-composer]");
}

function laidOut(form, href) {
  const box = document.createElement("div");
  box.className = "proposing";
  box.dataset.generated = "";
  const page = document.documentElement.lang;
  if (page) box.lang = page;
  form.action = href;
  form.removeAttribute("data-keep");
  // what is written first here is the wording; the rest of the form follows it
  const wording = form.querySelector("[data-wording]");
  wording.open = true;
  form.prepend(wording);
  const back = form.querySelector(".go a");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet";
  button.textContent = text.dataset.closeWords;
  button.addEventListener("click", close);
  back?.replaceWith(button);
  box.append(renamed(form));
  return box;
}

text?.addEventListener("click", async (event) => {
  const link = event.target.closest("a.propose");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const { href } = link;
  const buttons = link.closest(".grabs");
  let form = null;
  try {
    form = await composer(href);
  } catch {
    // below: the link leads there itself
  }
  if (!form?.querySelector("[data-wording]") || !buttons?.isConnected) {
    location.href = href;
    return;
  }
  close();
  open = laidOut(form, href);
  buttons.before(open);
  getSelection().removeAllRanges();
  attachWording(open.querySelector("[data-wording]"));
  open.querySelector("[data-proposed]").focus();
  open.scrollIntoView({ block: "nearest" });
});
