"""Joint submissions on the strategy: one that is being put together, and one of two organisations that was sent."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from consult.cli.demo.cast import Cast
from consult.domain.policy.actors import ANONYMOUS, MEMBER, REPRESENTATIVE, SYSTEM, Actor
from consult.services import accounts, organisations, quotations
from consult.services import joint_answers as service
from consult.services.comments import Remark
from consult.services.joint_answers import NewRemark, Settlement
from consult.storage.queries import accounts as account_queries
from consult.storage.queries import joint_answers as queries

REMARKS = (
    (
        "Przejazd trzeba będzie zamówić do godz. 18 poprzedniego dnia",
        "E. K.",
        "Kto rano źle się poczuje, nie zamówi przejazdu dzień wcześniej. U nas połowa osób nie wie wieczorem, czy pojedzie.",
        "Przejazd będzie można zamówić najpóźniej dwie godziny wcześniej",
    ),
    (
        "bus na telefon",
        "Basia z koła",
        "Na telefon, czyli dla tych, którzy mają zasięg. Nad rzeką nie ma.",
        "",
    ),
    (
        "Na początek obejmiemy nią 120 osób",
        "J. M.",
        "Skąd 120? W samej naszej wsi potrzebuje tego trzydzieści osób, a sołectw jest siedemnaście.",
        "",
    ),
    (None, "wolontariuszka", "Dużo ładnych słów. Prosimy o tabelę: ile, kiedy i kto odpowiada.", ""),
    (
        "Każdy przystanek będzie miał wiatę, oświetlenie i rozkład",
        "H. W.",
        "Popieram z całego serca, czekamy na to od lat.",
        "",
    ),
)
"""What members of the foundation wrote with the code: words, name, remark, wording proposed."""

TOGETHER = (
    (
        "zabraknie krzeseł",
        "Krzeseł zabraknie, jeśli zebrania będą wieczorem. Prosimy o zapis, że co drugie zebranie wiejskie jest w sobotę "
        "przed południem i że zapewnia się opiekę nad dziećmi.",
    ),
    (
        "Biblioteka z filiami będzie dowozić książki do domu",
        "Chętnie pomożemy w dowożeniu. Prosimy dopisać, że biblioteka może powierzyć to zadanie organizacjom.",
    ),
)
"""What the joint position says: words and comment."""


def answer_together(cast: Cast, consultation_id: int, slug: str, now: datetime) -> None:
    """The sent one yesterday, the other one since a few days; its code is nobody's, so one makes a new one."""
    _put_together(cast, consultation_id, slug, now)
    _send_as_one(consultation_id, slug, now - timedelta(hours=21))


def _put_together(cast: Cast, consultation_id: int, slug: str, now: datetime) -> None:
    lead, begun = cast.ngo_member, now - timedelta(days=5)
    answer_id = service.begin_answer(lead, consultation_id, cast.ngo, now=begun)
    _person("fundacja.wiceprezeska", "Fundacja A, wiceprezeska", (cast.ngo, MEMBER), begun)
    code = service.make_code(lead, answer_id, now=begun)
    ids = []
    for at, (quote, name, text, proposed) in enumerate(REMARKS):
        moment = begun + timedelta(hours=9 * at + 3)
        remark = _remark(slug, quote, text, moment, proposed)
        ids.append(
            service.write_remark(ANONYMOUS, answer_id, NewRemark(remark, name=name), code=code, now=moment)
        )
    late = now - timedelta(hours=8)
    point = service.adopt_remarks(lead, answer_id, ids[:2], now=late)
    row = queries.find_point(point)
    assert row is not None  # noqa: S101 - made just now
    service.change_point(
        lead,
        answer_id,
        point,
        text="Bus na telefon musi dać się zamówić tego samego dnia i bez telefonu komórkowego: w sklepie, w punkcie wsi "
        "albo u sołtyski lub sołtysa.",
        kind="substantive",
        justification="Co trzecia osoba, którą wspieramy, nie wie wieczorem, czy rano pojedzie do lekarki. W dolinie rzeki "
        "nie ma zasięgu.",
        proposed=row.proposed,
        expected_no=row.no,
        now=late,
    )
    service.set_remark_aside(
        lead,
        answer_id,
        ids[4],
        "Poparcie przekażemy na spotkaniu; tu zbieramy to, co trzeba zmienić.",
        now=late,
    )


def _send_as_one(consultation_id: int, slug: str, at: datetime) -> None:
    first, second = (
        organisations.create_organisation(
            SYSTEM, name=name, slug=address, kind="ngo", now=at - timedelta(days=60)
        )
        for name, address in (
            ("Koło gospodyń wiejskich", "kolo-gospodyn"),
            ("Towarzystwo Doliny Rzeki", "towarzystwo-doliny"),
        )
    )
    chair = _person("kolo", "Koło gospodyń wiejskich, przewodnicząca", (first, REPRESENTATIVE), at)
    other = _person("towarzystwo", "Towarzystwo Doliny Rzeki, zarząd", (second, REPRESENTATIVE), at)
    answer_id = service.begin_answer(chair, consultation_id, first, now=at - timedelta(days=2))
    service.invite_party(chair, answer_id, "towarzystwo-doliny", now=at - timedelta(days=2))
    for quote, text in TOGETHER:
        service.add_point(chair, answer_id, _remark(slug, quote, text, at), now=at - timedelta(days=1))
    settlement = Settlement(
        rule="resolution",
        signed_by="przewodnicząca koła\nskarbniczka koła",
        authority="statut koła, § 14: dwie osoby z zarządu łącznie",
        resolution_no="3/2026",
        resolution_on=(at - timedelta(days=1)).date(),
    )
    service.ask_approval(chair, answer_id, settlement, now=at - timedelta(hours=4))
    revision = queries.get_answer(answer_id).revision
    service.approve_for_party(other, answer_id, second, revision=revision, now=at - timedelta(hours=2))
    service.send_answer(chair, answer_id, revision=revision, now=at)


def _remark(slug: str, quote: str | None, text: str, at: datetime, proposed: str = "") -> Remark:
    found = quotations.find_quote(SYSTEM, slug, quote, nth=1, now=at) if quote else None
    if quote and found is None:
        raise LookupError(quote)
    return Remark(
        text,
        kind="substantive" if found else "general",
        proposed=proposed or None,
        pointings=(found,) if found else (),
    )


def _person(mailbox: str, name: str, membership: tuple[int, str], at: datetime) -> Actor:
    """Somebody who acts in the story and whom nobody signs in as: the password is told to nobody."""
    email = f"{mailbox}@demo.example"
    accounts.create_person(
        SYSTEM, email=email, name=name, password=secrets.token_urlsafe(12), memberships=(membership,), now=at
    )
    row = account_queries.find_person_by_email(email)
    assert row is not None  # noqa: S101 - made just now
    return accounts.actor_of(row)
