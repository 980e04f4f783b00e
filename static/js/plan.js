// The outline arranged in place: rows dragged by their handles, keys on a handle, buttons without leaving the page.
// Every act is the same POST a button makes without scripts; the answer's page replaces the rows, and the focus stays.

const body = document.querySelector("[data-plan-body]");
const says = document.querySelector("[data-plan-say]");
const flashes = document.querySelector(".flashes");
const keys = document.querySelector("#plan-keys");
const plan = () => body.querySelector(".plan");
const rows = () => [...body.querySelectorAll(".plan-row")];
const rowOf = (section) => body.querySelector(`.plan-row[data-section="${CSS.escape(section)}"]`);
const titleOf = (row) => row.querySelector(".plan-title").textContent.trim().replace(/\s+/g, " ");
const say = (words) => { says.textContent = words; };
const token = () => body.querySelector("input[name=csrf_token]")?.value ?? document.querySelector("input[name=csrf_token]")?.value;

if (body && plan()?.dataset.act) {
  keys.hidden = false;
  let current = null; // the section whose handle takes the focus of Tab
  let busy = false;

  // One handle of all is in the order of Tab; arrows lead to the others.
  const settle = () => {
    const grips = [...body.querySelectorAll(".grip")];
    if (!grips.length) return;
    const chosen = (current && rowOf(current)?.querySelector(".grip")) || grips[0];
    for (const grip of grips) {
      grip.hidden = false;
      grip.tabIndex = grip === chosen ? 0 : -1;
      grip.setAttribute("aria-describedby", "plan-keys");
    }
  };

  const focus = (section, selector) => {
    const row = rowOf(section);
    if (!row) return;
    const wanted = row.querySelector(selector) ?? row.querySelector(".plan-tools button:not(:disabled)")
      ?? row.querySelector(".grip") ?? row.querySelector("a");
    row.scrollIntoView({ block: "nearest" });
    wanted.focus({ preventScroll: true });
  };

  const act = async (address, fields, section, selector) => {
    if (busy) return;
    busy = true;
    plan().setAttribute("aria-busy", "true");
    try {
      const form = new FormData();
      form.set("csrf_token", token());
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      const answer = await fetch(address, { method: "POST", body: form });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-plan-body]");
      if (!fresh) { // signed out, or something the page cannot show: the ordinary way says what is wrong
        location.assign(answer.ok ? answer.url : location.href);
        return;
      }
      body.replaceChildren(...fresh.childNodes);
      const told = page.querySelector(".flashes");
      flashes.replaceChildren(...told.childNodes);
      document.querySelector(".kicker").replaceWith(page.querySelector(".kicker"));
      const numbering = page.querySelector(".plan-annexes");
      document.querySelector(".plan-annexes")?.remove();
      if (numbering) body.before(numbering);
      current = section;
      settle();
      focus(section, selector);
    } catch {
      plan().removeAttribute("aria-busy");
      say(plan().dataset.failed);
    } finally {
      busy = false;
    }
  };

  const address = (section) => plan().dataset.act.replace("SECTION", section);

  // The buttons of the open row.
  body.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    const row = form.closest(".plan-row");
    if (!row || button?.name !== "act") return;
    event.preventDefault();
    event.stopPropagation();
    act(form.action, { act: button.value }, row.dataset.section, `button[value="${button.value}"]:not(:disabled)`);
  }, true);

  // Keys on a handle.
  const ACTS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "promote", ArrowRight: "demote" };
  body.addEventListener("keydown", (event) => {
    const grip = event.target.closest?.(".grip");
    if (!grip) return;
    const row = grip.closest(".plan-row");
    const grips = [...body.querySelectorAll(".grip")];
    const at = grips.indexOf(grip);
    if (event.altKey && ACTS[event.key]) {
      event.preventDefault();
      act(address(row.dataset.section), { act: ACTS[event.key] }, row.dataset.section, ".grip");
      return;
    }
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: grips.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    if (!grips[next]) return;
    grip.tabIndex = -1;
    grips[next].tabIndex = 0;
    current = grips[next].closest(".plan-row").dataset.section;
    grips[next].focus();
  });

  // A handle pressed without a key leads where "Arrange" leads.
  body.addEventListener("click", (event) => {
    const grip = event.target.closest(".grip");
    if (grip) grip.closest(".plan-row").querySelector(".plan-open")?.click();
  });

  // Dragging.
  let dragged = null;
  let target = null; // {row, relation}
  const unmark = () => { target?.row.classList.remove("is-before", "is-after", "is-under"); };
  const branchOf = (row) => {
    const depth = Number(/\bd(\d)\b/.exec(row.className)[1]);
    const found = new Set([row]);
    for (let next = row.nextElementSibling; next; next = next.nextElementSibling) {
      if (Number(/\bd(\d)\b/.exec(next.className)[1]) <= depth) break;
      found.add(next);
    }
    return found;
  };

  body.addEventListener("pointerdown", (event) => {
    const row = event.target.closest(".grip")?.closest(".plan-row");
    if (row) row.draggable = true;
  });
  body.addEventListener("dragstart", (event) => {
    const row = event.target.closest?.(".plan-row[draggable=true]");
    if (!row) return;
    dragged = { row, branch: branchOf(row) };
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", titleOf(row));
    for (const each of dragged.branch) each.classList.add("is-dragged");
    say(plan().dataset.taken.replace("{title}", titleOf(row)));
  });
  body.addEventListener("dragover", (event) => {
    const row = event.target.closest?.(".plan-row");
    if (!dragged || !row || dragged.branch.has(row)) return;
    event.preventDefault();
    const box = row.getBoundingClientRect();
    const height = (event.clientY - box.top) / box.height;
    const relation = height < 0.3 ? "before" : height > 0.75 ? "after" : "under";
    if (target?.row === row && target.relation === relation) return;
    unmark();
    target = { row, relation };
    row.classList.add(`is-${relation}`);
    say(plan().dataset[relation].replace("{title}", titleOf(row)));
  });
  body.addEventListener("drop", (event) => {
    if (!dragged || !target) return;
    event.preventDefault();
    const { row, relation } = target;
    const section = dragged.row.dataset.section;
    dragged.dropped = true;
    act(address(section), { act: "place", beside: row.dataset.section, relation }, section, ".grip");
  });
  body.addEventListener("dragend", () => {
    if (!dragged) return;
    for (const each of dragged.branch) each.classList.remove("is-dragged");
    dragged.row.draggable = false;
    unmark();
    if (!dragged.dropped) say(plan().dataset.dropped);
    dragged = null;
    target = null;
  });

  const open = body.querySelector(".plan-row.is-open");
  if (open) current = open.dataset.section;
  settle();
}
