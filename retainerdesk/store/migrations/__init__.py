"""How a book of an older schema becomes one of this program's. Alembic is imported only then."""
