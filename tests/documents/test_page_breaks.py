"""Long invoices go on overleaf: nothing lost, totals never alone, the head and the sum so far repeated."""

from dataclasses import replace

import pytest

from retainerdesk.documents.invoice_pdf import render_invoice
from tests.documents.samples import BUYER, PLAIN, SELLER, invoice, line, pages_of, squeezed


def test_two_hundred_lines_go_on_overleaf_with_head_carry_and_count() -> None:
    """200 lines of 10.00: what a page carries is 10.00 for each line printed so far."""
    lines = [line(f"Item {number:03}", 1000, position=number) for number in range(1, 201)]
    pages = pages_of(render_invoice(invoice(*lines), PLAIN))
    assert len(pages) > 5
    so_far = 0
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        if number > 1 and so_far < 200:
            assert f"Brought forward €{so_far * 10:,}.00" in page
            assert page.count("Quantity") == 1
        so_far += page.count("Item ")
        if so_far < 200:
            assert f"Carried forward €{so_far * 10:,}.00" in page
    assert so_far == 200
    assert pages[-1].count("Carried") == 0


@pytest.mark.parametrize("count", range(1, 45))
def test_totals_are_never_alone_on_a_page(count: int) -> None:
    lines = [line(f"Item {number}", 1000, position=number) for number in range(1, count + 1)]
    pages = pages_of(render_invoice(invoice(*lines), PLAIN))
    last = next(page for page in pages if "To pay" in page)
    assert "Item " in last
    assert "VAT, reverse charge" in last


def test_ten_thousand_characters_wrap_and_nothing_is_lost() -> None:
    words = ("Łódź Ромашка & <Co> " * 500)[:10_000]
    block = "x" * 10_000
    printed = invoice(replace(line(words), details=(block,)))
    printed = replace(printed, buyer=replace(BUYER, name=block), seller=replace(SELLER, name=words))
    pages = pages_of(render_invoice(printed, PLAIN))
    text = squeezed("".join(pages))
    assert text.count("x") >= 20_000
    assert text.count("Ромашка") >= 1000
    assert 15 < len(pages) < 40


def test_a_head_never_stands_alone_at_the_foot_of_a_page() -> None:
    """An address of 1 to 59 lines pushes the table down."""
    for height in range(1, 60):
        buyer = replace(BUYER, address=tuple(f"Floor {floor}" for floor in range(height)))
        pages = pages_of(render_invoice(replace(invoice(line("Item")), buyer=buyer), PLAIN))
        page = next(page for page in pages if "Quantity" in page)
        assert "Item " in page
        assert sum(text.count("Quantity") for text in pages) == 1
