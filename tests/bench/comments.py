"""A text of 100 parts with 1,000 comments in real Chromium: it opens, scrolls and is narrowed in batches, without jumps.

The pages are those of a guest whose browser brings a cookie, so that no page is answered from memory alone.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from consult.domain.policy.actors import SYSTEM
from consult.domain.text.spans import Span
from consult.services import comments
from consult.services.comments import Pointing, Remark, Sender
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.viewers import EVERYTHING
from tests.bench.figures import Figure, percentile
from tests.factories.records import new_document, open_consultation
from tests.journeys.installation import CHROMIUM
from tests.journeys.served import served_site
from tests.web.visitors import Site

PARTS, COMMENTS = 100, 1_000
PARAGRAPHS = 6

_SCROLL = """async () => {
    let shifted = 0;
    new PerformanceObserver((list) => {
        for (const one of list.getEntries()) if (!one.hadRecentInput) shifted += one.value;
    }).observe({ type: "layout-shift", buffered: false });
    const took = [];
    let before = performance.now();
    for (let y = 0; y < document.documentElement.scrollHeight; y += 400) {
        scrollTo(0, y);
        await new Promise(requestAnimationFrame);
        const now = performance.now();
        took.push(now - before);
        before = now;
    }
    return { shifted, took };
}"""


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder, served_site(Path(folder)) as (site, address):
        slug = _commented(site)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="pl-PL")
            yield from _measured(page, f"{address}/documents/{slug}")
            browser.close()


def _measured(page: Page, address: str) -> Iterator[Figure]:
    page.goto(address)  # warm: styles and scripts are there, as they are for whoever came before
    opened = [_opened(page, address) for _ in range(5)]
    yield _figure("open", "ms until the text with its first cards can be used", percentile(opened, 50), 2_500)
    scrolled = page.evaluate(_SCROLL)
    yield _figure("scroll.frame", "ms a step of 400 px takes at p95", percentile(scrolled["took"], 95), 100)
    yield Figure(
        name="comments.scroll.shift",
        what="how far what is read moves by itself while the whole text is scrolled (layout shift)",
        ours=round(scrolled["shifted"], 3),
        yardstick=None,
        ratio=None,
        target="≤ 0.1",
        met=scrolled["shifted"] <= 0.1,
    )
    page.goto(f"{address}/comments?kind=substantive")
    took = []
    for _ in range(5):
        shown = page.locator(".comment-list .card").count()
        last = page.locator(".comment-list .card").nth(shown - 1)
        last.scroll_into_view_if_needed()
        top = last.bounding_box()
        began = float(page.evaluate("performance.now()"))
        page.locator(".more a").click()
        page.wait_for_function(
            "(shown) => document.querySelectorAll('.comment-list .card').length > shown", arg=shown
        )
        took.append(float(page.evaluate("performance.now()")) - began)
        now = last.bounding_box()
        assert top is not None
        assert now is not None
        assert abs(top["y"] - now["y"]) < 2 or page.evaluate("scrollY") > 0
    yield _figure(
        "batch", "ms until 50 more comments stand in the narrowed list", percentile(took, 50), 1_500
    )


def _opened(page: Page, address: str) -> float:
    page.goto(address, wait_until="load")
    return float(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))


def _figure(name: str, what: str, ours: float, most: float) -> Figure:
    return Figure(
        name=f"comments.{name}",
        what=what,
        ours=round(ours, 1),
        yardstick=None,
        ratio=None,
        target=f"≤ {most:g} ms",
        met=ours <= most,
    )


def _commented(site: Site) -> str:
    sentence = "Gmina i organizacje uzgadniają termin, miejsce i sposób wykonania zadania publicznego. "
    text = "# Standard\n\n" + "\n\n".join(
        f"## Część {part}\n\n" + "\n\n".join(f"Ustęp {part}.{at}. {sentence * 2}" for at in range(PARAGRAPHS))
        for part in range(1, PARTS)
    )
    with site.records() as store:
        slug = new_document(store, text)
        open_consultation(store, slug)
        document = document_queries.get_document(slug, EVERYTHING)
        consultation = consultation_queries.list_consultations(document_id=document.id)[0]
        sections = [
            section
            for section in document_queries.list_version_sections(consultation.version_id)
            if "Ustęp" in section.plain
        ]
        for start in range(0, COMMENTS, 250):
            remarks = []
            for number in range(start, start + 250):
                section = sections[number % len(sections)]
                at = section.plain.index(f".{number // len(sections) % PARAGRAPHS}. ") + 4
                pointing = Pointing(section.section_id, section.text_id, Span(at, at + 40))
                remarks.append(Remark(f"Uwaga {number}: termin jest za krótki.", pointings=(pointing,)))
            comments.submit_comments(SYSTEM, slug, remarks, Sender("resident"), now=store.now)
    return slug
