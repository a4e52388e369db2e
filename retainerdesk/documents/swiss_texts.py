"""The headings of a Swiss QR-bill, word for word as SIX lays them down.

There is none in Spanish: such a page says them in English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SwissTexts:
    """Headings of receipt and payment part. Source: Implementation Guidelines for the QR-bill, Annex D."""

    receipt: str
    payment_part: str
    account: str
    reference: str
    payable_by: str
    payable_by_whom: str
    currency: str
    amount: str
    acceptance_point: str
    additional: str
    separate: str


_ENGLISH = SwissTexts(
    receipt="Receipt",
    payment_part="Payment part",
    account="Account / Payable to",
    reference="Reference",
    payable_by="Payable by",
    payable_by_whom="Payable by (name/address)",
    currency="Currency",
    amount="Amount",
    acceptance_point="Acceptance point",
    additional="Additional information",
    separate="Separate before paying in",
)
_GERMAN = SwissTexts(
    receipt="Empfangsschein",
    payment_part="Zahlteil",
    account="Konto / Zahlbar an",
    reference="Referenz",
    payable_by="Zahlbar durch",
    payable_by_whom="Zahlbar durch (Name/Adresse)",
    currency="Währung",
    amount="Betrag",
    acceptance_point="Annahmestelle",
    additional="Zusätzliche Informationen",
    separate="Vor der Einzahlung abzutrennen",
)
_FRENCH = SwissTexts(
    receipt="Récépissé",
    payment_part="Section paiement",
    account="Compte / Payable à",
    reference="Référence",
    payable_by="Payable par",
    payable_by_whom="Payable par (nom/adresse)",
    currency="Monnaie",
    amount="Montant",
    acceptance_point="Point de dépôt",
    additional="Informations supplémentaires",
    separate="A détacher avant le versement",
)

SWISS_TEXTS: Mapping[str, SwissTexts] = {"en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH, "es": _ENGLISH}
