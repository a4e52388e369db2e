"""Guards the upper bound on PySide6.

A version that loses references to None aborts Python after some thousand calls, which no short test notices.
"""

import sys

from PySide6.QtCore import QObject

CALLS = 1000
TOLERATED = 500


def test_calls_into_qt_do_not_use_up_references_to_none() -> None:
    """PySide6 6.12.0 drops one reference on each void call under Python 3.11: a loss of 1,000 here."""
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        QObject().setObjectName("a")
    assert abs(sys.getrefcount(None) - before) <= TOLERATED
