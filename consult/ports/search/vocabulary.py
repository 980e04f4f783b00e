"""The words people may type before and after a colon, in both languages."""

from __future__ import annotations

from typing import Final

from .records import KINDS

FIELD_WORDS: Final = {
    "autor": "author",
    "author": "author",
    "organizacja": "organisation",
    "organisation": "organisation",
    "organization": "organisation",
    "sekcja": "section",
    "section": "section",
    "stanowisko": "outcome",
    "outcome": "outcome",
    "rodzaj": "kind",
    "kind": "kind",
    "od": "since",
    "from": "since",
    "since": "since",
    "do": "until",
    "to": "until",
    "until": "until",
}
"""The field words people may type, in both languages, with what they mean."""

FIELD_NAMES: Final = {
    "pl": {
        "author": "autor",
        "organisation": "organizacja",
        "section": "sekcja",
        "kind": "rodzaj",
        "outcome": "stanowisko",
        "since": "od",
        "until": "do",
    },
    "en": {
        "author": "author",
        "organisation": "organisation",
        "section": "section",
        "kind": "kind",
        "outcome": "outcome",
        "since": "from",
        "until": "to",
    },
}
"""By language, the field word that is written where a form puts it into a query."""

KIND_NAMES: Final = {
    "pl": {
        "section_text": "tekst",
        "comment": "uwaga",
        "disposition": "odpowiedź",
        "explanation": "wyjaśnienie",
        "opinion": "opinia",
        "change_note": "zmiana",
        "version": "wersja",
        "document": "dokument",
        "consultation": "konsultacje",
        "announcement": "ogłoszenie",
        "meeting": "spotkanie",
        "meeting_note": "notatka",
        "organisation": "organizacja",
        "group": "grupa",
        "proposal": "propozycja",
        "proposal_reply": "dyskusja",
        "decision": "ustalenie",
        "dissent": "zdanie",
        "collection": "zbiór",
        "host_text": "regulamin",
    },
    "en": {
        "section_text": "text",
        "comment": "comment",
        "disposition": "answer",
        "explanation": "explanation",
        "opinion": "opinion",
        "change_note": "change",
        "version": "version",
        "document": "document",
        "consultation": "consultation",
        "announcement": "announcement",
        "meeting": "meeting",
        "meeting_note": "note",
        "organisation": "organisation",
        "group": "group",
        "proposal": "proposal",
        "proposal_reply": "discussion",
        "decision": "decision",
        "dissent": "dissent",
        "collection": "collection",
        "host_text": "rules",
    },
}
"""By language, the word for each kind of record after ``rodzaj:``."""

KIND_WORDS: Final = {
    "treść": "section_text",
    "tresc": "section_text",
    "teksty": "section_text",
    "uwagi": "comment",
    "odpowiedz": "disposition",
    "odpowiedzi": "disposition",
    "wyjasnienie": "explanation",
    "wyjaśnienia": "explanation",
    "opinie": "opinion",
    "zmiany": "change_note",
    "wersje": "version",
    "dokumenty": "document",
    "konsultacja": "consultation",
    "ogloszenie": "announcement",
    "ogłoszenia": "announcement",
    "spotkania": "meeting",
    "dyżur": "meeting",
    "notatki": "meeting_note",
    "organizacje": "organisation",
    "grupy": "group",
    "propozycje": "proposal",
    "ustalenia": "decision",
    "zdania": "dissent",
    "zbior": "collection",
    "zbiory": "collection",
    "regulaminy": "host_text",
    "klauzula": "host_text",
    **{kind: kind for kind in KINDS},
    **{word: kind for names in KIND_NAMES.values() for kind, word in names.items()},
}
"""What people may type after ``rodzaj:``."""

OUTCOME_NAMES: Final = {
    "accepted": "uwzględniona",
    "partly": "uwzględniona częściowo",
    "rejected": "nieuwzględniona",
    "explained": "wyjaśniona",
    "present": "już w tekście",
    "out_of_scope": "poza zakresem",
    "deferred": "do dalszych prac",
    "noted": "przyjęta do wiadomości",
    "unconsidered": "pozostawiona bez rozpatrzenia",
    "withdrawn": "wycofana",
}
"""The words of each outcome after ``stanowisko:``; the codes themselves serve in English."""

OUTCOME_WORDS: Final = {
    "uwzgledniona": "accepted",
    "częściowo": "partly",
    "czesciowo": "partly",
    "nieuwzgledniona": "rejected",
    "odrzucona": "rejected",
    "wyjasniona": "explained",
    "obecna": "present",
    "zakres": "out_of_scope",
    "odłożona": "deferred",
    "przyjęta": "noted",
    "nierozpatrzona": "unconsidered",
    **{code: code for code in OUTCOME_NAMES},
    **{words: code for code, words in OUTCOME_NAMES.items()},
}
"""What people may type after ``stanowisko:``."""
