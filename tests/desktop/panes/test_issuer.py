"""Issuing on the operations thread: what happened before a failure is seen at once."""

from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.operation_runner import Progress
from retainerdesk.desktop.panes.billing.issuer import Issuer
from retainerdesk.desktop.panes.billing.issuing import IssueAnswer
from retainerdesk.domain.errors import EnvironmentProblem


def fail_half_way(_progress: Progress) -> IssueAnswer:
    raise EnvironmentProblem("The disk is full.")


def test_after_a_failure_everything_is_read_anew(desk: Desk, qtbot: QtBot) -> None:
    """Each invoice is kept by itself: some may be issued, which a page filled before still proposes."""
    page = QWidget()
    qtbot.addWidget(page)
    issuer = Issuer(desk, page, page)
    with qtbot.waitSignals([issuer.done, desk.bus.changed]):
        issuer.issue(fail_half_way, "Issuing invoices")
    (box,) = page.findChildren(QMessageBox)
    assert box.text() == "The disk is full."
    assert not issuer.is_busy
    box.close()
