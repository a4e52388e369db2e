"""The unit of work that use-cases take, by name, for those who only hand it on."""

from retainerdesk.store.unit_of_work import UnitOfWork

__all__ = ["UnitOfWork"]
