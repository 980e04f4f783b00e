// Small courtesies of every page: errors get the focus, deadlines say how long is left. Nothing depends on them.

const summary = document.querySelector("[data-focus]");
if (summary) summary.focus();

// The remaining time is written here and not by the server, so that a page can be cached.
const DAY = 86_400_000;
const { lang, dataset } = document.documentElement;
const amount = (number, unit) => new Intl.NumberFormat(lang, { style: "unit", unit, unitDisplay: "long" }).format(number);

for (const time of document.querySelectorAll("time[data-remaining]")) {
  const left = new Date(time.dateTime) - Date.now();
  if (!(left > 0)) continue;
  const much = left > 2 * DAY
    ? amount(Math.floor(left / DAY), "day")
    : amount(Math.max(1, Math.floor(left / 3_600_000)), "hour");
  const rest = document.createElement("span");
  rest.className = "left";
  rest.textContent = dataset.left.replace("{time}", much);
  time.after(" ", rest);
}

// Where tabs are wider than the screen, the one that is open is in sight.
for (const tab of document.querySelectorAll("nav [aria-current]")) {
  const row = tab.closest("ul");
  if (row && row.scrollWidth > row.clientWidth) row.scrollLeft = tab.offsetLeft - row.offsetLeft - row.clientWidth / 3;
}

// On a narrow screen what narrows a list waits behind its name, so that the list itself comes first.
for (const fold of document.querySelectorAll("details[data-fold]:not([data-stays])")) {
  const wide = matchMedia(`(min-width: ${fold.dataset.fold || "40rem"})`);
  const settle = () => { fold.open = wide.matches; };
  wide.addEventListener("change", settle);
  settle();
}

// What is wider than the page can be scrolled by keyboard too, in a preview that comes later as well.
const letScroll = () => {
  for (const wide of document.querySelectorAll(".words table, .words pre")) {
    if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0;
  }
};
letScroll();
const sheet = document.querySelector("[data-sheet]");
if (sheet) new MutationObserver(letScroll).observe(sheet, { childList: true });

// Once the server says that a thing is done, the local copy of what was sent for it has served its time.
if (document.querySelector(".flash.done")) {
  try {
    for (const key of Object.keys(localStorage)) {
      if (/^consult\.(kept|draft)\./.test(key) && JSON.parse(localStorage.getItem(key))?.sent) localStorage.removeItem(key);
    }
  } catch {
    // storage is switched off, or holds what we did not write
  }
}

// A form is sent once, however often its button is pressed.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
