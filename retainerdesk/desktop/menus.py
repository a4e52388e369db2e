"""The menu bar, as data: titles and the ids of actions, None for a line between."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QMenuBar

from retainerdesk.desktop.action_builder import Actions


@dataclass(frozen=True, slots=True)
class MenuSpec:
    """One menu; `title` carries its mnemonic."""

    title: str
    entries: tuple[str | None, ...]


MENUS: tuple[MenuSpec, ...] = (
    MenuSpec(
        "&File",
        (
            "file.add_account",
            "file.open_book",
            None,
            "file.import_files",
            "file.export_book",
            "file.export_invoice",
            None,
            "file.show_backups",
            "file.back_up_book",
            "file.restore_book",
            "file.move_book",
            "file.open_moved",
            "file.check_book",
            "file.protect_book",
            None,
            "file.change_settings",
            "file.change_rates",
            None,
            "file.quit_program",
        ),
    ),
    MenuSpec("&Edit", ("edit.undo_edit", "edit.redo_edit", None, "view.find_in_book", "view.open_palette")),
    MenuSpec(
        "&Account",
        (
            "account.log_call",
            "account.add_note",
            "account.add_work",
            "account.add_action",
            "account.add_decision",
            "account.add_charge",
            "account.add_expense",
            "account.attach_file",
            None,
            "account.add_retainer",
            "account.sell_block",
            "account.add_deposit",
            "account.end_retainer",
            "account.make_goodwill",
            "account.change_account",
        ),
    ),
    MenuSpec(
        "&Billing",
        (
            "billing.issue_invoices",
            "billing.show_drafts",
            "billing.record_payment",
            "billing.decide_overage",
            "billing.close_periods",
            None,
            "billing.show_owed",
            "billing.write_letter",
            "billing.make_statement",
            "billing.run_dunning",
            "billing.change_late_rates",
            None,
            "billing.show_register",
            "billing.export_register",
            None,
            "billing.credit_invoice",
            "billing.void_document",
            "billing.write_off_invoice",
            None,
            "billing.apply_credit",
            "billing.refund_credit",
        ),
    ),
    MenuSpec(
        "&View",
        (
            "view.show_today",
            "view.show_accounts",
            "view.show_billing",
            None,
            "view.use_light",
            "view.use_dark",
            "view.use_system",
        ),
    ),
    MenuSpec("&Help", ("help.read_handbook", "help.list_shortcuts", None, "help.show_about")),
)


def build_menus(bar: QMenuBar, actions: Actions) -> None:
    """Fill the menu bar."""
    for spec in MENUS:
        menu = bar.addMenu(spec.title)
        for entry in spec.entries:
            if entry is None:
                menu.addSeparator()
            else:
                menu.addAction(actions[entry])
