"""Invoices, statements and reports as PDF: the only package that knows reportlab."""
