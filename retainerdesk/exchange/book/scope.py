"""What the rows of one account may refer to."""

from __future__ import annotations

from dataclasses import dataclass

from retainerdesk.exchange.book.fields import Fields


@dataclass(frozen=True, slots=True)
class Scope:
    """The account being read: its name, currency, and the ids its rows may name."""

    account_id: str
    currency: str
    person_ids: frozenset[str]
    retainer_ids: frozenset[str]
    contact_ids: frozenset[str]

    def retainer(self, fields: Fields, name: str) -> str | None:
        """An optional reference to a retainer of this account."""
        retainer_id = fields.maybe_identifier(name)
        if retainer_id and retainer_id not in self.retainer_ids:
            fields.refuse(
                name, f"“{retainer_id}” is not a retainer of this account{_known(self.retainer_ids)}."
            )
        return retainer_id

    def check_person(self, fields: Fields, name: str, person_id: str) -> None:
        if person_id and person_id not in self.person_ids:
            fields.refuse(
                name, f"“{person_id}” is not one of the people of this book{_known(self.person_ids)}."
            )

    def check_contacts(self, fields: Fields, name: str, contact_ids: tuple[str, ...]) -> None:
        for index, contact_id in enumerate(contact_ids):
            if contact_id and contact_id not in self.contact_ids:
                sentence = f"“{contact_id}” is not a contact of this account{_known(self.contact_ids)}."
                fields.refusals.add(f"{fields.at(name)}[{index}]", sentence)


def _known(ids: frozenset[str]) -> str:
    if not ids:
        return ", which lists none"
    shown = ", ".join(sorted(ids)[:5])
    return f"; known are {shown}{', …' if len(ids) > 5 else ''}"
