// What somebody wrote and has not sent stays in sight on every page, and is called to mind before they leave.
// Pages say nothing of it, so that they are the same for everybody: a cookie that opens nothing says there is something
// to ask for.

const place = document.querySelector("[data-unsent-bar]");
const waits = () => /(?:^|;\s*)unsent=/.test(document.cookie);

async function show() {
  if (!place || !(waits() || place.dataset.always !== undefined)) return;
  let html = "";
  try {
    const answer = await fetch(place.dataset.unsentBar, { headers: { Accept: "text/html" } });
    if (answer.status === 200) html = await answer.text();
  } catch {
    return; // what waits is safe; the next page says so again
  }
  const words = html && new DOMParser().parseFromString(html, "text/html").querySelector(".unsent-words");
  if (!words) {
    place.hidden = true;
    return;
  }
  // the page on which everything is looked over says it itself
  if (!document.querySelector("[data-reviewing]")) {
    place.replaceChildren(words);
    place.hidden = false;
    document.documentElement.classList.add("has-unsent");
  }
  remind();
}

let isReminding = false;
let isStaying = false; // on the way to another page of ours
function remind() {
  if (isReminding) return;
  isReminding = true;
  const stays = () => {
    isStaying = true;
    setTimeout(() => { isStaying = false; }, 3000);
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (link && link.origin === location.origin && link.target !== "_blank") stays();
  }, true);
  document.addEventListener("submit", stays, true);
  addEventListener("beforeunload", (event) => {
    if (!isStaying && waits()) event.preventDefault();
  });
}

addEventListener("pageshow", (event) => {
  isStaying = false;
  if (event.persisted) show();
});
show();
