"""What the hosts of the demonstration say of their consultations."""

from __future__ import annotations

from consult.services.consultations.details import Details

DETAILS = {
    "standards": Details(
        purpose="Chcemy sprawdzić, czy standardy są zrozumiałe, czy terminy są możliwe do dotrzymania i czego w nich "
        "brakuje. Każda uwaga dostanie odpowiedź z uzasadnieniem.",
        addressees="organizacje pozarządowe działające w mieście\nmieszkanki i mieszkańcy\njednostki Miasta",
        fields=("cooperation", "rights"),
        area="całe miasto",
        local_rule="uchwała Rady Miasta w sprawie zasad i trybu przeprowadzania konsultacji",
        forms=("written", "meeting", "duty"),
        channels={
            "email": "konsultacje@miasto.example",
            "paper": "Urząd Miasta, Rynek 1, Biuro Dialogu, pokój 12",
            "epuap": "/UrzadMiasta/SkrytkaESP",
            "phone": "22 555 01 20",
        },
        reading_place="Biuro Dialogu, Rynek 1, pokój 12, w godzinach pracy Urzędu",
        contact="Biuro Dialogu, tel. 22 555 01 20",
    ),
    "strategy": Details(
        purpose="Strategia mówi, co będzie w gminie najważniejsze przez dziesięć lat. Zanim Rada Gminy ją uchwali, "
        "chcemy usłyszeć, co w niej jest niepotrzebne, czego brakuje i co jest niejasne.",
        addressees="mieszkanki i mieszkańcy\norganizacje, sołectwa i przedsiębiorcy\nsąsiednie gminy\nWody Polskie",
        fields=("space", "transport", "environment"),
        easy_href="https://gmina.example/strategia/tekst-latwy",
        sign_href="https://gmina.example/strategia/pjm",
        area="cała gmina, siedemnaście sołectw",
        forms=("written", "meeting", "duty", "oral"),
        channels={
            "email": "strategia@gmina.example",
            "paper": "Urząd Gminy, ul. Szkolna 2, sekretariat",
            "edoreczenia": "AE:PL-00000-00000-AAAAA-00",
            "duty": "Urząd Gminy, pokój 4, w środy od godz. 15.00 do 18.00",
            "phone": "24 555 04 04",
        },
        reading_place="sekretariat Urzędu Gminy, biblioteka i świetlice wiejskie",
        contact="sekretarz Gminy, tel. 24 555 04 04",
    ),
    "programme": Details(
        addressees="organizacje pozarządowe prowadzące działalność na terenie gminy",
        fields=("cooperation",),
        area="cała gmina",
        local_rule="uchwała Rady Gminy w sprawie sposobu konsultowania z organizacjami projektów aktów prawa miejscowego",
        forms=("written", "meeting"),
        channels={"email": "organizacje@gmina.example", "paper": "Urząd Gminy, ul. Szkolna 2, sekretariat"},
        contact="sekretarz Gminy, tel. 24 555 04 04",
    ),
    "premises": Details(
        purpose="Zasady obowiązują od jedenastu lat i nikt nie jest z nich zadowolony. Proponujemy krótszą drogę do "
        "lokalu i jasny podział kosztów remontu.",
        addressees="organizacje pozarządowe\ngrupy nieformalne\nwspólnoty mieszkaniowe w budynkach z lokalami Miasta",
        fields=("cooperation", "housing"),
        area="całe miasto",
        local_rule="uchwała Rady Miasta w sprawie zasad i trybu przeprowadzania konsultacji",
        forms=("written", "meeting"),
        channels={
            "email": "konsultacje@miasto.example",
            "paper": "Urząd Miasta, Rynek 1, Biuro Dialogu, pokój 12",
        },
        contact="Biuro Dialogu, tel. 22 555 01 20",
    ),
}
