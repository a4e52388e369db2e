"""Merging a book file into a book, as a plan first: nothing here writes."""

from retainerdesk.exchange.merge.books import merge_books
from retainerdesk.exchange.merge.parties import invoiced_spans, used_plans
from retainerdesk.exchange.merge.plan import AccountMerge, Merged, MergePlan

__all__ = ["AccountMerge", "MergePlan", "Merged", "invoiced_spans", "merge_books", "used_plans"]
