"""What a language has to say: the fields of a table of texts.

Placeholders in braces are filled by the program; legal wording may name the tax by {tax}.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from retainerdesk.domain.account import TaxCategory
from retainerdesk.domain.goodwill import GoodwillKind
from retainerdesk.domain.statement import EntryKind


@dataclass(frozen=True, slots=True)
class Texts:
    """Words of one language, grouped by the document that prints them.

    `cited` is the provision behind a category; `national` those of a country beside it, by country code.
    Every plain string may be overridden by the business.
    """

    invoice: str
    number: str
    date: str
    due: str
    service_period: str
    your_vat_id: str
    your_tax_id: str
    vat_id: str
    tax_id: str
    bill_to: str
    service: str
    period: str
    quantity: str
    price: str
    net: str
    vat: str
    sales_tax: str
    sales_tax_inside: str
    taxed: str
    on_base: str
    total: str
    to_pay: str
    in_your_favour: str
    carried: str
    brought: str
    please_pay: str
    nothing_to_pay: str
    credited: str
    terms_days: str
    terms_day: str
    terms_at_once: str
    void: str
    prices_include: str
    book_tax: str
    chain: str
    page: str
    credit_note: str
    corrects: str
    corrects_of: str
    replaces: str
    replaces_of: str
    reason: str
    labelled: str
    credit_total: str
    credit_void: str
    draft_title: str
    draft_note: str
    draft_mark: str
    withheld: str
    cash_rounding: str
    in_words: str
    please_pay_parts: str
    instalment: str
    scan: str
    scan_first: str
    statement: str
    entry_date: str
    entry_text: str
    amount: str
    balance: str
    opening: str
    closing: str
    closing_favour: str
    open_by_age: str
    unapplied: str
    open_amount: str
    days_late: str
    letter_invoice: str
    interest_row: str
    fixed_sum: str
    interest_law: str
    interest_agreed: str
    fixed_sum_law: str
    goodwill: str
    goodwill_intro: str
    goodwill_total: str
    goodwill_none: str
    goodwill_nothing_due: str
    goodwill_rate: str
    time: str
    worth: str
    entry_kinds: Mapping[EntryKind, str]
    buckets: Mapping[str, str]
    goodwill_kinds: Mapping[GoodwillKind, str]
    untaxed: Mapping[TaxCategory, str]
    wording: Mapping[TaxCategory, str]
    cited: Mapping[TaxCategory, str]
    national: Mapping[str, Mapping[TaxCategory, str]]
