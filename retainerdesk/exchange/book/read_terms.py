"""How an account's documents are to be paid: tax withheld, rounding, discount, payment plan, interest."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from retainerdesk.domain.account import PaymentStep, WithholdingRule
from retainerdesk.domain.agreed_interest import agreed_bps
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.instalments import check_plan
from retainerdesk.domain.rounding import check_terms
from retainerdesk.exchange.book.fields import Fields


class DocumentTerms(NamedTuple):
    """The members of an account that say how its documents are to be paid, by their names in `Account`."""

    withholding: WithholdingRule | None
    cash_rounding_minor: int | None
    document_discount_percent: Decimal
    payment_plan: tuple[PaymentStep, ...]
    late_interest_bps: int | None


def read_terms(fields: Fields, currency: str) -> DocumentTerms:
    """The terms of an account, all optional; the smallest coin is an amount of its currency ("0.05")."""
    rule = fields.maybe_child("withholding")
    coin = fields.maybe_money("cash_rounding", currency)
    terms = DocumentTerms(
        withholding=None if rule is None else _read_withholding(rule),
        cash_rounding_minor=None if coin is None else coin.minor,
        document_discount_percent=fields.decimal("document_discount_percent", "0"),
        payment_plan=tuple(_read_step(step) for step in fields.children("payment_plan")),
        late_interest_bps=_read_agreed(fields),
    )
    _check(fields, terms)
    return terms


def _read_withholding(fields: Fields) -> WithholdingRule:
    rule = WithholdingRule(percent=fields.decimal("percent"), reason=fields.text("reason", ""))
    fields.close()
    return rule


def _read_agreed(fields: Fields) -> int | None:
    """Percent a year in the file ("12.5"), basis points in the book."""
    percent = fields.maybe_decimal("late_interest_percent", digits=2)
    try:
        return None if percent is None else agreed_bps(percent)
    except RuleViolation as refused:
        fields.refuse("late_interest_percent", refused.message)
        return None


def _read_step(fields: Fields) -> PaymentStep:
    step = PaymentStep(days=fields.integer("days"), percent=fields.decimal("percent"))
    fields.close()
    return step


def _check(fields: Fields, terms: DocumentTerms) -> None:
    percent = terms.withholding.percent if terms.withholding else None
    try:
        check_terms(percent, terms.cash_rounding_minor, terms.document_discount_percent)
        check_plan(terms.payment_plan, "payment_plan")
    except RuleViolation as refused:
        fields.refuse(refused.field or "withholding", refused.message)
