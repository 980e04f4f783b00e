"""Reading what a person typed: plain words, "exact phrases", prefix*, -minus, field:words; never failing.

What cannot be taken as typed is reduced and said so by a `Note`; the rest is searched for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .analysis import Analyser, Token
from .records import CODED_FIELDS, SearchQuery
from .vocabulary import FIELD_WORDS, KIND_WORDS, OUTCOME_WORDS

LONGEST_QUERY = 1_000
"""Code points that are read; nobody types more, and a pasted page is cut with a note."""

MOST_WORDS = 24
"""Positions that are looked for; more only slow the answer down."""

SHORTEST_PREFIX = 3
"""Letters a beginning* needs, so that it does not stand for half the dictionary."""

HOME = ZoneInfo("Europe/Warsaw")


@dataclass(frozen=True, slots=True)
class Note:
    """A stable code for something the reader should know of how the query was read, and the words concerned."""

    code: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A position under any of `terms`."""

    terms: frozenset[str]
    is_stop: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Positions one after another, each with any of the given surfaces."""

    surfaces: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """A position whose surface begins with any of `beginnings`."""

    beginnings: tuple[str, ...]


Clause = Word | Phrase | Prefix


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, taken apart but not yet analysed."""

    plain: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    excluded_plain: tuple[str, ...] = ()
    excluded_phrases: tuple[str, ...] = ()
    excluded_prefixes: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    kinds: tuple[str, ...] = ()
    since: datetime | None = None
    before: datetime | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as an engine evaluates it: all of `wanted`, none of `excluded`, the field words, the dates."""

    wanted: tuple[Clause, ...]
    excluded: tuple[Clause, ...] = ()
    fields: tuple[tuple[str, Word], ...] = ()
    kinds: tuple[str, ...] = ()
    since: datetime | None = None
    before: datetime | None = None
    notes: tuple[Note, ...] = field(default=(), compare=False)

    @property
    def essential(self) -> tuple[Clause, ...]:
        """What a record must hold: stop words do not count beside other words."""
        telling = tuple(clause for clause in self.wanted if not (isinstance(clause, Word) and clause.is_stop))
        return telling or self.wanted

    @property
    def asks_nothing(self) -> bool:
        """True where nothing was asked for: no words, no fields, no dates."""
        return not (self.wanted or self.fields or self.kinds or self.since or self.before)


def understand(query: SearchQuery, analyser: Analyser) -> Asked:
    """Read and analyse a query. Bounded in time for whatever was typed."""
    typed = read_query(query.words)
    room = MOST_WORDS
    wanted: list[Clause] = []
    excluded: list[Clause] = []
    dropped = False
    for clauses, phrases, prefixes, plain in (
        (wanted, typed.phrases, typed.prefixes, typed.plain),
        (excluded, typed.excluded_phrases, typed.excluded_prefixes, typed.excluded_plain),
    ):
        for clause in _clauses(phrases, prefixes, plain, analyser, query):
            size = len(clause.surfaces) if isinstance(clause, Phrase) else 1
            if size > room:
                dropped = True
            else:
                room -= size
                if clause not in clauses:
                    clauses.append(clause)
    fields = [
        (name, Word(terms))
        for name, words in typed.fields[:MOST_WORDS]
        for terms in _field_terms(name, words, analyser, query.language)
    ]
    asked = Asked(
        tuple(wanted),
        tuple(excluded),
        tuple(fields[:MOST_WORDS]),
        typed.kinds,
        typed.since,
        typed.before,
        typed.notes + ((Note("too_many_words"),) if dropped else ()),
    )
    if asked.asks_nothing:
        nothing = Note("only_excluded") if excluded else Note("empty_query")
        return replace(asked, notes=(*asked.notes, nothing))
    return asked


def _field_terms(name: str, words: str, analyser: Analyser, language: str | None) -> Iterator[frozenset[str]]:
    if name in CODED_FIELDS:
        yield frozenset({words})
    else:
        yield from (token.terms for token in analyser.query_tokens(words, language))


def _clauses(
    phrases: tuple[str, ...],
    prefixes: tuple[str, ...],
    plain: tuple[str, ...],
    analyser: Analyser,
    query: SearchQuery,
) -> Iterator[Clause]:
    for phrase in phrases:
        tokens = analyser.query_tokens(phrase, query.language)[:MOST_WORDS]
        if tokens:
            yield Phrase(
                tuple(token.surfaces[:1] if query.is_literal else token.surfaces for token in tokens)
            )
    for beginning in prefixes:
        yield Prefix(analyser.prefixes(beginning))
    for run in plain:
        yield from (_word(token) for token in analyser.query_tokens(run, query.language))


def _word(token: Token) -> Word:
    return Word(token.terms, token.is_stop)


_QUOTES = str.maketrans(dict.fromkeys("„”“‟«»＂", '"'))
PIECE = re.compile(
    r"""(?P<sign>(?<!\S)[-−–])?"(?P<phrase>[^"]*)"?"""
    r"""|(?<!\S)(?P<name>[^\W\d_]{2,20}):(?:"(?P<quoted>[^"]*)"?|(?P<value>[^\s"]+))"""
    r"""|(?<!\S)(?P<minus>[-−–]+)(?P<excluded>[^\s"]+)"""
    r"""|(?P<word>[^\s"]+)"""
)
_OPERATORS = frozenset({"AND", "OR", "NOT"})


def read_query(words: str) -> Typed:
    """Take apart what was typed; the analyser sees neighbouring plain words together, so that "art. 5" stays one."""
    text, notes = cleaned(words)
    if text.count('"') % 2:
        notes.append(Note("quote_unbalanced"))
        text = " ".join(text.rsplit('"', 1))  # the words after a quote without a partner are plain words
    runs: dict[bool, list[str]] = {False: [], True: []}
    phrases: dict[bool, list[str]] = {False: [], True: []}
    prefixes: dict[bool, list[str]] = {False: [], True: []}
    fields: list[tuple[str, str]] = []
    kinds: list[str] = []
    dates: dict[str, datetime] = {}
    for match in PIECE.finditer(text):
        if match["phrase"] is not None:
            phrases[bool(match["sign"])].append(match["phrase"].replace("*", " "))
            runs[False].append("\n")
        elif match["name"] and match["name"].lower() in FIELD_WORDS:
            name, value = FIELD_WORDS[match["name"].lower()], match["quoted"] or match["value"] or ""
            if name in ("since", "until"):
                moment = _midnight(value, after=name == "until")
                if moment is None:
                    notes.append(Note("no_such_date", value))
                else:
                    dates[name] = moment
            elif name == "kind" and value.lower() not in KIND_WORDS:
                notes.append(Note("unknown_kind", value))
            elif name == "kind":
                kinds.append(KIND_WORDS[value.lower()])
            elif name == "outcome" and value.lower() not in OUTCOME_WORDS:
                notes.append(Note("unknown_outcome", value))
            elif name == "outcome":
                fields.append((name, OUTCOME_WORDS[value.lower()]))
            else:
                fields.append((name, value))
        else:
            if match["name"]:
                notes.append(Note("unknown_field", match["name"]))
            is_excluded = match["excluded"] is not None
            word = match["excluded"] or match["word"] or match.group().replace(":", " ", 1)
            _take_word(word, is_excluded, runs[is_excluded], prefixes[is_excluded], notes)
    if "since" in dates and "until" in dates and dates["since"] >= dates["until"]:
        notes.append(Note("dates_reversed"))
    return Typed(
        plain=_joined(runs[False]),
        phrases=tuple(phrases[False]),
        prefixes=tuple(prefixes[False]),
        excluded_plain=_joined(runs[True]),
        excluded_phrases=tuple(phrases[True]),
        excluded_prefixes=tuple(prefixes[True]),
        fields=tuple(fields),
        kinds=tuple(kinds),
        since=dates.get("since"),
        before=dates.get("until"),
        notes=tuple(dict.fromkeys(notes)),
    )


def _take_word(word: str, is_excluded: bool, run: list[str], prefixes: list[str], notes: list[Note]) -> None:
    """Put one typed word where it belongs: among the beginnings* or into the run of plain words."""
    if word in _OPERATORS:
        notes.append(Note("operator_ignored", word))
        return
    bare = re.sub(r"[*?]", "", word)
    if word.endswith("*") and bare.isalnum() and word == f"{bare}*":
        if len(bare) >= SHORTEST_PREFIX:
            prefixes.append(bare)
            run.append("\n")
            return
        notes.append(Note("prefix_too_short", word))
    elif "*" in word or "?" in word.rstrip("?"):
        notes.append(Note("wildcard_ignored", word))
    run.append(f"{bare}\n" if is_excluded else bare)


def _joined(words: list[str]) -> tuple[str, ...]:
    return tuple(run for run in (" ".join(words).split("\n")) if run.strip())


def cleaned(words: str) -> tuple[str, list[Note]]:
    """The typed text composed, without invisible characters, with one kind of quotation mark, and not too long."""
    notes = [Note("query_cut")] if len(words) > LONGEST_QUERY else []
    text = unicodedata.normalize("NFC", words[:LONGEST_QUERY]).translate(_QUOTES)
    return "".join(map(_visible_or_space, text)), notes


def _visible_or_space(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Cs", "Cn", "Zl", "Zp"):
        return " "
    return "" if category == "Cf" else character


def _midnight(value: str, *, after: bool) -> datetime | None:
    """The moment a day, month or year written 2026-05-04, 4.05.2026, 2026-05 or 2026 begins, or `after` it ends."""
    if match := re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", value):
        year, month, day = (int(part) if part else None for part in match.groups())
    elif match := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", value):
        day, month, year = (int(part) for part in match.groups())
    else:
        return None
    try:
        first = date(year or 0, month or 1, day or 1)
        if after:
            if day:
                first += timedelta(days=1)
            elif month:
                first = date(first.year + month // 12, month % 12 + 1, 1)
            else:
                first = date(first.year + 1, 1, 1)
        return datetime.combine(first, time(), HOME).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
