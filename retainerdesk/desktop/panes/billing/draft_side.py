"""The right side of the drafts: which draft, what changed since it was kept, and its page."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.formatting import house_style
from retainerdesk.desktop.models.drafts_model import changed_words
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.desktop.panes.billing.preview_desk import PreviewDesk
from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.page_preview import PagePreview
from retainerdesk.desktop.widgets.text import data_label
from retainerdesk.services.issue_drafts import DraftView


class DraftSide(QWidget):
    """Shows one draft, or a sentence while there is none."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("The chosen draft")
        self.title = data_label("", "heading", elide=True)
        self.facts = data_label("", "muted", wrap=True)
        self.obstacle = data_label("", "body", tone="warn", wrap=True)
        self.page = PagePreview()
        self.preview = PreviewDesk(desk, self.page)
        self.preview.say_nothing("Choose a draft to see its page")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING.small)
        for label in (self.title, self.facts, self.obstacle):
            column.addWidget(label)
        column.addWidget(self.page, 1)
        self.show_draft(None)

    def show_draft(self, view: DraftView | None) -> None:
        """Show another draft; None for none."""
        self.title.set_text(f"{in_sentence(view.account_name)} · draft {view.draft.id}" if view else "")
        self.facts.set_text(draft_facts(view) if view else "")
        self.obstacle.set_text(obstacle_words(view) if view else "")
        self.title.setVisible(view is not None)
        self.facts.setVisible(bool(self.facts.full_text))
        self.obstacle.setVisible(bool(self.obstacle.full_text))
        self.preview.show_draft(view.state if view else None)


def draft_facts(view: DraftView) -> str:
    """What is special about a draft: its note."""
    return f"Note: {view.draft.note}" if view.draft.note else ""


def obstacle_words(view: DraftView) -> str:
    """Why a draft cannot be issued as it stands, a line for each difference."""
    if not view.state.has_changed:
        words = house_style(view.obstacle)
        return f"{words[:1].upper()}{words[1:]}." if words else ""
    changed = [each for each in view.state.lines if each.has_changed]
    lines = [f"{each.line.text}: {changed_words(each)}" for each in changed[:4]]
    more = [f"and {len(changed) - 4} more"] if len(changed) > 4 else []
    return "\n".join(["Changed since it was kept; Refresh takes it over.", *lines, *more])
