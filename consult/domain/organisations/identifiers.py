"""Numbers Polish registers give to organisations, checked by their own rules.

A number that passes is well-formed; whether it belongs to the organisation that gives it is for a person to verify.
"""

from __future__ import annotations

import re

from consult.domain.errors import InvalidInput

_BETWEEN = re.compile(r"[\s\u00a0.\-–]+")

NIP_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)
REGON_WEIGHTS = (8, 9, 2, 3, 4, 5, 6, 7)
LONG_REGON_WEIGHTS = (2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8)


def checked_krs(typed: str) -> str:
    """A number of the National Court Register as ten digits; "" for none. Raises InvalidInput.

    Ten digits with zeros in front (ustawa z 20 sierpnia 1997 r. o Krajowym Rejestrze Sądowym and the regulation on
    its keeping); the register gives numbers in turn and appends no check digit, so none is computed. Missing zeros
    in front are filled in, as people leave them out.
    """
    digits = _digits(typed)
    if not digits:
        return ""
    if len(digits) > 10 or not digits.isdecimal() or not digits.isascii() or not int(digits):
        raise InvalidInput("krs", field="krs")
    return digits.zfill(10)


def checked_regon(typed: str) -> str:
    """A REGON of nine digits, or of fourteen for a local unit; "" for none. Raises InvalidInput.

    Last digit: weighted sum of those before modulo 11, where 10 is written 0; the first nine digits of a long number
    are a number themselves (rozporządzenie Rady Ministrów z 30 listopada 2015 r. w sprawie krajowego rejestru
    urzędowego podmiotów gospodarki narodowej, Dz.U. 2015 poz. 2009).
    """
    digits = _digits(typed)
    if not digits:
        return ""
    is_right = (
        digits.isascii()
        and digits.isdecimal()
        and len(digits) in (9, 14)
        and any(digit != "0" for digit in digits)
        and _remainder(digits[:9], REGON_WEIGHTS) % 10 == int(digits[8])
        and (len(digits) == 9 or _remainder(digits, LONG_REGON_WEIGHTS) % 10 == int(digits[13]))
    )
    if not is_right:
        raise InvalidInput("regon", field="regon")
    return digits


def checked_nip(typed: str) -> str:
    """A tax number of ten digits, whatever dashes or PL stood in it; "" for none. Raises InvalidInput.

    Last digit: weighted sum of the nine before modulo 11; a number whose remainder is 10 is never given out
    (ustawa z 13 października 1995 r. o zasadach ewidencji i identyfikacji podatników i płatników).
    """
    digits = _digits(typed).upper().removeprefix("PL")
    if not digits:
        return ""
    is_right = (
        digits.isascii()
        and digits.isdecimal()
        and len(digits) == 10
        and any(digit != "0" for digit in digits)
        and _remainder(digits, NIP_WEIGHTS) == int(digits[9])
    )
    if not is_right:
        raise InvalidInput("nip", field="nip")
    return digits


def _digits(typed: str) -> str:
    return _BETWEEN.sub("", typed)


def _remainder(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11
