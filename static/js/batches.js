// The next batch of a list is put behind the ones that are there, without a jump; the focus goes to the first that is
// new. Without this script the link leads to a page of its own.

const list = document.querySelector("[data-batches]");

async function fetched(href) {
  const answer = await fetch(href, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-batches]");
}

list?.addEventListener("click", async (event) => {
  const link = event.target.closest(".more a[rel=next]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.getAttribute("aria-busy") === "true") return;
  link.setAttribute("aria-busy", "true");
  let next = null;
  try {
    next = await fetched(link.href);
  } catch {
    // below: the link leads there itself
  }
  if (!next) {
    location.href = link.href;
    return;
  }
  const place = link.closest(".more");
  let first = null;
  for (const group of [...next.children]) {
    const title = group.querySelector(".section-name");
    const last = [...list.querySelectorAll(":scope > section")].at(-1);
    first ??= group.querySelector(".card");
    if (title && last?.querySelector(".section-name")?.textContent === title.textContent) {
      last.append(...group.querySelectorAll(".card")); // the part the batch before ended in goes on
      continue;
    }
    if (title) {
      title.id = `g${list.querySelectorAll(".section-name").length + 1}`;
      group.setAttribute("aria-labelledby", title.id);
    }
    place.before(group);
  }
  place.remove();
  first?.focus({ preventScroll: true });
});
