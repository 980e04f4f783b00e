"""What an office announces about a consultation, composed from its record in the words offices use.

Announcements are acts of Polish offices and therefore Polish, whatever language the reader of the site chose. Nothing
here knows a name: an announcement is signed by the body that makes it, and whoever signs the paper adds the rest.
Everything a person typed is put in as plain words, so that a star or a bracket in an address stays one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from consult.domain.process.windows import WARSAW


class Act(StrEnum):
    """What the announcement is: a notice, an order, or the protocol of a consultation in which nobody commented."""

    NOTICE = "notice"
    ORDER = "order"
    PROTOCOL = "protocol"


MONTHS = (
    "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca",
    "lipca", "sierpnia", "września", "października", "listopada", "grudnia",
)  # fmt: skip

FORMS = {
    "written": "zbieranie uwag na piśmie i drogą elektroniczną",
    "oral": "zbieranie uwag ustnych, które spisujemy do protokołu",
    "meeting": "otwarte spotkania",
    "debate": "debata",
    "workshop": "warsztaty",
    "walk": "spacer studyjny",
    "survey": "ankieta",
    "interview": "wywiady",
    "panel": "rozmowy z grupą przedstawicielską",
    "duty": "dyżury, podczas których można porozmawiać i zgłosić uwagę",
}
CHANNELS = {
    "paper": "na piśmie, pod adresem",
    "email": "pocztą elektroniczną, na adres",
    "epuap": "przez ePUAP, na adres skrytki",
    "edoreczenia": "przez e-Doręczenia, na adres",
    "duty": "osobiście i ustnie",
    "phone": "telefonicznie, pod numerem",
}
FACTS = {
    "title": "tytuł",
    "summary": "opis w skrócie",
    "purpose": "cel konsultacji",
    "addressees": "kogo dotyczą konsultacje",
    "area": "obszar",
    "local_rule": "podstawa lokalna",
    "channels": "sposoby zgłaszania uwag",
    "reading_place": "miejsce wyłożenia tekstu",
    "contact": "kontakt",
    "easy_href": "tekst łatwy do czytania",
    "sign_href": "nagranie w języku migowym",
    "fields": "dziedziny",
    "erratum": "sprostowanie",
    "closes_at": "koniec konsultacji",
}

_SPECIAL = re.compile(r"[\\`*_\[\]<>|#~^$&{}!]")
_BEGINS_BLOCK = re.compile(r"^(\s*\d+)([.)])|^(\s*)([-+=:])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class MeetingFact:
    """A meeting as it is announced; `came` is how many people came, None while nobody has counted."""

    title: str
    starts_at: datetime
    ends_at: datetime
    where: str
    is_cancelled: bool = False
    came: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What an announcement is composed of. Days are dates, moments aware; addresses are complete."""

    title: str
    document_title: str
    version_no: int
    host: str
    source: str
    opens_at: datetime
    closes_at: datetime
    announced_on: date
    decides: str
    counted_from: str
    given_days: int
    report_title: str
    local_rule: str = ""
    summary: str = ""
    purpose: str = ""
    area: str = ""
    addressees: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    channels: tuple[tuple[str, str], ...] = ()
    meetings: tuple[MeetingFact, ...] = ()
    reading_place: str = ""
    contact: str = ""
    address: str = ""
    clause_address: str = ""
    report_due: date | None = None


@dataclass(frozen=True, slots=True)
class Composed:
    """An announcement ready to be published: heading and Markdown."""

    title: str
    source: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who announces: the body ("Wójt Gminy"), the number of its act where it has one."""

    body: str = ""
    number: str = ""


# --- words -------------------------------------------------------------------------------------------------------


def literal(text: str) -> str:
    """Words as Markdown that shows exactly them: signs that would mean something become their numbers."""

    def numbered(found: re.Match[str]) -> str:
        return f"&#{ord(found[0])};"

    def at_line_start(found: re.Match[str]) -> str:
        before, sign = (found[1], found[2]) if found[2] else (found[3], found[4])
        return f"{before}&#{ord(sign)};"

    return _BEGINS_BLOCK.sub(at_line_start, _SPECIAL.sub(numbered, text.strip()))


def one_line(text: str) -> str:
    return literal(" ".join(text.split()))


def day_words(day: date) -> str:
    """4 maja 2026 r."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year} r."


def moment_words(at: datetime) -> str:
    """4 maja 2026 r., godz. 9.00, by the clocks of Warsaw."""
    local = at.astimezone(WARSAW)
    return f"{day_words(local.date())}, godz. {local.hour}.{local.minute:02d}"


def end_words(closes_at: datetime) -> str:
    """The end as people name it: midnight is 23.59 of the day before."""
    local = closes_at.astimezone(WARSAW)
    is_midnight = (local.hour, local.minute) == (0, 0)
    return moment_words(closes_at - timedelta(minutes=1) if is_midnight else closes_at)


def days_words(count: int) -> str:
    return "1 dzień" if count == 1 else f"{count} dni"


def _paragraphs(text: str) -> list[str]:
    parts = (part for part in re.split(r"\n\s*\n", text.strip()) if part.strip())
    return [re.sub(r" *\n", "  \n", literal(part)) for part in parts]


def _list(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _link(address: str) -> str:
    return f"<{address}>"


# --- parts -------------------------------------------------------------------------------------------------------


def _basis(facts: Facts) -> str:
    also = f" ({one_line(facts.local_rule)})" if facts.local_rule.strip() else ""
    return f"Na podstawie {facts.source}{also}"


def _term(facts: Facts) -> list[str]:
    said = [
        f"Konsultacje trwają **od {moment_words(facts.opens_at)}, do {end_words(facts.closes_at)}** "
        "(czas obowiązujący w Polsce).",
    ]
    start, kind = (
        (facts.opens_at.astimezone(WARSAW).date(), "rozpoczęcia konsultacji")
        if facts.counted_from == "opening"
        else (facts.announced_on, "ogłoszenia")
    )
    said.append(
        f"Od dnia {kind} ({day_words(start)}), którego się nie wlicza, termin liczy {days_words(facts.given_days)}."
    )
    said.append(
        "Przy liście wysłanym pocztą o zachowaniu terminu rozstrzyga data stempla pocztowego."
        if facts.decides == "postmark"
        else "O zachowaniu terminu rozstrzyga dzień, w którym uwaga do nas wpłynęła."
    )
    return said


def _ways(facts: Facts) -> list[str]:
    ways = []
    if facts.address:
        ways.append(f"przez internet, na stronie konsultacji: {_link(facts.address)}")
    ways += [f"{CHANNELS[code]}: {one_line(said)}" for code, said in facts.channels if code in CHANNELS]
    return ways


def _meeting(meeting: MeetingFact) -> str:
    ends = meeting.ends_at.astimezone(WARSAW)
    where = f"; {one_line(meeting.where)}" if meeting.where else ""
    when = f"{moment_words(meeting.starts_at)}–{ends.hour}.{ends.minute:02d}"
    said = f"{when}: {one_line(meeting.title)}{where}"
    if meeting.is_cancelled:
        return f"{said} (odwołane)"
    if meeting.came is not None:
        said += f" (liczba osób: {meeting.came})"
    return said


def _parts(parts: Sequence[tuple[str, Sequence[str]]], *, as_order: bool) -> list[str]:
    """Headed parts of a notice, or the paragraphs (§) of an order."""
    blocks: list[str] = []
    for number, (heading, said) in enumerate((part for part in parts if part[1]), start=1):
        blocks.append(f"## § {number}. {heading}" if as_order else f"## {heading}")
        blocks += said
    return blocks


def _signed(signature: Signature, facts: Facts) -> str:
    return f"**{one_line(signature.body or facts.host)}**"


# --- whole announcements -----------------------------------------------------------------------------------------


def compose_opening(
    facts: Facts, *, act: Act = Act.NOTICE, introduction: str = "", signature: Signature = Signature()
) -> Composed:
    """The announcement that a consultation is held: `introduction` are the host's own first words."""
    body = one_line(signature.body or facts.host)
    is_order = act is Act.ORDER
    what = f"konsultacje dokumentu „{one_line(facts.document_title)}” (wersja {facts.version_no})"
    opening = (
        f"{_basis(facts)} zarządza się, co następuje:"
        if is_order
        else f"{_basis(facts)} {body} ogłasza {what}."
    )
    subject = [*([f"Przeprowadza się {what}."] if is_order else []), *_paragraphs(facts.summary)]
    subject += _paragraphs(facts.purpose)
    if facts.area.strip():
        subject.append(f"Obszar: {one_line(facts.area)}.")
    reading = [f"w internecie: {_link(facts.address)}"] if facts.address else []
    if facts.reading_place.strip():
        reading.append(f"na papierze: {one_line(facts.reading_place)}")
    due = f" w terminie do {day_words(facts.report_due)}" if facts.report_due else "."
    clause = (
        [
            f"Jak przetwarzamy dane osób, które zgłaszają uwagi, mówi klauzula informacyjna: {_link(facts.clause_address)}"
        ]
        if facts.clause_address
        else []
    )
    parts: list[tuple[str, Sequence[str]]] = [
        ("Przedmiot i cel", subject),
        (
            "Do kogo są skierowane",
            [_list([one_line(one) for one in facts.addressees])] if facts.addressees else [],
        ),
        ("Termin", _term(facts)),
        ("Formy", [_list([FORMS[code] for code in facts.forms if code in FORMS])] if facts.forms else []),
        ("Jak zgłosić uwagę", [_list(_ways(facts))] if _ways(facts) else []),
        ("Spotkania i dyżury", [_list([_meeting(one) for one in facts.meetings])] if facts.meetings else []),
        ("Gdzie przeczytać tekst", [_list(reading)] if reading else []),
        ("Kontakt", _paragraphs(facts.contact)),
        ("Dane osobowe", clause),
        (
            "Co dalej",
            [
                f"Na każdą uwagę odpowiemy i podamy powody. {facts.report_title[:1].upper()}{facts.report_title[1:]} "
                f"ukaże się na stronie konsultacji{due}"
            ],
        ),
    ]
    blocks = [
        *_paragraphs(introduction),
        opening,
        *_parts(parts, as_order=is_order),
        _signed(signature, facts),
    ]
    number = f" nr {' '.join(signature.number.split())}" if signature.number.strip() else ""
    head = f"Zarządzenie{number} w sprawie konsultacji" if is_order else f"Ogłoszenie{number} o konsultacjach"
    return Composed(f"{head}: {facts.title}", "\n\n".join(blocks) + "\n")


def compose_change(
    facts: Facts,
    kind: str,
    *,
    reason: str,
    details: Sequence[tuple[str, str, str]] = (),
    signature: Signature = Signature(),
) -> Composed:
    """The announcement of an extension, a correction or a cancellation, with its reason; `kind` is its code."""
    body = one_line(signature.body or facts.host)
    about = f"konsultacji dokumentu „{one_line(facts.document_title)}” (wersja {facts.version_no})"
    blocks: list[str]
    if kind == "extended":
        before = next((old for name, old, _ in details if name == "closes_at"), "")
        was = f" Poprzedni termin upływał {end_words(datetime.fromisoformat(before))}." if before else ""
        head = "Ogłoszenie o przedłużeniu konsultacji"
        blocks = [
            f"{body} przedłuża termin {about}.",
            f"Uwagi można zgłaszać **do {end_words(facts.closes_at)}** (czas obowiązujący w Polsce).{was}",
            "Pozostałe warunki się nie zmieniają, a uwagi już zgłoszone pozostają ważne.",
        ]
    elif kind == "cancelled":
        head = "Ogłoszenie o odwołaniu konsultacji"
        blocks = [
            f"{body} odwołuje konsultacje dokumentu „{one_line(facts.document_title)}” (wersja {facts.version_no}).",
            "Nowych uwag już nie przyjmujemy. Uwagi, które wpłynęły, zachowują swoje numery i można je czytać "
            "na stronie konsultacji.",
        ]
    else:
        head = "Sprostowanie ogłoszenia o konsultacjach"
        blocks = [f"{body} prostuje dane {about}."]
        blocks += [_corrected(name, old, new) for name, old, new in details]
        blocks.append("Konsultowany tekst i termin się nie zmieniają.")
    blocks += ["## Powód", *_paragraphs(reason)]
    if facts.address:
        blocks.append(f"Strona konsultacji: {_link(facts.address)}")
    blocks.append(_signed(signature, facts))
    return Composed(f"{head}: {facts.title}", "\n\n".join(blocks) + "\n")


def _corrected(name: str, old: str, new: str) -> str:
    label = FACTS.get(name, name)
    if name == "erratum":
        return f"**Sprostowanie:** {one_line(new)}"
    was = one_line(old) or "(nie podano)"
    return f"**{label[:1].upper()}{label[1:]}.** Było: {was}. Jest: {one_line(new) or '(usunięto)'}."


def compose_protocol(facts: Facts, *, closing: str = "", signature: Signature = Signature()) -> Composed:
    """The protocol of a consultation in which nobody commented: its course, and the host's closing words."""
    ways = [one for one in _ways(facts) if one]
    parts: list[tuple[str, Sequence[str]]] = [
        (
            "Przedmiot i podstawa",
            [
                f"{_basis(facts)} przeprowadzono konsultacje dokumentu „{one_line(facts.document_title)}” "
                f"(wersja {facts.version_no}).",
                *_paragraphs(facts.summary),
            ],
        ),
        (
            "Przebieg",
            [
                f"Konsultacje ogłoszono {day_words(facts.announced_on)} Trwały od {moment_words(facts.opens_at)}, "
                f"do {end_words(facts.closes_at)}.",
                *(["Uwagi można było zgłaszać:", _list(ways)] if ways else []),
                *(
                    ["Formy konsultacji:", _list([FORMS[code] for code in facts.forms if code in FORMS])]
                    if facts.forms
                    else []
                ),
            ],
        ),
        ("Spotkania i dyżury", [_list([_meeting(one) for one in facts.meetings])] if facts.meetings else []),
        ("Wynik", ["W terminie konsultacji **nie wpłynęła żadna uwaga**.", *_paragraphs(closing)]),
    ]
    blocks = [*_parts(parts, as_order=False), _signed(signature, facts)]
    return Composed(f"Protokół z konsultacji: {facts.title}", "\n\n".join(blocks) + "\n")
