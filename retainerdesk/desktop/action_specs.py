"""Everything the window can do, as data. Menus, shortcuts and the command palette are built from it."""

from __future__ import annotations

from retainerdesk.desktop.action_spec import (
    ActionSpec,
    always,
    idle,
    redoable,
    showing_account,
    undoable,
    with_account,
    writable,
)
from retainerdesk.desktop.billing_specs import BILLING_SPECS

SPECS: tuple[ActionSpec, ...] = (
    ActionSpec("file.add_account", "&New account…", "user-plus", "accounts.new_account", "Ctrl+N", writable),
    ActionSpec("file.open_book", "&Open book…", "folder-open", "files.open_book", "Ctrl+O"),
    ActionSpec("file.import_files", "&Import…", "import", "files.import_files", "Ctrl+I", idle),
    ActionSpec("file.export_book", "&Export book…", "download", "files.export_book", "", always),
    ActionSpec(
        "file.export_invoice", "Export invoice as &PDF…", "file-text", "files.export_invoice", "Ctrl+Shift+P"
    ),
    ActionSpec("file.back_up_book", "&Back up…", "archive", "files.back_up", "Ctrl+Shift+B"),
    ActionSpec(
        "file.show_backups",
        "Bac&kups…",
        "history",
        "backups.show_backups",
        words="automatic rotation restore preview pin verify",
    ),
    ActionSpec("file.restore_book", "&Restore…", "archive-restore", "files.restore", "", idle),
    ActionSpec(
        "file.move_book",
        "&Move to another machine…",
        "monitor",
        "backups.move",
        words="computer portable zip sealed passphrase",
    ),
    ActionSpec(
        "file.open_moved",
        "Open a mo&ved book…",
        "package",
        "files.open_moved",
        words="computer portable zip sealed passphrase",
    ),
    ActionSpec(
        "file.check_book",
        "&Check the book…",
        "shield-check",
        "integrity.check",
        words="integrity damaged verify repair audit chain",
    ),
    ActionSpec(
        "file.protect_book",
        "Pro&tect this book…",
        "lock",
        "protection.protect",
        words="encrypt password key recovery phrase",
    ),
    ActionSpec("file.change_settings", "&Settings…", "settings", "files.settings", "Ctrl+,", writable),
    ActionSpec(
        "file.change_rates",
        "E&xchange rates…",
        "coins",
        "files.rates",
        "",
        writable,
        words="currency currencies foreign convert",
    ),
    ActionSpec("file.quit_program", "&Quit", "log-out", "view.quit", "Ctrl+Q"),
    ActionSpec("edit.undo_edit", "&Undo", "undo-2", "edit.undo", "Ctrl+Z", undoable),
    ActionSpec("edit.redo_edit", "&Redo", "redo-2", "edit.redo", "Ctrl+Shift+Z", redoable),
    ActionSpec(
        "account.log_call",
        "Log &call…",
        "phone",
        "accounts.log_call",
        "Ctrl+L",
        with_account,
        words="meeting",
    ),
    ActionSpec("account.add_note", "&Note…", "sticky-note", "accounts.note", "Ctrl+Shift+N", with_account),
    ActionSpec(
        "account.add_work",
        "&Work…",
        "timer",
        "accounts.work",
        "Ctrl+Shift+W",
        with_account,
        words="hours time",
    ),
    ActionSpec(
        "account.add_action",
        "&Action…",
        "square-check",
        "accounts.action",
        "Ctrl+Shift+A",
        with_account,
        words="task to do next",
    ),
    ActionSpec(
        "account.add_decision", "&Decision…", "gavel", "accounts.decision", "Ctrl+Shift+D", with_account
    ),
    ActionSpec(
        "account.attach_file",
        "A&ttach file…",
        "paperclip",
        "accounts.attach",
        "Ctrl+Shift+F",
        with_account,
        words="document",
    ),
    ActionSpec("account.add_charge", "One-off c&harge…", "coins", "accounts.charge", "", with_account),
    ActionSpec("account.add_expense", "E&xpense…", "wallet", "accounts.expense", "", with_account),
    ActionSpec(
        "account.add_retainer",
        "New &retainer…",
        "handshake",
        "accounts.new_retainer",
        "",
        with_account,
        words="agreement",
    ),
    ActionSpec(
        "account.sell_block",
        "&Sell a block…",
        "package",
        "accounts.sell_block",
        "",
        with_account,
        words="prepaid hours sessions package",
    ),
    ActionSpec(
        "account.add_deposit",
        "New de&posit…",
        "wallet",
        "accounts.deposit",
        "",
        with_account,
        words="up front advance prepayment",
    ),
    ActionSpec(
        "account.end_retainer",
        "End a retainer ear&ly…",
        "calendar-x",
        "accounts.end_retainer",
        "",
        with_account,
        words="exit settlement leave",
    ),
    ActionSpec(
        "account.make_goodwill",
        "&Goodwill statement…",
        "handshake",
        "accounts.goodwill",
        enabled_when=showing_account,
        words="absorbed written down out of scope given free",
    ),
    ActionSpec(
        "account.change_account", "&Edit account…", "pencil", "accounts.edit_account", "Ctrl+E", with_account
    ),
    *BILLING_SPECS,
    ActionSpec("view.show_today", "&Today", "sun", "view.show_today", "Ctrl+1"),
    ActionSpec("view.show_accounts", "&Accounts", "users", "view.show_accounts", "Ctrl+2"),
    ActionSpec("view.show_billing", "&Billing", "receipt-text", "view.show_billing", "Ctrl+3"),
    ActionSpec(
        "view.find_in_book",
        "&Find in the whole book…",
        "search",
        "view.find_in_book",
        "Ctrl+F",
        words="search text notes",
    ),
    ActionSpec("view.open_palette", "Search or &do anything…", "search", "view.open_palette", "Ctrl+K"),
    ActionSpec("view.use_light", "&Light", "sun", "view.use_light", choice="theme", words="theme colours"),
    ActionSpec("view.use_dark", "&Dark", "moon", "view.use_dark", choice="theme", words="theme colours"),
    ActionSpec(
        "view.use_system",
        "As the &system",
        "monitor",
        "view.use_system",
        choice="theme",
        words="theme colours",
    ),
    ActionSpec("help.read_handbook", "&Handbook", "book-open", "help.handbook", "F1", words="manual"),
    ActionSpec("help.list_shortcuts", "&Keyboard shortcuts", "keyboard", "help.shortcuts", "Ctrl+/"),
    ActionSpec("help.show_about", "&About RetainerDesk", "info", "help.about"),
)


def spec_of(action_id: str) -> ActionSpec:
    """The spec of that id; KeyError if there is none."""
    return _BY_ID[action_id]


_BY_ID = {spec.id: spec for spec in SPECS}
