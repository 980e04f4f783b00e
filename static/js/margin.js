// Cards beside their words. On wide screens each card is placed at the height of its words, crowded ones shrink to two
// lines and then wait behind a "+4" button; on narrow ones a card opens on demand under the paragraph it speaks of and
// never covers it. Words lead to cards and cards to words. Without this script cards stay in a list under each section.

const text = document.querySelector(".text");
const wide = matchMedia("(min-width: 80rem)");
const GAP = 8;

const cardOf = (number) => text.querySelector(`.card[data-comment="${CSS.escape(number)}"]`);
const marksOf = (number) => text.querySelectorAll(`mark[data-comments~="${CSS.escape(number)}"]`);
const anchorOf = (number) => marksOf(number)[0];
const linkOf = (number) => text.querySelector(`.mark-link[href="#uwaga-${CSS.escape(number)}"]`);

/* --- beside the words ------------------------------------------------------------------------- */

function wish(card, frame) {
  const anchor = anchorOf(card.dataset.comment);
  return anchor && card.closest(".part").contains(anchor) ? anchor.getBoundingClientRect().top - frame.top - 10 : 0;
}

function stackUp(pieces, frame) {
  // Places each piece at its wish or below the one before; returns the bottom.
  let bottom = 0;
  const tops = pieces.map(({ height, top }) => {
    const place = Math.max(top, bottom);
    bottom = place + height + GAP;
    return place;
  });
  // What overflows the section is drawn up as far as the pieces above allow.
  let limit = Math.max(frame.height, 0);
  for (let at = pieces.length - 1; at >= 0 && tops[at] + pieces[at].height > limit; at -= 1) {
    const above = pieces.slice(0, at).reduce((sum, piece) => sum + piece.height + GAP, 0);
    tops[at] = Math.max(above, limit - pieces[at].height);
    limit = tops[at] - GAP;
  }
  return { tops, bottom: pieces.length ? tops.at(-1) + pieces.at(-1).height : 0 };
}

function layOut(part) {
  const stack = part.querySelector(".stack");
  if (!stack) return;
  const frame = part.querySelector(".words").getBoundingClientRect();
  const cards = [...stack.querySelectorAll(".card")];
  const rest = stack.querySelector(".rest");
  stack.querySelector(".crowd")?.remove();
  part.style.removeProperty("min-height");
  for (const card of cards) card.classList.remove("short", "away");

  const measure = (shown) => {
    const pieces = shown
      .map((card) => ({ element: card, height: card.offsetHeight, top: wish(card, frame) }))
      .sort((one, other) => one.top - other.top);
    if (rest) pieces.push({ element: rest, height: rest.offsetHeight, top: 0 });
    return pieces;
  };
  const needs = (pieces) => pieces.reduce((sum, piece) => sum + piece.height + GAP, 0);

  let pieces = measure(cards);
  const room = Math.max(frame.height, 140);
  const isOpened = part.classList.contains("is-opened");
  if (needs(pieces) > room && !isOpened) {
    for (const card of cards) if (!card.classList.contains("active")) card.classList.add("short");
    pieces = measure(cards);
    if (needs(pieces) > room) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button quiet small crowd";
      stack.append(button);
      const kept = [];
      const own = pieces.filter((piece) => piece.element !== rest);
      const active = own.find((piece) => piece.element.classList.contains("active"));
      let used = button.offsetHeight + (rest ? rest.offsetHeight + GAP : 0) + (active ? active.height + GAP : 0);
      for (const piece of own) {
        const fits = used + piece.height + GAP <= room;
        if (piece === active || fits || (!active && !kept.length)) {
          kept.push(piece);
          if (piece !== active) used += piece.height + GAP;
        } else {
          piece.element.classList.add("away");
        }
      }
      const hidden = cards.length - kept.length;
      if (hidden) {
        button.textContent = `+${hidden}`;
        button.setAttribute("aria-label", `${text.dataset.moreWords}: ${hidden}`);
        button.addEventListener("click", () => {
          const first = stack.querySelector(".card.away");
          part.classList.add("is-opened");
          layOut(part);
          first?.focus({ preventScroll: true });
        });
        kept.push({ element: button, height: button.offsetHeight, top: kept.at(-1).top });
      } else {
        button.remove();
      }
      if (rest) kept.push(pieces.at(-1));
      pieces = kept;
    }
  }

  const { tops, bottom } = stackUp(pieces, frame);
  pieces.forEach((piece, at) => piece.element.style.setProperty("top", `${tops[at]}px`));
  if (bottom > frame.height) part.style.setProperty("min-height", `${bottom}px`);
}

function settle(part) {
  const details = part.querySelector(".cards");
  if (!details) return;
  part.classList.toggle("is-margin", wide.matches);
  if (wide.matches) {
    details.open = true;
    layOut(part);
  } else {
    part.style.removeProperty("min-height");
    for (const piece of part.querySelectorAll(".stack > *")) {
      piece.style.removeProperty("top");
      piece.classList.remove("short", "away");
    }
    part.querySelector(".crowd")?.remove();
    details.open = details.contains(document.querySelector(":target"));
  }
}

/* --- under the words -------------------------------------------------------------------------- */

function closeInline(holder) {
  const card = holder.querySelector(".card");
  const home = document.getElementById(holder.dataset.home);
  home?.insertBefore(card, home.children[Number(holder.dataset.at)] ?? null);
  holder.remove();
  return card;
}

function openInline(card, mark) {
  const already = card.closest(".inline-card");
  if (already) {
    closeInline(already);
    return;
  }
  for (const holder of text.querySelectorAll(".inline-card")) closeInline(holder);
  const section = mark.closest("[data-section]");
  let block = mark;
  while (block.parentNode !== section && block.tagName !== "LI") block = block.parentNode;

  const stack = card.parentNode;
  stack.id ||= `stos-${card.dataset.comment}`;
  const holder = document.createElement("div");
  holder.className = "inline-card";
  holder.dataset.generated = "";
  holder.dataset.home = stack.id;
  holder.dataset.at = [...stack.children].indexOf(card);
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button quiet small close";
  close.textContent = text.dataset.closeWords;
  close.addEventListener("click", () => {
    closeInline(holder);
    linkOf(card.dataset.comment)?.focus();
  });
  holder.append(card, close);
  if (block.tagName === "LI") block.append(holder);
  else block.after(holder);
  card.focus({ preventScroll: true });
  holder.scrollIntoView({ block: "nearest" });
}

/* --- words to cards and back --------------------------------------------------------------------- */

function activate(number) {
  for (const mark of text.querySelectorAll("mark.on")) mark.classList.remove("on");
  const touched = new Set();
  for (const card of text.querySelectorAll(".card.active")) {
    card.classList.remove("active");
    touched.add(card.closest(".part"));
  }
  for (const mark of marksOf(number)) mark.classList.add("on");
  const card = cardOf(number);
  card?.classList.add("active");
  touched.add(card?.closest(".part"));
  if (wide.matches) for (const part of touched) if (part) layOut(part);
}

function goToCard(number, mark) {
  const card = cardOf(number);
  if (!card) return false;
  const part = card.closest(".part");
  activate(number);
  if (part && wide.matches) {
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  } else if (part && mark) {
    openInline(card, mark);
  } else {
    card.scrollIntoView({ block: "center" });
    card.focus({ preventScroll: true });
  }
  return true;
}

function goToWords(number) {
  const anchor = anchorOf(number);
  if (!anchor) return false;
  activate(number);
  anchor.scrollIntoView({ block: "center" });
  linkOf(number)?.focus({ preventScroll: true });
  return true;
}

function nextOf(numbers) {
  const at = numbers.findIndex((number) => cardOf(number)?.classList.contains("active"));
  return numbers[(at + 1) % numbers.length];
}

text.addEventListener("click", (event) => {
  const link = event.target.closest("a, button");
  if (link?.classList.contains("mark-link")) {
    if (link.hash.startsWith("#uwaga-") && goToCard(link.hash.replace("#uwaga-", ""), link)) event.preventDefault();
    return;
  }
  if (link?.parentNode?.classList?.contains("back")) {
    const number = link.closest(".card").dataset.comment;
    if (goToWords(number)) event.preventDefault();
    return;
  }
  if (link) return;
  const mark = event.target.closest("mark.c[data-comments]");
  if (mark && getSelection().isCollapsed) {
    goToCard(nextOf(mark.dataset.comments.split(" ")), mark);
    return;
  }
  const card = event.target.closest(".card");
  if (card && getSelection().isCollapsed) activate(card.dataset.comment);
});

text.addEventListener("focusin", (event) => {
  const card = event.target.closest(".card");
  if (card && !card.classList.contains("active")) activate(card.dataset.comment);
});

/* --- keeping it right ------------------------------------------------------------------------------ */

const near = new Set();
const parts = [...text.querySelectorAll(".part")].filter((part) => part.querySelector(".cards"));
const watcher = new IntersectionObserver((changes) => {
  for (const change of changes) {
    if (change.isIntersecting) {
      near.add(change.target);
      settle(change.target);
    } else {
      near.delete(change.target);
    }
  }
}, { rootMargin: "800px 0px" });

document.documentElement.classList.add("is-live");
for (const part of parts) watcher.observe(part);

let width = innerWidth;
let waiting = 0;
addEventListener("resize", () => {
  if (innerWidth === width) return; // a phone's address bar coming and going is no resize
  width = innerWidth;
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(() => {
    for (const holder of text.querySelectorAll(".inline-card")) closeInline(holder);
    for (const part of parts) if (near.has(part) || !wide.matches) settle(part);
  });
});
// Paper shows every card under its part, whichever were open on the screen.
let shut = [];
addEventListener("beforeprint", () => {
  for (const holder of text.querySelectorAll(".inline-card")) closeInline(holder);
  shut = [...text.querySelectorAll(".cards:not([open])")];
  for (const cards of shut) cards.open = true;
});
addEventListener("afterprint", () => {
  for (const cards of shut) cards.open = false;
  shut = [];
});

document.fonts?.ready.then(() => { for (const part of near) settle(part); });

// An address that names a comment opens it at its words.
const asked = location.hash.match(/^#(?:uwaga|slowa)-([\d-]+)$/);
if (asked) {
  const part = cardOf(asked[1])?.closest(".part");
  if (part) settle(part);
  goToCard(asked[1], anchorOf(asked[1]));
  anchorOf(asked[1])?.scrollIntoView({ block: "center" });
}
