"""What a password must be: long, and nothing a stranger would try first.

Length is what counts; rules about digits and signs only make people choose worse ones (NIST SP 800-63B, 5.1.1.2).
Refused are the person's own name and address, and what stands at the top of every list of stolen passwords.
"""

from __future__ import annotations

import re
import unicodedata

from consult.domain.errors import InvalidInput

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
"""Code points."""

SHORTEST_LIKENESS = 4
"""Parts of a name or address shorter than this may stand in a password."""

_OFTEN_STOLEN = """
password1234 password12345 password123456 password123! passwordpassword password2025 password2026 mypassword123
passw0rd1234 welcome12345 welcome123456 administrator administrator1 administrator123 adminadmin123 admin1234567
letmeinplease letmein12345 iloveyou1234 iloveyou12345 trustno1trustno1 changeme1234 changeme12345 changemeplease
qwertyuiop12 qwertyuiop123 qwertyuiop1234 qwertyuiopasdf qwertyuiopasdfghjkl qwertyqwerty qwerty123456
qwerty1234567 qwerty12345678 qwerty123qwerty 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i 1qaz2wsx3edc
1qaz2wsx3edc4rfv 1qazxsw23edc qazwsxedcrfv zaq12wsxcde3 zaq12wsxzaq12wsx zaq1xsw2cde3 asdfghjkl123 asdfghjkl1234
zxcvbnm12345 zxcvbnmasdfghjkl abcdefghijkl abcdefghijklm abcd12345678 abc123456789 a1b2c3d4e5f6 aa1234567890
football1234 baseball1234 superman1234 sunshine1234 princess1234 computer1234 internet1234 samsung12345
pokemon12345 starwars1234 michael12345 charlie12345 jennifer1234 mustang12345 liverpool123 manchester123
haslohaslo12 haslohaslo123 haslo1234567 haslo12345678 haslo123456789 mojehaslo123 tajnehaslo123 trudnehaslo1
silnehaslo12 dlugiehaslo1 bezpiecznehaslo nowehaslo123 zmienhaslo12 administrator12 polskapolska polska123456
polska1234567 polska12345678 polskagola12 warszawa1234 warszawa12345 legiawarszawa lechpoznan1922 krakow123456
wislakrakow1 gdansk123456 poznan123456 wroclaw12345 katowice1234 kochamcie123 kochamcie1234 kochampolske
kasiakasia12 mateusz12345 mateusz123456 agnieszka123 agnieszka1234 katarzyna123 katarzyna1234 malgorzata12
aleksandra12 aleksandra123 aleksander12 bartosz12345 damian123456 marcin123456 monika123456 karolina1234
karolinka123 michal123456 lukasz123456 tomasz123456 piotrek12345 dupadupa1234 misiaczek123 kochanie1234
slonecznik123 samsung123456 komputer1234 konsultacje1 konsultacje12 konsultacje123 konsultacje2025
konsultacje2026 consultconsult consult12345 urzadmiasta1 urzadmiasta123 urzadgminy123
"""
_COMMON = frozenset(_OFTEN_STOLEN.split())

_ROWS = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertyuiop[]asdfghjkl;'zxcvbnm,./",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
)
_REPEATED = re.compile(r"(.{1,6}?)\1+.{0,5}", re.DOTALL)


def prepared(password: str) -> str:
    """A password in the one form it is hashed in: keyboards and systems write the same letter in two ways."""
    return unicodedata.normalize("NFC", password)


def check_password(password: str, *, email: str = "", name: str = "", field: str = "password") -> None:
    """Raises InvalidInput for a password that is too short, too long, the person's own name or address, or common."""
    password = prepared(password)
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise InvalidInput(
            "password_length" if len(password) < SHORTEST_PASSWORD else "password_long",
            field=field,
            shortest=SHORTEST_PASSWORD,
            longest=LONGEST_PASSWORD,
        )
    folded = password.casefold()
    if _is_about(folded, email, name):
        raise InvalidInput("password_like_you", field=field)
    if _is_common(folded):
        raise InvalidInput("password_common", field=field)


def _is_about(folded: str, email: str, name: str) -> bool:
    """Whether hardly anything is left once the person's own words are taken out."""
    own = {email.casefold(), *re.split(r"[@.]", email.casefold()), *name.casefold().split()}
    rest = folded
    for word in sorted(own, key=len, reverse=True):
        if len(word) >= SHORTEST_LIKENESS:
            rest = rest.replace(word, "")
    return rest != folded and len(rest) < SHORTEST_PASSWORD // 2


def _is_common(folded: str) -> bool:
    plain = re.sub(r"[\W_]+", "", folded)
    return (
        folded in _COMMON
        or plain in _COMMON
        or plain.rstrip("0123456789") in _COMMON
        or _REPEATED.fullmatch(folded) is not None
        or any(plain and (plain in row or plain in row[::-1]) for row in _ROWS)
    )
