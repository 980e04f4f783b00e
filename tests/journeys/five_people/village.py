"""What the five people are called and write: once in every language, in a place of its own for every run."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image

ASCII = str.maketrans("ąćęłńóśźż", "acelnoszz")


@dataclass(frozen=True)
class Village:
    """A place and what is written in it. Every text is also taken for somebody's words when pages are searched for
    words of another language."""

    place: str
    language: str

    def _either(self, polish: str, english: str) -> str:
        return polish if self.language == "pl" else english

    # --- who --------------------------------------------------------------------------------------------

    @property
    def office(self) -> str:
        return self._either(f"Urząd Gminy {self.place}", f"{self.place} Municipal Office")

    @property
    def association(self) -> str:
        return self._either(f"Stowarzyszenie Sąsiedzi {self.place}", f"{self.place} Neighbours Association")

    @property
    def official(self) -> str:
        return self._either(f"Urzędniczka, {self.place}", f"Official of {self.place}")

    @property
    def representative(self) -> str:
        return self._either(f"Przedstawiciel, {self.place}", f"Representative in {self.place}")

    @property
    def resident(self) -> str:
        return self._either(f"Mieszkanka, {self.place}", f"Resident of {self.place}")

    def address(self, who: str) -> str:
        return f"{who}@{self.place.lower().translate(ASCII)}.example.org"

    # --- what -------------------------------------------------------------------------------------------

    @property
    def document(self) -> str:
        return self._either(f"Strategia rozwoju, {self.place}", f"Strategy for {self.place}")

    @property
    def consultation(self) -> str:
        return self._either(f"Rozmowa o strategii, {self.place}", f"Talk about the strategy of {self.place}")

    @property
    def section(self) -> str:
        return self._either("Zieleń i place", "Green places and squares")

    @property
    def paragraph(self) -> str:
        return self._either(
            "Na każdym placu rosną co najmniej trzy drzewa.", "At least three trees grow in every square."
        )

    @property
    def file(self) -> bytes:
        return f"# {self.document}\n\n## {self.section}\n\n{self.paragraph}\n".encode()

    @property
    def version(self) -> str:
        return self._either("projekt do rozmów", "draft for talks")

    @property
    def summary(self) -> str:
        return self._either("O drzewach i ławkach.", "On trees and benches.")

    @property
    def addressees(self) -> str:
        return self._either("osoby mieszkające w gminie", "everybody who lives in the municipality")

    @property
    def meeting(self) -> str:
        return self._either(f"Spotkanie pod lipą, {self.place}", f"Meeting under the lime tree, {self.place}")

    @property
    def hall(self) -> str:
        return self._either("Świetlica, ul. Główna 1", "Village hall, 1 Main Street")

    @property
    def remark_of_the_association(self) -> str:
        return self._either("Trzy drzewa to za mało.", "Three trees are not enough.")

    @property
    def remark_of_the_resident(self) -> str:
        return self._either("Brakuje ławek przy szkole.", "Benches are missing by the school.")

    @property
    def remark_of_the_guest(self) -> str:
        return self._either("Kto będzie podlewał drzewa?", "Who will water the trees?")

    @property
    def explanation(self) -> str:
        return self._either("Drzewa podlewa gmina.", "The municipality waters the trees.")

    @property
    def reason(self) -> str:
        return self._either("Spotkanie odbędzie się później.", "The meeting will be held later.")

    @property
    def clause(self) -> str:
        return self._either("Dane chronimy przez pięć lat.", "We guard the data for five years.")

    @property
    def access_contact(self) -> str:
        return self._either("SMS pod numer 600 000 000", "A text message to 600 000 000")

    @property
    def decision(self) -> str:
        return self._either("Dane usunięto na prośbę.", "The data were erased as asked.")

    @property
    def written(self) -> set[str]:
        """Everything of the above that stands on pages as text."""
        texts = {
            getattr(self, name)
            for name, kind in vars(type(self)).items()
            if isinstance(kind, property) and name not in ("file", "written")
        }
        return texts | {self.place}


def crest() -> bytes:
    """A picture of 64 by 64 pixels as PNG."""
    content = io.BytesIO()
    Image.new("RGB", (64, 64), (31, 78, 121)).save(content, "PNG")
    return content.getvalue()
