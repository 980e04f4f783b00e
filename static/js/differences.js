// Walking from change to change: two buttons, and the keys n and p while nothing is being typed. The keys can be turned
// off, since people who speak to their machine press letters without wanting to. Without this script the buttons lead
// to the first change.

const walk = document.querySelector("[data-walk]");
const OFF = "consult.walk-keys";

const isOff = () => { try { return localStorage.getItem(OFF) === "off"; } catch { return false; } };
const remember = (off) => { try { off ? localStorage.setItem(OFF, "off") : localStorage.removeItem(OFF); } catch { /* private window */ } };

if (walk) {
  const places = [...document.querySelectorAll("[id^='z-']")].filter((place) => /^z-\d+$/.test(place.id));
  const told = document.createElement("span");
  told.className = "told-place";
  told.setAttribute("role", "status");
  walk.prepend(told);
  let at = -1;

  const go = (to) => {
    if (!places.length) return;
    places[at]?.classList.remove("is-here");
    at = (to + places.length) % places.length;
    const place = places[at];
    place.classList.add("is-here");
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "center" });
    told.textContent = walk.dataset.told.replace("{at}", String(at + 1)).replace("{count}", String(places.length));
  };

  // Where the reader is: the change reached last, unless they scrolled away from it.
  const here = () => {
    const top = walk.getBoundingClientRect().bottom;
    const place = places[at]?.getBoundingClientRect();
    if (place && place.bottom > top && place.top < innerHeight) return at;
    const seen = places.findIndex((place) => place.getBoundingClientRect().top >= top);
    return seen < 0 ? places.length - 0.5 : seen - 0.5;
  };
  const next = () => go(Math.floor(here()) + 1);
  const previous = () => go(Math.ceil(here()) - 1);

  walk.addEventListener("click", (event) => {
    const button = event.target.closest("[data-way]");
    if (!button) return;
    event.preventDefault();
    button.dataset.way === "next" ? next() : previous();
  });

  const hint = document.createElement("label");
  hint.className = "walk-keys";
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = !isOff();
  box.addEventListener("change", () => remember(!box.checked));
  hint.append(box, ` ${walk.dataset.keys}`);
  walk.append(hint);

  addEventListener("keydown", (event) => {
    if (!box.checked || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    const way = { n: next, p: previous }[event.key];
    if (!way) return;
    event.preventDefault();
    way();
  });
}
