"""The bridge between a section's Markdown and its plain text.

Plain text is almost a subsequence of the source: signs, addresses and markers fall away, line feeds become
spaces, character references and escapes become characters, separators are put in. Aligning the two needs
no knowledge of what the renderer did, only of what *may* fall away. The alignment walks both texts once:

* a word of the source matches the same word of plain, white space matches white space;
* a stretch that may be markup (an address, a tag, a list number, a footnote mark, a definition) is taken
  as words when plain goes on with exactly these words, and as markup otherwise;
* another sign matches itself if plain goes on with it and falls away if not;
* separators that plain has and the source has not stand between two characters of the source.

A word that fits nowhere means that something else fell away, or that plain holds words of its own; the
walk goes on from the nearest place where the two agree again. So every plain character has an equal source
character or is marked (`is_exact`), and the two orders never cross. Time is linear but for such
disagreements, each of which looks at a bounded stretch.
"""

from __future__ import annotations

import html
import re
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from consult.domain.text.spans import Span

_WHITE = " \t\n\f\r"

_TOKEN = re.compile(
    r"""
      (?P<marker>^[ \t]*(?:>[ \t]?)*[ \t]*(?:(?:[-*+]|\d{1,9}\.)[ \t]+)+)
    | (?P<word>[^\W_]+)
    | (?P<definition>^[ ]{0,3}\[(?!\^)[^\[\]\n]{1,1000}\]:[ \t]*\S+[^\n]*$)
    | (?P<fence>^[ ]{0,3}(?:`{3,}|~{3,})[^\n]*$)
    | (?P<closing>(?<=\S)[ \t]+\#+[ \t]*$)
    | (?P<space>[ \t\n\f\r]+)
    | (?P<escape>\\[!-/:-@\[-`{-~])
    | (?P<reference>&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)
    | (?P<note>\[\^[^\[\]\s]{1,200}\])
    | (?P<address>\]\((?:<[^<>\n]{0,1000}>|[^()\s]{0,1000}(?:\([^()\s]{0,1000}\)[^()\s]{0,1000}){0,20})
        (?:\s+(?:"[^"]{0,1000}"|'[^']{0,1000}'))?\s*\))
    | (?P<label>\]\[[^\[\]]{0,1000}\](?!\())
    | (?P<picture>!\[(?:[^\[\]\\]|\\.){0,1000}\]\(\#p-[0-9a-f]{32}(?:-decorative)?\))
    | (?P<image>!\[\]\()
    | (?P<autolink><(?=[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*>|[^\s<>@]+@[^\s<>]+>))
    | (?P<comment><!--)
    | (?P<tag></?[A-Za-z][^<>]{0,2000}>)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_SIMPLE = re.compile(r"(?P<word>[^\W_]+)|(?P<space>[ \t\n\f\r]+)|(?P<sign>.)", re.DOTALL)
_MARKUP = frozenset(
    ["marker", "definition", "fence", "closing", "note", "address", "label", "picture", "tag", "comment"]
)

_NEAR, _FAR = 400, 4000  # code points looked at after a disagreement
_MOST_LONG_SEARCHES = 64  # looks at the whole rest of a source, for each alignment
_COMPARED = 24  # code points that tell whether plain goes on with a stretch


@dataclass(frozen=True, slots=True)
class Projection:
    """How the characters of `plain` stand in `source`; see `project`.

    `places[i]` is the code point of the source where plain character `i` begins, `lengths[i]` how many it
    stands for there: 0 for a separator or generated character, more than 1 for an escape or a reference.
    """

    source: str
    plain: str
    places: array[int]
    lengths: array[int]

    def to_source(self, span: Span) -> Span:
        """The shortest stretch of the source that holds the words under a span of plain.

        Markup between the words is inside it, markup around them is not. Characters without a place in the
        source add nothing; a span of nothing else, and an empty span, give the empty span where they stand.
        """
        first, last = span.start, min(span.end, len(self.plain)) - 1
        while first <= last and not self.lengths[first]:
            first += 1
        while last > first and not self.lengths[last]:
            last -= 1
        if first > last:
            return self._caret(span.start)
        return Span(self.places[first], self.places[last] + self.lengths[last])

    def to_plain(self, span: Span) -> Span:
        """The shortest stretch of plain that holds all that is shown of a span of the source."""
        first = bisect_right(self.places, span.start)
        while first and self.places[first - 1] + self.lengths[first - 1] > span.start:
            first -= 1
        last = bisect_left(self.places, span.end)
        while first < last and not self.lengths[first]:
            first += 1
        while last > first and not self.lengths[last - 1]:
            last -= 1
        return Span(first, max(first, last))

    def is_exact(self, position: int) -> bool:
        """True when the plain character at `position` is the very character it stands for in the source."""
        return self.lengths[position] == 1 and self.plain[position] == self.source[self.places[position]]

    def _caret(self, position: int) -> Span:
        if position < len(self.plain):
            at = self.places[position]
        elif self.plain:
            at = self.places[-1] + self.lengths[-1]
        else:
            at = len(self.source)
        return Span(at, at)


def project(source: str, plain: str) -> Projection:
    """Align a section's Markdown with its plain text, both up to some hundred thousand code points.

    `plain` is what the renderer gave for `source`, but any two texts can be aligned: what has no
    counterpart is marked, nothing is ever wrong or out of order.
    """
    alignment = _Alignment(source, plain)
    alignment.run()
    return Projection(source, plain, alignment.places, alignment.lengths)


class _Alignment:
    def __init__(self, source: str, plain: str) -> None:
        self.source = source
        self.plain = plain
        self.places = array("i")
        self.lengths = array("i")
        self.white = (-1, -1)  # the white space of plain last looked at: its start, what is behind it
        self.long_searches = _MOST_LONG_SEARCHES
        self.last_comment_end = source.rfind("-->")

    @property
    def reached(self) -> int:
        """How much of plain has its place."""
        return len(self.places)

    def run(self) -> None:
        source, length, total = self.source, len(self.source), len(self.plain)
        at = 0
        while at < length and self.reached < total:
            found = _TOKEN.match(source, at)
            if not found:  # pragma: no cover - the pattern matches every character
                break
            at = self._take(found.lastgroup or "sign", at, found.end())
        self._put_in(total - self.reached, length)

    def _take(self, kind: str, start: int, end: int) -> int:
        """Deal with one token of the source; the place to go on from."""
        if kind == "word":
            return self._word(start, end)
        if kind == "space":
            self._space(start, end)
        elif kind in _MARKUP:
            return self._markup(kind, start, end)
        elif kind in ("escape", "reference"):
            return self._written_otherwise(kind, start, end)
        elif kind == "sign":
            self._sign(start)
        return end

    def _word(self, start: int, end: int) -> int:
        word = self.source[start:end]
        behind = self._behind_white_space()
        if self.plain.startswith(word, self.reached):
            self._equal(start, end)
            return end
        if self.plain.startswith(word, behind):
            self._put_in(behind - self.reached, start)
            self._equal(start, end)
            return end
        return self._meet_again(word, start, end, behind)

    def _space(self, start: int, end: int) -> None:
        """White space of plain stands for the same white space of the source where there is such, else for any."""
        at = start
        for position in range(self.reached, self._behind_white_space()):
            sign = self.plain[position]
            same = self.source.find(sign, at, end)
            if same < 0 and at > start:
                break
            self._equal(same if same >= 0 else start, (same if same >= 0 else start) + 1)
            at = (same if same >= 0 else start) + 1

    def _sign(self, at: int) -> None:
        sign = self.source[at]
        if self.plain.startswith(sign, self.reached):
            self._equal(at, at + 1)
            return
        # Behind a separator the sign must be meant, for nothing else leaves a line feed or a tab there. A
        # space is no such proof: in "**a** *" the closing signs would be taken for the star.
        if self.plain[self.reached] in "\n\t":
            behind = self._behind_white_space()
            if self.plain.startswith(sign, behind):
                self._put_in(behind - self.reached, at)
                self._equal(at, at + 1)

    def _markup(self, kind: str, start: int, end: int) -> int:
        if kind == "comment":
            if start > self.last_comment_end:
                self._sign(start)
                return start + 1
            end = self.source.index("-->", start) + 3
        if self._goes_on_with(start, end):
            self._as_words(start, end)
        elif kind == "marker":
            self._space_before(end)
        return end

    def _goes_on_with(self, start: int, end: int) -> bool:
        """True when plain goes on with these very words of the source."""
        stretch = " ".join(self.source[start : min(end, start + 4 * _COMPARED)].split())[:_COMPARED]
        behind = self._behind_white_space()
        ahead = " ".join(self.plain[behind : behind + 4 * _COMPARED].split())
        return bool(stretch) and ahead.startswith(stretch)

    def _as_words(self, start: int, end: int) -> None:
        while start < end and self.reached < len(self.plain):
            found = _SIMPLE.match(self.source, start, end)
            if not found:  # pragma: no cover - the pattern matches every character
                return
            start = self._take(found.lastgroup or "sign", start, found.end())

    def _space_before(self, end: int) -> None:
        """The white space around a list marker may be all that separates two words."""
        if self.reached and self.plain[self.reached] in _WHITE:
            self._space(end - 1, end)

    def _written_otherwise(self, kind: str, start: int, end: int) -> int:
        written = self.source[start:end]
        meant = written[1:] if kind == "escape" else html.unescape(written)
        if self.plain.startswith(written, self.reached):
            self._equal(start, end)
            return end
        behind = self.reached if meant[0] in _WHITE else self._behind_white_space()
        for position in (self.reached, behind):
            if self.plain.startswith(meant, position):
                self._put_in(position - self.reached, start)
                self._stands_for(start, end)
                self._put_in(len(meant) - 1, end)
                return end
        if self.plain.startswith(written, behind):
            self._put_in(behind - self.reached, start)
            self._equal(start, end)
        return end

    def _meet_again(self, word: str, start: int, end: int, behind: int) -> int:
        """The source's next word is not plain's: go on where they agree, skipping as little as possible."""
        ahead = _words_ahead(self.plain, behind)
        if not ahead:
            return end
        in_source = self._find_ahead(ahead, end)
        in_plain = self.plain.find(word, behind, behind + _NEAR)
        if in_plain >= 0 and (in_source < 0 or in_plain - behind <= in_source - start):
            self._put_in(in_plain - self.reached, start)
            return start
        if in_source >= 0:
            return in_source
        # Plain's word is nowhere in the source: leave it out and try the next with the same source.
        self._put_in(behind + len(ahead[-1]) - self.reached, start)
        return start

    def _find_ahead(self, ahead: tuple[str, ...], end: int) -> int:
        """Where the source goes on with plain's next words: two of them nearby, else one, else further off."""
        for words in ahead:
            found = self.source.find(words, end, end + _FAR)
            if found >= 0:
                return found
        if self.long_searches:
            self.long_searches -= 1
            return self.source.find(ahead[0], end)
        return -1

    def _behind_white_space(self) -> int:
        reached = self.reached
        if not self.white[0] <= reached <= self.white[1]:
            at = reached
            while at < len(self.plain) and self.plain[at] in _WHITE:
                at += 1
            self.white = (reached, at)
        return self.white[1]

    def _equal(self, start: int, end: int) -> None:
        self.places.extend(range(start, end))
        self.lengths.extend([1] * (end - start))

    def _stands_for(self, start: int, end: int) -> None:
        self.places.append(start)
        self.lengths.append(end - start)

    def _put_in(self, count: int, at: int) -> None:
        self.places.extend([at] * count)
        self.lengths.extend([0] * count)


_ONE_WORD = re.compile(r"[^\W_]+|\S")
_TWO_WORDS = re.compile(r"[^\W_]+[ ][^\W_]+")


def _words_ahead(plain: str, at: int) -> tuple[str, ...]:
    """Plain's next two words as one string, if it goes on with two, and its next word or sign."""
    one = _ONE_WORD.match(plain, at)
    if not one:
        return ()
    two = _TWO_WORDS.match(plain, at)
    return (two[0], one[0]) if two else (one[0],)
