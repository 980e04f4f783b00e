// On the page where two edits meet: whoever writes words of their own for a place chooses them by it.

for (const area of document.querySelectorAll("[data-own]")) {
  area.addEventListener("input", () => {
    document.getElementById(area.dataset.own).checked = true;
  });
}
