"""What a start-up must not pay for."""

import subprocess
import sys


def test_opening_a_book_of_this_release_imports_no_alembic(empty_path: object) -> None:
    program = (
        "import sys; from datetime import date; from retainerdesk.store.book_store import open_book;"
        "from retainerdesk.system.clock import FixedClock;"
        f"open_book({str(empty_path)!r}, FixedClock(date(2026, 1, 1))).close();"
        "print([name for name in ('alembic', 'mako', 'PySide6', 'reportlab') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
