"""The words printed on comment forms, in Polish and in English; readers know both, and what people make of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormCaptions:
    """`fields` and `asked` are captions by code, `hints` what helps to fill them in, `capacities` and `kinds` the words
    of choices by code."""

    title: str
    how: tuple[str, ...]
    about: str
    who: str
    ways: str
    comments: str
    clause: str
    part: str
    other_part: str
    whole: str
    fields: dict[str, str]
    hints: dict[str, str]
    asked: dict[str, str]
    asked_hints: dict[str, str]
    capacities: dict[str, str]
    kinds: dict[str, str]
    consent: str
    choose: str
    write_here: str
    date: str
    signature: str
    code: str
    code_says: str
    yes: str
    page: str
    of_pages: str
    guide: str
    instruction: str
    pick: str
    facts: dict[str, str]
    channels: dict[str, str]
    version: str
    until: str
    postmark: str


POLISH = FormCaptions(
    title="Formularz zgłaszania uwag",
    how=(
        "Wypełnij tylko te wiersze, w których masz uwagę. Pozostałe zostaw puste.",
        "Jeśli masz kilka uwag do jednej części, dopisz je w wierszach na końcu.",
        "Formularz możesz wydrukować i wypełnić odręcznie. Nie usuwaj kodu na końcu: dzięki niemu uwagi trafią na swoje miejsce.",
    ),
    about="Konsultacje",
    who="Kto zgłasza uwagi",
    ways="Gdzie i do kiedy odesłać formularz",
    comments="Uwagi",
    clause="Co się dzieje z Twoimi danymi osobowymi",
    part="Część dokumentu",
    other_part="Uwaga do całości lub do innej części",
    whole="Cały dokument",
    fields={
        "quote": "Obecny zapis",
        "text": "Treść uwagi",
        "proposed": "Proponowane brzmienie",
        "justification": "Uzasadnienie",
        "kind": "Rodzaj uwagi",
    },
    hints={
        "quote": "słowa dokumentu, których dotyczy uwaga",
        "text": "co należy zmienić, usunąć lub dodać",
        "proposed": "jak ma brzmieć ten zapis",
        "justification": "dlaczego",
        "kind": "wybierz z listy",
    },
    asked={
        "capacity": "W czyim imieniu",
        "organisation": "Nazwa organizacji, urzędu lub firmy",
        "name": "Imię i nazwisko",
        "email": "Adres e-mail",
        "consent": "Zgoda na wiadomości",
    },
    asked_hints={
        "capacity": "wybierz jedno: mieszkaniec lub mieszkanka, organizacja pozarządowa, urząd, rada, instytucja, firma",
        "organisation": "jeśli nie zgłaszasz uwag we własnym imieniu",
        "name": "zobaczą je tylko osoby prowadzące konsultacje",
        "email": "na potwierdzenie i odpowiedź; nieobowiązkowo",
        "consent": "zaznacz, jeśli chcesz dostać potwierdzenie i odpowiedź e-mailem",
    },
    capacities={
        "resident": "mieszkaniec lub mieszkanka",
        "ngo": "organizacja pozarządowa",
        "office": "urząd",
        "council": "rada",
        "institution": "instytucja",
        "business": "firma",
    },
    kinds={
        "substantive": "merytoryczna",
        "editorial": "redakcyjna",
        "question": "pytanie",
        "support": "poparcie",
        "general": "ogólna",
    },
    consent="Tak, proszę o wiadomości na podany adres e-mail. Zgodę mogę wycofać w każdej chwili.",
    choose="wybierz",
    write_here="wpisz tutaj",
    date="Data",
    signature="Podpis (na papierze)",
    code="Kod formularza",
    code_says="Po tym kodzie rozpoznajemy, których konsultacji i której wersji tekstu dotyczy formularz.",
    yes="tak",
    page="Strona",
    of_pages="z",
    guide="Objaśnienia",
    instruction="Jak wypełnić",
    pick="Wybierz z listy albo wpisz numer lub tytuł części; puste pole oznacza cały dokument.",
    facts={
        "document": "Dokument",
        "host": "Organizator",
        "term": "Termin",
        "site": "Na stronie internetowej",
        "contact": "Pytania",
    },
    channels={
        "email": "E-mail",
        "paper": "Pocztą lub osobiście",
        "epuap": "ePUAP",
        "edoreczenia": "e-Doręczenia",
        "meeting": "Na spotkaniu",
        "duty": "Na dyżurze",
        "phone": "Telefonicznie",
    },
    version="{title}, wersja {number}",
    until="do {moment}",
    postmark="w wypadku listu liczy się data stempla pocztowego",
)
ENGLISH = FormCaptions(
    title="Comment form",
    how=(
        "Fill in only the rows in which you have a comment. Leave the others empty.",
        "If you have several comments on one part, add them in the rows at the end.",
        "You may print the form and fill it in by hand. Keep the code at the end: it brings your comments to their place.",
    ),
    about="Consultation",
    who="Who sends comments",
    ways="Where to send the form, and until when",
    comments="Comments",
    clause="What happens to your personal data",
    part="Part of the document",
    other_part="Comment on the whole or on another part",
    whole="The whole document",
    fields={
        "quote": "Present wording",
        "text": "Comment",
        "proposed": "Proposed wording",
        "justification": "Reasons",
        "kind": "Kind of comment",
    },
    hints={
        "quote": "the words of the document you mean",
        "text": "what should be changed, removed or added",
        "proposed": "how it should read",
        "justification": "why",
        "kind": "choose from the list",
    },
    asked={
        "capacity": "In whose name",
        "organisation": "Name of the organisation, office or firm",
        "name": "First name and surname",
        "email": "E-mail address",
        "consent": "Consent to messages",
    },
    asked_hints={
        "capacity": "choose one: resident, non-governmental organisation, office, council, institution, business",
        "organisation": "unless you speak for yourself",
        "name": "only those who run the consultation see it",
        "email": "for the receipt and the answer; not required",
        "consent": "tick it to get the receipt and the answer by e-mail",
    },
    capacities={
        "resident": "resident",
        "ngo": "non-governmental organisation",
        "office": "office",
        "council": "council",
        "institution": "institution",
        "business": "business",
    },
    kinds={
        "substantive": "substantive",
        "editorial": "editorial",
        "question": "question",
        "support": "support",
        "general": "general",
    },
    consent="Yes, please send messages to this e-mail address. I may withdraw my consent at any time.",
    choose="choose",
    write_here="write here",
    date="Date",
    signature="Signature (on paper)",
    code="Code of the form",
    code_says="By this code we know which consultation and which version of the text the form is about.",
    yes="yes",
    page="Page",
    of_pages="of",
    guide="Guide",
    instruction="How to fill it in",
    pick="Choose from the list, or write the number or title of the part; an empty field means the whole document.",
    facts={
        "document": "Document",
        "host": "Host",
        "term": "Term",
        "site": "On the website",
        "contact": "Questions",
    },
    channels={
        "email": "E-mail",
        "paper": "By post or in person",
        "epuap": "ePUAP",
        "edoreczenia": "e-Doręczenia",
        "meeting": "At a meeting",
        "duty": "During duty hours",
        "phone": "By telephone",
    },
    version="{title}, version {number}",
    until="until {moment}",
    postmark="for a letter the date of the postmark counts",
)
LANGUAGES = (POLISH, ENGLISH)


def form_captions(language: str) -> FormCaptions:
    """Polish captions for a Polish text, English ones for any other; `language` is a BCP 47 tag."""
    return POLISH if language.lower().partition("-")[0] in ("pl", "") else ENGLISH


def code_of_words(words: str, choices: str) -> str:
    """The code a printed or typed choice stands for ("capacities", "kinds"), whatever its case; "" for none."""
    said = " ".join(words.split()).casefold()
    for captions in LANGUAGES:
        worded: dict[str, str] = getattr(captions, choices)
        for code, one in worded.items():
            if said in (one.casefold(), code):
                return code
    return ""


_ALSO = {
    "part": (
        "część",
        "część dokumentu",
        "jednostka redakcyjna",
        "miejsce",
        "paragraf",
        "rozdział",
        "part",
        "section",
        "punkt",
    ),
    "quote": (
        "obecny zapis",
        "zapis w projekcie",
        "obecne brzmienie",
        "aktualny zapis",
        "zapis",
        "present wording",
    ),
    "text": ("treść uwagi", "uwaga", "uwagi", "treść", "comment", "comments", "remark"),
    "proposed": (
        "proponowane brzmienie",
        "proponowany zapis",
        "propozycja zmiany",
        "propozycja brzmienia",
        "propozycja zapisu",
        "propozycja",
        "proposed wording",
        "proposal",
    ),
    "justification": ("uzasadnienie", "uzasadnienie uwagi", "dlaczego", "powód", "reasons", "justification"),
    "kind": ("rodzaj uwagi", "rodzaj", "typ", "kind", "kind of comment", "type"),
}


def column_of(heading: str) -> tuple[str, bool]:
    """(code of the column a heading stands for, whether it reads as it was printed); ("", False) for none.

    People shorten and reword headings of tables; what is not known stays unknown rather than guessed.
    """
    said = " ".join(heading.replace("*", " ").replace(":", " ").split()).casefold()
    first = said.split(" (")[0].strip()
    for captions in LANGUAGES:
        printed = {"part": captions.part} | captions.fields
        for code, words in printed.items():
            if first == words.casefold() or said == f"{words} {captions.hints.get(code, '')}".casefold():
                return code, True
    for code, known in _ALSO.items():
        if first in known or said in known:
            return code, False
    return "", False


def asked_of(caption: str) -> str:
    """The code of what is asked about the sender beside a printed caption; "" for any other words."""
    said = " ".join(caption.replace(":", " ").replace("*", " ").split()).casefold()
    for captions in LANGUAGES:
        for code, words in captions.asked.items():
            if said == words.casefold() or said.startswith(f"{words.casefold()} ("):
                return code
    return ""
