"""What each line of a Markdown text is: heading, code, comment, list, plain words.

One pass over the lines decides for the whole product what is a heading and what only looks like one, so
that splitting a document, finding its definitions and rendering it can never disagree. The rules are
CommonMark's (spec 0.31, chapters 4 and 5) for what happens at the top level of a document, with four
deliberate differences, each of which keeps a slip of the pen from swallowing the rest of a document:

* a fence or a comment that is never closed opens nothing;
* a Setext heading has one line of words, so a paragraph above a rule stays a paragraph;
* leading YAML front matter (as GitHub, Jekyll and pandoc read it) is opaque;
* a footnote definition holds its indented continuation lines.

Time is linear in the length of the text whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto


class Line(Enum):
    """What one line is at the top level of its document."""

    BLANK = auto()
    ATX = auto()  # "## Heading"
    SETEXT = auto()  # the words of an underlined heading
    UNDERLINE = auto()  # the line under them
    FENCE = auto()  # the first or last line of fenced code
    CODE = auto()  # inside fenced code, or indented code
    HTML = auto()  # part of a raw HTML block or comment
    FRONT_MATTER = auto()  # YAML before the text, its two marker lines included
    DEFINITION = auto()  # "[label]: address"
    NOTE = auto()  # the first line of "[^label]: words"
    CONTAINED = auto()  # inside a list, a quotation or a footnote definition
    RULE = auto()  # "---"
    WORDS = auto()  # a paragraph


ATX_OPENING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
SETEXT_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
LINK_DEFINITION = re.compile(
    r" {0,3}\[(?!\^)(?P<label>(?:[^\[\]\\]|\\.)+)\]:[ \t]*(?P<address><[^<>]*>|[^\s<]\S*)"
    r"(?:[ \t]+(?P<title>\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*$"
)
NOTE_DEFINITION = re.compile(r" {0,3}\[\^([^\[\]\s]{1,200})\]:")

_FENCE = re.compile(r" {0,3}(?:(`{3,})([^`]*)|(~{3,})(.*))$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_LIST_MARKER = re.compile(r"( {0,3})([*+-]|\d{1,9}[.)])(?:( {1,4})(?! )|[ \t]|$)")
_QUOTE = re.compile(r" {0,3}>")
_YAML_MARKER = re.compile(r"(?:---|\.\.\.)(?:[ \t].*)?$")
_YAML_KEY = re.compile(r"[A-Za-z_][\w.-]*[ \t]*:(?:[ \t]|$)|#|[\"'].*[\"'][ \t]*:")
_YAML_MORE = re.compile(r"[ \t]|-(?:[ \t]|$)|[\]})]|$")

# CommonMark's HTML blocks: kinds 1 to 5 end with a text, kinds 6 and 7 with a blank line.
_HTML_VERBATIM = re.compile(r" {0,3}<(script|pre|style|textarea)(?=[ \t>]|$)", re.IGNORECASE)
_HTML_ENDED_BY = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))
_HTML_DECLARATION = re.compile(r"<![A-Za-z]")
_HTML_BLOCK = re.compile(
    r" {0,3}</?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details"
    r"|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html"
    r"|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section"
    r"|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?=[ \t>]|/>|$)",
    re.IGNORECASE,
)
_HTML_LONE_TAG = re.compile(
    r" {0,3}(?:</[A-Za-z][\w-]*[ \t]*>|<[A-Za-z][\w-]*"
    r"(?:[ \t]+[A-Za-z_:][\w.:-]*(?:[ \t]*=[ \t]*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?)*[ \t]*/?>)[ \t]*$"
)
_LONGEST_TAG = 1000  # keeps the pattern above from being fed a whole hostile document


def classify(lines: Sequence[str]) -> list[Line]:
    """The kind of every line; `lines` are a text cut at its line feeds, without them."""
    return _Reader(lines).read()


class _Reader:
    """The state of one pass: what the line before leaves open."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.kinds: list[Line] = []
        self.paragraph = 0  # lines of the open top-level paragraph
        self.container = 0  # columns of indentation that keep a line inside the open list or note
        self.lazy = False  # an unindented line would still continue the container's paragraph
        self.in_note = False  # the open container is a footnote definition, behind which another may begin
        self.closers = _LastClosers(lines)

    def read(self) -> list[Line]:
        lines, kinds = self.lines, self.kinds
        kinds.extend([Line.FRONT_MATTER] * _front_matter(lines))
        while len(kinds) < len(lines):
            at = len(kinds)
            line = lines[at]
            if not line or line.isspace():
                kinds.append(Line.BLANK)
                self.paragraph, self.lazy = 0, False
            else:
                self._read_block(at, line)
        return kinds

    def _read_block(self, at: int, line: str) -> None:
        indent = _indentation(line)
        if self.container and indent >= self.container:
            self.kinds.append(Line.CONTAINED)
            self.lazy = True
        elif indent >= 4:
            self._read_indented()
        elif not self._read_marked(at, line):
            self._read_words()

    def _read_indented(self) -> None:
        if self.paragraph:
            self.paragraph += 1
            self.kinds.append(Line.WORDS)
        elif self.lazy:
            self.kinds.append(Line.CONTAINED)
        else:
            self._close()
            self.kinds.append(Line.CODE)

    def _read_marked(self, at: int, line: str) -> bool:
        """Read the block that begins with this line; False when nothing but words does."""
        mark = line.lstrip(" ")[0]
        if mark == "#" and ATX_OPENING.match(line):
            return self._alone(Line.ATX)
        if mark in "`~":
            return self._read_fence(at, line)
        if mark in "=-" and self.paragraph == 1 and SETEXT_UNDERLINE.match(line):
            self.kinds[-1] = Line.SETEXT
            return self._alone(Line.UNDERLINE)
        if mark in "*-_" and _RULE.match(line):
            return self._alone(Line.RULE)
        if mark == ">" and _QUOTE.match(line):
            return self._contain(0)
        if (mark in "*+-" or mark.isdecimal()) and (marker := _LIST_MARKER.match(line)):
            return self._read_list(marker, line)
        if mark == "<":
            return self._read_html(at, line)
        if mark == "[" and not self.paragraph and (self.in_note or not self.lazy):
            return self._read_definition(line)
        return False

    def _alone(self, kind: Line) -> bool:
        """A block of one line that ends whatever was open."""
        self._close()
        self.kinds.append(kind)
        return True

    def _contain(self, columns: int) -> bool:
        self.paragraph, self.container, self.lazy, self.in_note = 0, columns, True, False
        self.kinds.append(Line.CONTAINED)
        return True

    def _close(self) -> None:
        self.paragraph, self.container, self.lazy, self.in_note = 0, 0, False, False

    def _read_list(self, marker: re.Match[str], line: str) -> bool:
        is_empty = not line[marker.end() :].strip()
        if self.paragraph and (is_empty or (marker[2][0].isdecimal() and marker[2][:-1] != "1")):
            return False  # "in the year\n2024. It was" stays a sentence
        return self._contain(len(marker[1]) + len(marker[2]) + len(marker[3] or " "))

    def _read_definition(self, line: str) -> bool:
        if NOTE_DEFINITION.match(line):
            self._contain(4)
            self.in_note = True
            self.kinds[-1] = Line.NOTE
            return True
        if LINK_DEFINITION.match(line):
            return self._alone(Line.DEFINITION)
        return False

    def _read_words(self) -> None:
        if self.lazy:
            self.kinds.append(Line.CONTAINED)
            return
        self.container = 0
        self.paragraph += 1
        self.kinds.append(Line.WORDS)

    def _read_fence(self, at: int, line: str) -> bool:
        opening = _FENCE.match(line)
        if not opening:
            return False
        fence = opening[1] or opening[3]
        end = self.closers.fence(fence, at)
        if end is None:
            return False
        self._close()
        self.kinds.append(Line.FENCE)
        self.kinds.extend([Line.CODE] * (end - at - 1))
        self.kinds.append(Line.FENCE)
        return True

    def _read_html(self, at: int, line: str) -> bool:
        start = line.lstrip(" ")
        closing = None
        if verbatim := _HTML_VERBATIM.match(line):
            closing = f"</{verbatim[1].lower()}>"
        else:
            closing = next((end for begin, end in _HTML_ENDED_BY if start.startswith(begin)), None)
            if closing is None and _HTML_DECLARATION.match(start):
                closing = ">"
        if closing is not None:
            end = self.closers.text(closing, at)
            if end is None and not verbatim:
                return False
        elif _HTML_BLOCK.match(line) or (
            not self.paragraph and not self.lazy and len(line) <= _LONGEST_TAG and _HTML_LONE_TAG.match(line)
        ):
            end = None
        else:
            return False
        self._close()
        if end is None:
            end = at
            while end + 1 < len(self.lines) and self.lines[end + 1].strip():
                end += 1
        self.kinds.extend([Line.HTML] * (end - at + 1))
        return True


class _LastClosers:
    """Where things that must be closed are closed, without ever looking at a line twice in vain.

    A search that fails is remembered: nothing later can succeed, so hostile text full of openings costs
    one pass per kind of closing.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.never: set[str] = set()
        self.too_long: dict[str, int] = {}

    def text(self, closing: str, at: int) -> int | None:
        """The first line from `at` on that holds `closing`."""
        if closing in self.never:
            return None
        for number in range(at, len(self.lines)):
            if closing in self.lines[number].lower():
                return number
        self.never.add(closing)
        return None

    def fence(self, fence: str, at: int) -> int | None:
        """The first line after `at` that closes `fence`: the same sign, at least as many, nothing else."""
        sign, length = fence[0], len(fence)
        if length >= self.too_long.get(sign, length + 1):
            return None
        for number in range(at + 1, len(self.lines)):
            line = self.lines[number]
            if sign in line and _is_closing(line, sign, length):
                return number
        self.too_long[sign] = length
        return None


def _is_closing(line: str, sign: str, length: int) -> bool:
    run = line.strip(" \t")
    return len(run) >= length and not run.strip(sign) and _indentation(line) < 4


def _indentation(line: str) -> int:
    """Columns of white space before the first word, a tab reaching to the next multiple of four."""
    if line[0] not in " \t":
        return 0
    columns = 0
    for sign in line:
        if sign == " ":
            columns += 1
        elif sign == "\t":
            columns += 4 - columns % 4
        else:
            break
    return columns


def _front_matter(lines: Sequence[str]) -> int:
    """How many leading lines are YAML front matter: from "---" to the next YAML document marker.

    Every line between must be able to stand in YAML, so that a text that begins with a rule and a line
    like "Title: words" does not lose its headings up to the next rule.
    """
    if len(lines) < 2 or lines[0].rstrip() != "---" or not _YAML_KEY.match(lines[1]):
        return 0
    for number in range(1, len(lines)):
        line = lines[number]
        if _YAML_MARKER.match(line):
            return number + 1
        if not _YAML_KEY.match(line) and not _YAML_MORE.match(line):
            return 0
    return 0
