"""The plug that turns Markdown into safe HTML and plain text with Python-Markdown and nh3.

Python-Markdown takes quadratic time and more on hostile text, so every source that is not provably
harmless is rendered in a worker process that is killed when it overruns (`workers`); its text is then
shown as it was typed. Most saves touch a short section of plain prose and stay in this process.

Files: `dialect` our Markdown · `raw_html` the tags a writer may use · `sanitising` the one gate ·
`making` the three together · `workers` and `__main__` the killable processes.
"""

from __future__ import annotations

from collections.abc import Sequence

from consult.adapters.markdown_html.making import as_written, made
from consult.adapters.markdown_html.workers import Overrun, Pool
from consult.domain.text.plain import plain_of
from consult.ports.rendering import Rendered

SECONDS = 2.0  # of processor time for a short text
SECONDS_PER_MILLION = 3.0  # more for each million code points
PATIENCE = 5  # times the processor time, on the clock, before a worker is taken for hung

# What may be rendered in this process: see `is_harmless`.
SHORT = 10_000
MOST_SIGNS = 400
_SIGNS = "[`*_<>\\&|"


class MarkdownHtml:
    """Implements `ports.rendering.Renderer`; safe to share between threads."""

    def __init__(self, *, workers: int = 2, seconds: float = SECONDS) -> None:
        self._pool = Pool("consult.adapters.markdown_html", size=workers)
        self._seconds = seconds

    def render(self, source: str, *, definitions: str = "") -> Rendered:
        """One section; bounded in time, falling back to the text as typed."""
        source = source.encode("utf-8", "replace").decode()  # a lone surrogate cannot be shown
        html = self._html(source, definitions)
        fell_back = html is None
        if html is None:
            html = as_written(source)
        return Rendered(html=html, plain=plain_of(html), fell_back=fell_back)

    def render_many(self, sources: Sequence[str], *, definitions: str = "") -> list[Rendered]:
        """The sections of one document in order, each as if rendered alone."""
        return [self.render(source, definitions=definitions) for source in sources]

    def close(self) -> None:
        """End the worker processes; they start again when needed."""
        self._pool.close()

    def _html(self, source: str, definitions: str) -> str | None:
        if is_harmless(source):
            return made(source, definitions)
        seconds = self._seconds + SECONDS_PER_MILLION * len(source) / 1_000_000
        request: dict[str, object] = {"source": source, "definitions": definitions, "seconds": seconds}
        try:
            answer = self._pool.ask(request, seconds=PATIENCE * seconds)
        except Overrun:
            return None
        html = answer.get("html")
        return html if isinstance(html, str) else None


def is_harmless(source: str) -> bool:
    """True when rendering `source` in this process is certain to be quick.

    The library's time grows faster than the text only in the number of signs that begin inline markup and
    in the length of one paragraph. Within these bounds no generated text may take half a second of processor time
    (`tests/adapters/test_markdown_html_limits.py` keeps looking); of real sections of statutes and
    specifications 99 of 100 are within them, and half of them take less than 0.25 ms.
    """
    return len(source) <= SHORT and sum(map(source.count, _SIGNS)) <= MOST_SIGNS
