"""A letter of dunning as a PDF: what is past due, what the law adds, and until when it should be paid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from retainerdesk.documents.addresses import on_one_line
from retainerdesk.documents.flow import Pages, Row
from retainerdesk.documents.formats import iban_groups
from retainerdesk.documents.layout import BODY, DETAIL, QUIET, STRONG, Desk, InvoiceLayout, desk_for
from retainerdesk.documents.letter import render_letter
from retainerdesk.documents.letter_head import Fact, Letter
from retainerdesk.documents.paragraphs import filled, own_sentence, paragraph
from retainerdesk.documents.table import Column, Table, TableRow
from retainerdesk.domain.account import Account, Business
from retainerdesk.domain.dunning import Debt, DunningStep
from retainerdesk.domain.dunning_words import LetterWords
from retainerdesk.domain.late_interest import AgreedRate, InterestBasis, LateInterest
from retainerdesk.domain.money import Money


@dataclass(frozen=True, slots=True)
class DunningLetter:
    """What one letter asks for: debts of one currency, and the interest of those that bear it.

    `interest` is printed where the step wants interest or the fixed sum; the step says which of the two.
    """

    step: DunningStep
    debts: tuple[Debt, ...]
    interest: tuple[LateInterest, ...] = ()

    @property
    def added(self) -> tuple[tuple[LateInterest, Money], ...]:
        """Interest by invoice, where the step asks for it and there is some."""
        return tuple((each, each.interest) for each in self.interest if self.step.interest and each.interest)

    @property
    def fees(self) -> tuple[tuple[LateInterest, Money], ...]:
        """Fixed sums by invoice, where the step asks for them."""
        return tuple((each, each.fee) for each in self.interest if self.step.fee and each.fee is not None)

    @property
    def total(self) -> Money:
        """What is past due, interest and fixed sums together."""
        parts = [*(debt.past_due for debt in self.debts), *(money for _, money in (*self.added, *self.fees))]
        return sum(parts[1:], start=parts[0])


def render_dunning(
    letter: DunningLetter, seller: Business, buyer: Account, on: date, options: InvoiceLayout
) -> bytes:
    """The letter as PDF, dated `on`; the same values give the same bytes.

    Raises ValueError without a debt, EnvironmentProblem if the fonts are missing.
    """
    if not letter.debts:
        raise ValueError("a letter of dunning names at least one invoice")
    desk = desk_for(seller, buyer, options)
    words = letter.step.words_in(desk.formats.language)
    values = _values(letter, buyer, on, desk)
    title = own_sentence(words.title, values)
    page = Letter(seller, buyer, title, on, _facts(values, on, desk))

    def pour(pages: Pages) -> None:
        for text in words.body.split("\n\n"):
            pages.add(paragraph(filled(text, values), BODY, desk), Row(before=10.0))
        pages.add(Row(before=8.0))
        _table(letter, on, desk).pour(pages)
        pages.add(*_below(letter, seller, desk))

    return render_letter(page, options, desk, pour)


def letter_words(
    letter: DunningLetter, seller: Business, buyer: Account, on: date, options: InvoiceLayout
) -> LetterWords:
    """Title and text as `render_dunning` prints them. Raises as it does."""
    desk = desk_for(seller, buyer, options)
    words, values = letter.step.words_in(desk.formats.language), _values(letter, buyer, on, desk)
    return LetterWords(own_sentence(words.title, values), own_sentence(words.body, values))


def _values(letter: DunningLetter, buyer: Account, on: date, desk: Desk) -> dict[str, str]:
    formats = desk.formats
    first = min(debt.due_on for debt in letter.debts)
    return {
        "number": ", ".join(debt.number for debt in letter.debts),
        "amount": formats.amount(letter.total),
        "due": formats.day(first),
        "days": str((on - first).days),
        "deadline": formats.day(on + timedelta(days=letter.step.deadline_days)),
        "name": buyer.name,
    }


def _facts(values: dict[str, str], on: date, desk: Desk) -> tuple[Fact, ...]:
    texts = desk.texts
    return (
        Fact(texts.date, desk.formats.day(on)),
        Fact(texts.letter_invoice, values["number"]),
        Fact(texts.to_pay, values["amount"], strong=True),
        Fact(texts.due, values["deadline"], strong=True),
    )


def _table(letter: DunningLetter, on: date, desk: Desk) -> Table:
    texts, formats = desk.texts, desk.formats
    columns = (
        Column(texts.letter_invoice, wide=True),
        Column(texts.due),
        Column(texts.days_late, right=True),
        Column(texts.open_amount, right=True),
    )
    rows = [
        TableRow((
            debt.number,
            formats.short_day(debt.due_on),
            str((on - debt.due_on).days),
            formats.amount(debt.past_due),
        ))
        for debt in letter.debts
    ]  # fmt: skip
    rows.extend(row for each, _ in letter.added for row in _interest_rows(each, desk))
    fixed = [
        TableRow((texts.fixed_sum, "", "", formats.amount(fee)), QUIET, spanning=True)
        for _, fee in letter.fees
    ]
    total = TableRow((texts.to_pay, "", "", formats.amount(letter.total)), STRONG)
    return Table(columns, [*rows, *fixed, total], desk)


def _interest_rows(owed: LateInterest, desk: Desk) -> Sequence[TableRow]:
    """A row a span with the same rate and open amount: the reader can compute it again."""
    return [
        TableRow(
            (
                desk.texts.interest_row.format(
                    rate=desk.formats.percent(span.rate_percent),
                    days=span.days.days,
                    period=desk.formats.period(span.days),
                    open=desk.formats.amount(span.open),
                ),
                "",
                "",
                desk.formats.amount(span.amount),
            ),
            QUIET,
            spanning=True,
        )
        for span in owed.spans
    ]


def _below(letter: DunningLetter, seller: Business, desk: Desk) -> list[Row]:
    """Where to pay, by what rule more than the invoice is asked for, and what of it could not be added."""
    rows = [Row(before=14.0)]
    if seller.iban:
        bank = on_one_line(seller.name, iban_groups(seller.iban), seller.bic or "", seller.bank_name or "")
        rows.append(paragraph(bank, QUIET, desk))
    return [*rows, *(paragraph(text, DETAIL, desk, before=8.0) for text in _reasons(letter, desk))]


def _reasons(letter: DunningLetter, desk: Desk) -> Iterable[str]:
    """By what law or agreement interest and fixed sums are asked for, each said once."""
    texts = desk.texts
    said = [_basis_words(each.basis, desk) for each, _ in letter.added]
    for each, _ in letter.fees:
        basis = each.basis
        if not isinstance(basis, AgreedRate):
            said.append(_basis_words(basis, desk))
        elif basis.law is not None:
            said.append(texts.fixed_sum_law.format(law=basis.law.name))
    return dict.fromkeys(said)


def _basis_words(basis: InterestBasis, desk: Desk) -> str:
    if isinstance(basis, AgreedRate):
        return desk.texts.interest_agreed.format(rate=desk.formats.percent(basis.percent))
    return desk.texts.interest_law.format(law=basis.name, reference=basis.reference.name)
