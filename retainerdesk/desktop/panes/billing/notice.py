"""The notice over the billing screen: what was done or stands in the way, and what can follow."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.desktop.panes.billing.issuing import result_words
from retainerdesk.desktop.theme.tokens import Tone
from retainerdesk.desktop.widgets.banner import Banner, BannerAction
from retainerdesk.services.drafts import DraftRunResult
from retainerdesk.services.issue_invoices import IssueResult


class Notice(QObject):
    """At most one banner in its place.

    Signals: `acted(key)` when one of its buttons was pressed; the banner is gone then.
    """

    acted = Signal(str)

    def __init__(self, place: QVBoxLayout, parent: QWidget) -> None:
        super().__init__(parent)
        self._place = place
        self._parent = parent
        self._banner: Banner | None = None

    def show(self, text: str, tone: Tone, *actions: BannerAction) -> None:
        """Show another notice instead of the one before."""
        self.clear()
        self._banner = Banner(text, tone, actions, parent=self._parent)
        self._banner.acted.connect(self._act)
        self._banner.closed.connect(self.clear)
        self._place.addWidget(self._banner)

    def clear(self) -> None:
        """Put the notice aside."""
        if self._banner is not None:
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None

    def _act(self, key: str) -> None:
        self.clear()
        self.acted.emit(key)


def warning_words(warnings: tuple[str, ...]) -> str:
    """What cannot be printed, said before anything is issued."""
    shown = "\n".join(warnings[:4])
    more = f"\nand {len(warnings) - 4} more" if len(warnings) > 4 else ""
    return f"Nothing was issued yet. {shown}{more}"


def kept_words(result: DraftRunResult) -> str:
    """What was kept as drafts, and why some was not."""
    count = len(result.drafts)
    parts = ["1 kept as a draft" if count == 1 else f"{count} kept as drafts"]
    parts += [f"{len(result.parked)} parked"] if result.parked else []
    parts += ["stopped before the end"] if result.cancelled else []
    reasons = "\n".join(f"{in_sentence(each.account_name)}: {each.reason}" for each in result.parked[:4])
    return "\n".join(part for part in (", ".join(parts) + "; nothing is issued.", reasons) if part)


def report_words(result: IssueResult) -> str:
    """What was issued, and why some was not."""
    reasons = "\n".join(f"{in_sentence(each.account_name)}: {each.reason}" for each in result.parked[:4])
    fixed = "What is issued is put right by credit notes and voids." if result.issued else ""
    return "\n".join(part for part in (result_words(result), reasons, fixed) if part)
