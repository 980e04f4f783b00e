"""Polish inflection measured on gold lemmas (UD Polish PUD): do the forms of a word meet, and only they?

Recall is the share of pairs of distinct forms with a common lemma that share a term; precision the share of pairs
sharing a term that have a common lemma. Both count types, not occurrences, in small letters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

CONTENT = frozenset({"NOUN", "ADJ", "VERB"})

Lemmas = dict[str, set[str]]  # by form
TermsOf = Callable[[str], Collection[str]]


@dataclass(frozen=True, slots=True)
class Meeting:
    recall: float
    precision: float


def lemmas_by_form(path: Path, *, only: Collection[str] = ()) -> Lemmas:
    """The forms of a CoNLL-U file with their gold lemmas; with `only` those of some parts of speech, from 3 letters."""
    lemmas: Lemmas = defaultdict(set)
    for line in path.read_text(encoding="utf-8").splitlines():
        columns = line.split("\t")
        if len(columns) != 10 or not columns[0].isdigit():
            continue
        form, lemma, part = columns[1].lower(), columns[2].lower(), columns[3]
        if form.isalpha() and (not only or (part in only and len(form) > 2)):
            lemmas[form].add(lemma)
    return dict(lemmas)


def forms_meeting(lemmas: Lemmas, terms_of: TermsOf) -> Meeting:
    """Whether the forms of a word find each other."""
    gold = _pairs(lemmas.items())
    found = _pairs((form, terms_of(form)) for form in lemmas)
    return Meeting(len(gold & found) / len(gold), len(gold & found) / max(1, len(found)))


def typed_meeting(lemmas: Lemmas, typed: Callable[[str], str], asked: TermsOf, terms_of: TermsOf) -> Meeting:
    """Whether a form typed in another way (`typed`) finds all other forms of its word."""
    by_lemma = _inverted(lemmas.items())
    by_term = _inverted((form, terms_of(form)) for form in lemmas)
    right = wanted = found = 0
    for form, own in lemmas.items():
        gold = set().union(*(by_lemma[lemma] for lemma in own)) - {form}
        hits = set().union(*(by_term.get(term, ()) for term in asked(typed(form)))) - {form}
        right, wanted, found = right + len(gold & hits), wanted + len(gold), found + len(hits)
    return Meeting(right / wanted, right / max(1, found))


def _inverted(items: Iterable[tuple[str, Collection[str]]]) -> dict[str, set[str]]:
    inverted: dict[str, set[str]] = defaultdict(set)
    for form, names in items:
        for name in names:
            inverted[name].add(form)
    return inverted


def _pairs(items: Iterable[tuple[str, Collection[str]]]) -> set[tuple[str, str]]:
    return {pair for forms in _inverted(items).values() for pair in combinations(sorted(forms), 2)}
