"""People editing sentences at random, for the tests and benchmarks of merging."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from random import Random

SENTENCES = (
    "Gmina prowadzi otwarty konkurs ofert na zadania publiczne.",
    "Ogłoszenie konkursu publikuje się w biuletynie przez co najmniej 21 dni.",
    "Oferty składa się w formie papierowej lub elektronicznej!",
    "Czy oferta jest kompletna, ocenia komisja?",
    "Komisję powołuje wójt, a jej skład podaje do wiadomości.",
    "W skład komisji wchodzą przedstawiciele organizacji pozarządowych.",
    "Udział w pracach komisji jest nieodpłatny (art. 15 ust. 2d ustawy).",
    "Wyniki ogłasza się niezwłocznie po wyborze ofert.",
    "Od wyników nie przysługuje odwołanie.",
    "Umowę zawiera się w terminie 14 dni.",
    "Dotacja nie może finansować działalności gospodarczej.",
    "Sprawozdanie składa się w terminie 30 dni od zakończenia zadania.",
    "Wójt może żądać sprawozdań częściowych; termin wynosi 30 dni.",
    "Kontrolę prowadzi urząd gminy.",
    "W sprawach nieuregulowanych stosuje się ustawę.",
    "Program obowiązuje od 1 stycznia.",
    "Uchwała wchodzi w życie po 14 dniach od ogłoszenia.",
    "Traci moc poprzedni program.",
    "Program podlega ewaluacji.",
    "Raport z ewaluacji przedstawia się radzie do 31 maja.",
)

_SEPARATORS = (" ", " ", " ", "\n\n", "\n\n- ")
_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Text:
    """Sentences and what stands behind each; `None` for one that was taken out."""

    sentences: list[str]
    separators: list[str]

    def written(self, edits: dict[int, str | None]) -> str:
        """The text with some sentences replaced, or taken out together with what stands behind them."""
        parts = []
        for at, (sentence, separator) in enumerate(zip(self.sentences, self.separators, strict=True)):
            now = edits.get(at, sentence)
            if now is not None:
                parts.append(now + separator)
        return "".join(parts)


def text(random: Random, most: int = 14, *, may_repeat: bool = False) -> Text:
    count = random.randint(2, most)
    chosen = random.sample(SENTENCES, count)
    if may_repeat and random.random() < 0.3:
        chosen[random.randrange(count)] = chosen[random.randrange(count)]
    return Text(chosen, [*(random.choice(_SEPARATORS) for _ in range(count - 1)), "\n"])


KINDS = 7
PUTS_BEFORE = 6
"""The edit that puts a new sentence before this one, which is the place behind the sentence before."""


def edited(sentence: str, random: Random, mark: str, kinds: int = KINDS) -> str | None:
    """One person's edit of one sentence; every word put in carries `mark`."""
    words = sentence.split(" ")
    at = random.randrange(len(words))
    match random.randrange(kinds):
        case 0:
            words[at] = f"{mark}zamiast"
        case 1:
            words.insert(at, f"{mark}wstawka i {mark}druga")
        case 2 if len(words) > 2:
            del words[at]
        case 3:
            return f"{mark}Nowe zdanie {mark}zamiast starego."
        case 4:
            return None
        case 5:
            return f"{sentence} {mark}Dodane zdanie po {mark}poprzednim."
        case _:
            return f"{mark}Przed tym {mark}stoi nowe. {sentence}"
    return " ".join(words)


def edits(
    random: Random, written: Text, among: list[int], mark: str, kinds: int = KINDS
) -> dict[int, str | None]:
    return {at: edited(written.sentences[at], random, f"{mark}{at}", kinds) for at in among}


def put_in(base: str, side: str) -> set[str]:
    """The words that stand more often in `side` than in `base`."""
    return set(Counter(_WORD.findall(side)) - Counter(_WORD.findall(base)))


def words_of(*texts: str) -> set[str]:
    return {word for one in texts for word in _WORD.findall(one)}


def unspaced(one: str) -> str:
    return "".join(one.split())
