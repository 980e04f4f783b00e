"""A document whose every letter is used once, so that where it came from needs no reckoning: it came with the change
that first used it. Acts on it go as the services do them; the runs are kept beside, and the letters hold them to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from consult.domain.consolidation.provenance import LEAST_LINE, Known, Went, trace_change
from consult.domain.merging.threeway import merge
from consult.domain.text.spans import Span

FIRST_LETTER = 0x4E00
"""The first of twenty thousand letters, each of which can be told from every other."""

MARKS = " \n#."


@dataclass
class Drafted:
    """Sections as they stand (removed ones are kept apart), every text they had, and the first use of each letter."""

    chance: Random
    standing: dict[str, Known] = field(default_factory=dict)
    gone: dict[str, Known] = field(default_factory=dict)
    texts: list[tuple[str, Known, Known | None]] = field(default_factory=list)
    first_used: dict[str, int] = field(default_factory=dict)
    copied: set[str] = field(default_factory=set)
    number: int = 0
    letters: int = 0

    def change(
        self,
        after: Mapping[str, str],
        *,
        went: Sequence[Went] = (),
        brought: Mapping[str, Known] | None = None,
        removed: Sequence[str] = (),
    ) -> None:
        """Record one change, and what it used first."""
        self.number += 1
        for source in after.values():
            for letter in source:
                if letter not in MARKS:
                    self.first_used.setdefault(letter, self.number)
        givers = {move.giver for move in went}
        touched = {*after, *removed, *givers} & self.standing.keys()
        traced = trace_change(
            self.number,
            before={section: self.standing[section] for section in touched},
            after=after,
            went=went,
            brought=brought,
            removed=removed,
        )
        for section in removed:
            self.gone[section] = self.standing.pop(section)
        for section, runs in traced.items():
            known = Known(after[section], runs)
            self.texts.append((section, known, self.standing.get(section)))
            self.standing[section] = known
            self.gone.pop(section, None)
        uses = Counter(letter for known in self.standing.values() for letter in known.source)
        self.copied |= {letter for letter, count in uses.items() if count > 1}

    def wrong(self) -> list[str]:
        """Letters whose runs do not name the change that first used them. Of what an undo brought back beside its
        copy it is open which of the two is the first."""
        return [
            f"{section}@{at}: {origin} instead of {self.first_used[letter]}"
            for section, known in self.standing.items()
            for at, (letter, origin) in enumerate(zip(known.source, spread(known), strict=True))
            if letter not in MARKS and letter not in self.copied and origin != self.first_used[letter]
        ]

    # What people do

    def word(self) -> str:
        length = self.chance.randint(2, 5)
        self.letters += length
        first = FIRST_LETTER + self.letters
        return "".join(chr(first - number) for number in range(length, 0, -1))

    def sentence(self, words: int = 0) -> str:
        return " ".join(self.word() for _ in range(words or self.chance.randint(3, 14))) + "."

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(self.chance.randint(1, 4)))

    def begin(self) -> None:
        self.change({f"s{number}": self.text() for number in range(3)})

    def text(self) -> str:
        blocks = [f"## {self.word()}", *(self.paragraph() for _ in range(self.chance.randint(1, 4)))]
        return "\n\n".join(blocks) + "\n\n"

    def edited(self, text: str) -> str:
        """A text with a few words put in, taken out and replaced."""
        words = text.split(" ")
        for _ in range(self.chance.randint(1, 4)):
            at = self.chance.randrange(1, max(2, len(words)))  # never before the sign of a heading
            kind = self.chance.choice(("put in", "take out", "replace"))
            if kind == "put in":
                words.insert(at, " ".join(self.word() for _ in range(self.chance.randint(1, 12))))
            elif len(words) > 4 and "\n" not in words[at]:
                words[at : at + 1] = [self.word()] if kind == "replace" else []
        return " ".join(words)

    def act(self) -> None:
        """One thing somebody does, by chance."""
        acts = (
            self.save,
            self.save_at_once,
            self.split,
            self.split_while_editing,
            self.join,
            self.move_paragraph,
            self.move_between,
            self.undo,
            self.restore,
            self.remove,
            self.bring_back,
            self.redefine,
            self.add,
        )
        self.chance.choice(acts)()

    def some(self) -> str:
        return self.chance.choice(sorted(self.standing))

    def save(self) -> None:
        section = self.some()
        self.change({section: self.edited(self.standing[section].source)})

    def save_at_once(self) -> None:
        """Two people edit the same text; the second save takes the first in."""
        section = self.some()
        base = self.standing[section].source
        self.change({section: self.edited(base)})
        merged = merge(base, self.edited(base), self.standing[section].source)
        if not merged.conflicts:
            self.change({section: merged.text})

    def add(self) -> None:
        if len(self.standing) < 8:
            self.change({f"s{self.number + 10}": self.text()})

    def redefine(self) -> None:
        """A text is rendered anew because a footnote elsewhere changed: its source stays."""
        section = self.some()
        self.change({section: self.standing[section].source})

    def split(self) -> None:
        section = self.some()
        source = self.standing[section].source
        if (at := source.find("\n\n", 2)) < 0 or at + 2 >= len(source) or len(self.standing) > 8:
            return
        new = f"s{self.number + 10}"
        heading = f"## {self.word()}\n\n"
        went = Went(section, Span(at + 2, len(source)), new, len(heading))
        self.change({section: source[: at + 2], new: heading + source[at + 2 :]}, went=[went])

    def split_while_editing(self) -> None:
        """A heading typed into a text of which words are changed at the same time."""
        section = self.some()
        source = self.standing[section].source
        if (at := source.rfind("\n\n", 0, -2)) < 0 or len(self.standing) > 8:
            return
        new = f"s{self.number + 10}"
        kept, taken = self.edited(source[: at + 2]), self.edited(source[at + 2 :])
        went = Went(section, Span(at + 2, len(source)), new, 0)
        self.change({section: kept, new: f"## {self.word()}\n\n{taken}"}, went=[went])

    def join(self) -> None:
        if len(self.standing) < 2:
            return
        first, second = self.chance.sample(sorted(self.standing), 2)
        head, tail = self.standing[first].source, self.standing[second].source
        went = Went(second, Span(0, len(tail)), first, len(head))
        self.change({first: head + tail}, went=[went], removed=[second])

    def move_paragraph(self) -> None:
        """A long paragraph cut and pasted within its section."""
        section = self.some()
        blocks = self.standing[section].source.split("\n\n")
        long = [at for at, block in enumerate(blocks) if block.count(" ") >= 9]
        if long and len(blocks) > 2 and all(len(block) >= LEAST_LINE for block in blocks[1:-1]):
            block = blocks.pop(self.chance.choice(long))
            blocks.insert(self.chance.randrange(1, len(blocks)), block)
            self.change({section: "\n\n".join(blocks)})

    def move_between(self) -> None:
        """A long paragraph cut from one section and pasted into another in one revision."""
        if len(self.standing) < 2:
            return
        giver, taker = self.chance.sample(sorted(self.standing), 2)
        blocks = self.standing[giver].source.split("\n\n")
        long = [at for at, block in enumerate(blocks) if block.count(" ") >= 9]
        if long and len(blocks) > 2:
            block = blocks.pop(self.chance.choice(long))
            pasted = f"{self.standing[taker].source}{block}\n\n"
            self.change({giver: "\n\n".join(blocks), taker: pasted})

    def undo(self) -> None:
        """Take one save back, leaving what came after."""
        section, after, before = self.chance.choice(self.texts)
        if before is None or section not in self.standing:
            return
        merged = merge(after.source, before.source, self.standing[section].source)
        if not merged.conflicts and merged.text.strip():
            self.change({section: merged.text}, brought={section: before})

    def restore(self) -> None:
        section, earlier, _ = self.chance.choice(self.texts)
        if section in self.standing:
            self.change({section: earlier.source}, brought={section: earlier})

    def remove(self) -> None:
        if len(self.standing) > 2:
            self.change({}, removed=[self.some()])

    def bring_back(self) -> None:
        if self.gone:
            section = self.chance.choice(sorted(self.gone))
            earlier = self.gone[section]
            self.change({section: earlier.source}, brought={section: earlier})


def spread(known: Known) -> list[int]:
    """The origin of every code point of a text."""
    return [run.origin for run in known.runs for _ in range(run.length)]
