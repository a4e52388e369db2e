"""RetainerDesk: the retainers, hours, invoices and renewals of a one-person business, in one book."""

__version__ = "0.1.0"
