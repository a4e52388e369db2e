"""The open book: everything a business recorded as one documented JSON file, and back."""

from retainerdesk.exchange.book.reader import read_as_written, read_book
from retainerdesk.exchange.book.refusals import BookRefused, Refusal
from retainerdesk.exchange.book.writer import FORMAT, VERSION, write_book

__all__ = ["FORMAT", "VERSION", "BookRefused", "Refusal", "read_as_written", "read_book", "write_book"]
