"""Numbers of registers are well-formed or refused; how they were typed does not matter."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from consult.domain.errors import InvalidInput
from consult.domain.organisations.identifiers import checked_krs, checked_nip, checked_regon


@pytest.mark.parametrize(
    ("check", "typed", "kept"),
    [
        (checked_krs, "0000123456", "0000123456"),
        (checked_krs, " 123 456 ", "0000123456"),
        (checked_nip, "526-104-08-28", "5261040828"),
        (checked_nip, "PL 5261040828", "5261040828"),
        (checked_regon, "123456785", "123456785"),
        (checked_regon, "12345678512347", "12345678512347"),
        (checked_krs, "", ""),
        (checked_nip, "  ", ""),
        (checked_regon, "-", ""),
    ],
)
def test_a_number_is_kept_as_digits(check: Callable[[str], str], typed: str, kept: str) -> None:
    assert check(typed) == kept


@pytest.mark.parametrize(
    ("check", "typed"),
    [
        (checked_krs, "12345678901"),
        (checked_krs, "0000000000"),
        (checked_krs, "KRS 12"),
        (checked_nip, "5261040829"),
        (checked_nip, "526104082"),
        (checked_nip, "0000000000"),
        (checked_regon, "123456786"),
        (checked_regon, "12345678512348"),
        (checked_regon, "12345678612347"),
        (checked_regon, "000000000"),
        (checked_regon, "1234567850"),
        (checked_nip, "٥٢٦١٠٤٠٨٢٨"),
    ],
)
def test_another_number_is_refused(check: Callable[[str], str], typed: str) -> None:
    with pytest.raises(InvalidInput):
        check(typed)


@pytest.mark.parametrize("check", [checked_nip, checked_regon])
def test_one_wrong_digit_is_always_found(check: Callable[[str], str]) -> None:
    right = "5261040828" if check is checked_nip else "123456785"
    for place, digit in enumerate(right):
        for other in "0123456789":
            if other == digit:
                continue
            wrong = right[:place] + other + right[place + 1 :]
            with pytest.raises(InvalidInput):
                check(wrong)
