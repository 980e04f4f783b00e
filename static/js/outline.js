// The contents follow the reader: the section being read is marked and kept in sight.

const outline = document.querySelector(".outline");
const details = outline?.querySelector("details");

if (details) {
  const wide = matchMedia("(min-width: 60rem)");
  const settle = () => { details.open = wide.matches; };
  wide.addEventListener("change", settle);
  settle();

  const entries = new Map();
  for (const link of outline.querySelectorAll("a[href*='#']")) {
    entries.set(decodeURIComponent(link.hash.slice(1)), link);
    link.addEventListener("click", () => { if (!wide.matches) details.open = false; });
  }

  let current = null;
  const mark = (link) => {
    if (!link || link === current) return;
    current?.removeAttribute("aria-current");
    link.setAttribute("aria-current", "location");
    current = link;
    if (wide.matches) {
      const box = details.getBoundingClientRect();
      const place = link.getBoundingClientRect();
      if (place.top < box.top + 40) details.scrollTop += place.top - box.top - 40;
      if (place.bottom > box.bottom - 40) details.scrollTop += place.bottom - box.bottom + 40;
    }
  };

  const parts = [...document.querySelectorAll(".part[id]")].filter((part) => entries.has(part.id));
  const visible = new Set();
  const watcher = new IntersectionObserver((changes) => {
    for (const change of changes) visible[change.isIntersecting ? "add" : "delete"](change.target);
    const first = parts.find((part) => visible.has(part));
    if (first) mark(entries.get(first.id));
  }, { rootMargin: "-15% 0px -65% 0px" });
  for (const part of parts) watcher.observe(part);
}
