// One-letter words go with the word that follows them, and an hour with its "godz.", as Polish setting asks. In documents the server sees to it, so
// that their offsets stay true; here it is the words of pages, where a no-break space does no harm.

const HANGING = /(?<=(?:^|[\s(„–])(?:[aiouwzAIOUWZ]|godz\.|art\.|ust\.|nr|§)) (?=\S)/g;
const LEFT_ALONE = "[data-section], textarea, pre, code, script, style, select";

if (document.documentElement.lang === "pl") {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    if (HANGING.test(node.data) && !node.parentElement.closest(LEFT_ALONE)) {
      node.data = node.data.replace(HANGING, "\u00a0");
    }
    HANGING.lastIndex = 0;
  }
}
