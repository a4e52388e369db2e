"""One account, from the shell."""

from __future__ import annotations

import pytest

from tests.cli.books import account, book, plan, retainer
from tests.cli.conftest import Shell


@pytest.mark.parametrize(
    ("code", "fee"),
    [
        ("en", "3,000.00 EUR a month since 1 Jan 2026, invoiced in advance."),
        ("de", "3.000,00 EUR im Monat seit 01.01.2026, im Voraus berechnet."),
        ("fr", "3\u00a0000,00 EUR par mois depuis le 01/01/2026, facturé d’avance."),
        ("es", "3.000,00 EUR al mes desde el 01/01/2026, facturado por adelantado."),
    ],
)
def test_the_agreement_is_said_in_the_language_that_is_asked_for(shell: Shell, code: str, fee: str) -> None:
    acme = account("acme", retainer("advisory", "2026-01-01", plan("2026-01-01", "3000.00")))
    shell.ok("import", shell.write("b.json", book(acme)))
    told = shell.ok("account", "acme", "--language", code, "--json", as_of="2026-02-01").json
    assert told["terms_in_words"][0] == fee
    assert fee in shell.ok("account", "acme", "--language", code, as_of="2026-02-01").out
