"""What the hosts of the demonstration say of themselves: their look, contact and standing texts."""

from __future__ import annotations

from datetime import datetime

from consult.cli.demo.cast import Cast
from consult.cli.demo.moments import FOLDER, text_of
from consult.domain.organisations.declarations import Declaration
from consult.services.hosts.look import Contact, change_contact, change_crest, change_look
from consult.services.hosts.standing_texts import publish_declaration, publish_text


def furnish_hosts(cast: Cast, at: datetime) -> None:
    """Give both hosts a crest, a colour, a contact, rules, a clause, a privacy notice and a declaration."""
    day = at.date().isoformat()
    for actor, slug, accent, crest, contact in (
        (cast.city_official, "urzad-miasta", "#1f4e79", "crest-city.png", _CITY),
        (cast.village_official, "gmina-wiejska", "#1b6336", "crest-village.png", _VILLAGE),
    ):
        change_crest(actor, slug, (FOLDER / crest).read_bytes(), now=at)
        change_look(actor, slug, accent=accent, now=at)
        change_contact(actor, slug, contact, now=at)
        host = "Urząd Miasta, Rynek 1" if slug == "urzad-miasta" else "Gmina Wiejska, ul. Szkolna 2"
        for kind in ("rules", "clause", "privacy"):
            publish_text(actor, slug, kind, text_of(f"host-{kind}.md").replace("GOSPODARZ", host), now=at)
        publish_declaration(
            actor,
            slug,
            Declaration(
                status="partly",
                site_on=day,
                changed_on=day,
                prepared_on=day,
                reviewed_on=day,
                method="self",
                judged_by="",
                contact="koordynatorka dostępności",
                email="dostepnosc@miasto.example" if slug == "urzad-miasta" else "dostepnosc@gmina.example",
                phone=contact.phone,
                not_accessible="Część skanów dołączonych do starszych dokumentów nie ma warstwy tekstowej.",
                procedure="Brak dostępności można zgłosić pod adresem podanym wyżej. Odpowiadamy w ciągu 7 dni, a gdy "
                "potrzeba więcej czasu, w ciągu 2 miesięcy. Skargę można złożyć do Rzecznika Praw Obywatelskich.",
                building="Wejście bez progu od strony podwórza, winda na każde piętro, toaleta na parterze. Można wejść "
                "z psem asystującym.",
                interpreter="Tłumaczenie na polski język migowy zapewniamy na prośbę zgłoszoną 3 dni robocze wcześniej.",
            ),
            now=at,
        )


_CITY = Contact(
    phone="22 555 01 20",
    duty_address="Rynek 1, Biuro Dialogu, pokój 12",
    duty_hours="od poniedziałku do piątku, od godz. 8.00 do 16.00, w środy do 18.00",
    bip="https://bip.miasto.example",
)
_VILLAGE = Contact(
    phone="24 555 04 04",
    duty_address="ul. Szkolna 2, pokój 4",
    duty_hours="od poniedziałku do piątku, od godz. 7.30 do 15.30, w środy do 18.00",
    e_delivery="AE:PL-00000-00000-AAAAA-00",
    bip="https://bip.gmina.example",
)
