// After an act the page that comes says what was done. A message that is there from the beginning is not read out, so it
// is put in anew; and whoever pressed a button finds the focus on it again, or on the message where the button is gone.

const KEY = "consult.pressed";
const said = document.querySelector(".flashes");

const keyOf = (form) => {
  // a token is another on every page, and what is wanted turns round once it is done
  const fields = [...new FormData(form)].filter(([name]) => !name.endsWith("token") && name !== "wanted");
  return `${new URL(form.action, location.href).pathname}?${fields.map((pair) => pair.join("=")).sort().join("&")}`;
};
const buttonsOnly = (form) => !form.querySelector("input:not([type=hidden]), textarea, select");

addEventListener("submit", (event) => {
  if (event.target.method === "post" && buttonsOnly(event.target)) sessionStorage.setItem(KEY, keyOf(event.target));
});

if (said?.children.length) {
  const pressed = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  const form = [...document.querySelectorAll("main form[method=post]")].find((one) => buttonsOnly(one) && keyOf(one) === pressed);
  setTimeout(() => said.append(...said.children), 150);
  const back = form?.querySelector("button");
  const made = location.hash && document.querySelector(`article[tabindex="-1"]#${CSS.escape(location.hash.slice(1))}`);
  if (back) {
    back.focus();
  } else if (made) {
    made.focus(); // what was just said stands there
  } else if (!document.querySelector("[data-focus]")) {
    said.tabIndex = -1;
    said.focus();
  }
}
