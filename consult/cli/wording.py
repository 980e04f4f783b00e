"""The words of exported tables for commands: Polish, as the offices that run them read."""

from __future__ import annotations

COLUMNS = {
    "row": "Lp.",
    "number": "Nr uwagi",
    "received": "Data wpływu",
    "channel": "Kanał",
    "sender": "Kto zgłosił",
    "capacity": "W czyim imieniu",
    "place": "Część dokumentu i wersja",
    "passage": "Zapis w projekcie",
    "text": "Treść uwagi",
    "proposed": "Proponowane brzmienie",
    "justification": "Uzasadnienie",
    "outcome": "Sposób rozpatrzenia",
    "answer": "Uzasadnienie rozpatrzenia",
    "change": "Miejsce zmiany",
    "responsible": "Kto odpowiada",
    "apart_because": "Dlaczego osobno",
    "apart_decided": "Decyzja",
}
APART_REASONS = {
    "late": "po terminie",
    "unsigned": "bez podpisu",
    "anonymous": "anonimowe",
    "ineligible": "od osoby lub organizacji nieuprawnionej do udziału",
}
STANDINGS = {
    "waiting": "bez decyzji",
    "considered": "rozpatrywane",
    "left_out": "pozostawione bez rozpatrzenia",
}
CHANNELS = {
    "web": "internet",
    "email": "e-mail",
    "paper": "papier",
    "epuap": "ePUAP",
    "edoreczenia": "e-Doręczenia",
    "meeting": "spotkanie",
    "duty": "dyżur",
    "phone": "telefon",
}
CAPACITIES = {
    "resident": "mieszkaniec/mieszkanka",
    "ngo": "organizacja pozarządowa",
    "office": "urząd",
    "council": "rada",
    "institution": "instytucja",
    "business": "firma",
}
OUTCOMES = {
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


class PolishWording:
    """Codes in Polish words."""

    def column(self, code: str) -> str:
        return COLUMNS[code]

    def channel(self, code: str) -> str:
        return CHANNELS.get(code, code)

    def capacity(self, code: str) -> str:
        return CAPACITIES.get(code, code)

    def outcome(self, code: str) -> str:
        return OUTCOMES.get(code, code)

    def whole(self) -> str:
        return "cały dokument"

    def concealed(self, standing: str) -> str:
        return "[czeka na publikację]" if standing == "waiting" else "[treść ukryta przez urząd]"

    def apart_title(self) -> str:
        return "Uwagi wykazywane osobno"

    def apart_reason(self, code: str) -> str:
        return APART_REASONS.get(code, code)

    def standing(self, code: str) -> str:
        return STANDINGS.get(code, code)

    def table_title(self) -> str:
        return "Tabela uwag"

    def change(self, number: int) -> str:
        return f"zmiana {number}"

    def state(self, version_no: int | None, label: str) -> str:
        if version_no is None:
            return "wersja robocza"
        return f"wersja {version_no}, {label}" if label else f"wersja {version_no}"
