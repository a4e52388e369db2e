"""Everything the window can do, as data. Menus, shortcuts and the command palette are built from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ActionContext:
    """What decides whether an action can be used now. `account_id` is the account on screen, if any."""

    account_id: str | None = None
    can_undo: bool = False
    can_redo: bool = False
    is_read_only: bool = False
    is_busy: bool = False


EnabledWhen = Callable[[ActionContext], bool]


def always(_context: ActionContext) -> bool:
    """Usable at any time."""
    return True


def writable(context: ActionContext) -> bool:
    """Usable while the book may be changed."""
    return not context.is_read_only


def with_account(context: ActionContext) -> bool:
    """Usable while an account is on screen and the book may be changed."""
    return context.account_id is not None and not context.is_read_only


def showing_account(context: ActionContext) -> bool:
    """Usable while an account is on screen."""
    return context.account_id is not None


def idle(context: ActionContext) -> bool:
    """Usable while the book may be changed and no operation is under way."""
    return not context.is_read_only and not context.is_busy


def undoable(context: ActionContext) -> bool:
    """Usable while there is an edit to take back."""
    return context.can_undo


def redoable(context: ActionContext) -> bool:
    """Usable while there is an edit to do again."""
    return context.can_redo


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing the window can do.

    `id` is "area.verb_noun". `text` carries its mnemonic (&) and is never data. `slot` is
    "controller.method". `shortcut` is portable ("Ctrl+K"), empty for none. `choice` makes it one of a group
    of which one is on.
    """

    id: str
    text: str
    icon: str
    slot: str
    shortcut: str = ""
    enabled_when: EnabledWhen = always
    choice: str = ""
    words: str = ""

    @property
    def plain_text(self) -> str:
        """The text without its mnemonic."""
        return self.text.replace("&", "")


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
    ActionSpec(
        "billing.issue_invoices",
        "&Issue invoices…",
        "receipt-text",
        "billing.issue_invoices",
        "Ctrl+Return",
        idle,
    ),
    ActionSpec(
        "billing.record_payment",
        "Record &payment…",
        "banknote",
        "billing.record_payment",
        "Ctrl+P",
        with_account,
        words="paid money received",
    ),
    ActionSpec(
        "billing.show_register",
        "&Register of documents",
        "list-checks",
        "billing.show_register",
        "Ctrl+Shift+R",
        words="issued invoices list credit notes",
    ),
    ActionSpec(
        "billing.show_drafts",
        "&Kept drafts",
        "file-pen-line",
        "billing.show_drafts",
        words="proposals edit merge split before issuing",
    ),
    ActionSpec(
        "billing.show_owed",
        "Owe&d by account",
        "hourglass",
        "billing.show_owed",
        "Ctrl+Shift+O",
        words="ageing receivables overdue open balances DSO who owes",
    ),
    ActionSpec(
        "billing.write_letter",
        "Dunnin&g letter…",
        "mail",
        "billing.write_letter",
        enabled_when=with_account,
        words="reminder notice overdue",
    ),
    ActionSpec(
        "billing.make_statement",
        "&Statement of account…",
        "notebook-text",
        "billing.make_statement",
        enabled_when=with_account,
    ),
    ActionSpec(
        "billing.run_dunning",
        "Du&nning run…",
        "send",
        "billing.run_dunning",
        enabled_when=idle,
        words="reminders letters overdue",
    ),
    ActionSpec(
        "billing.change_late_rates",
        "La&te interest rates…",
        "percent",
        "billing.change_late_rates",
        enabled_when=writable,
        words="statutory ECB Bundesbank base rate",
    ),
    ActionSpec(
        "billing.decide_overage",
        "Decide &overage…",
        "scale",
        "billing.decide_overage",
        enabled_when=writable,
        words="hours bill absorb carry goodwill",
    ),
    ActionSpec(
        "billing.close_periods",
        "C&lose periods…",
        "lock",
        "billing.close_periods",
        words="closing lock month end late work difference",
    ),
    ActionSpec(
        "billing.credit_invoice",
        "&Credit note…",
        "receipt",
        "billing.credit_invoice",
        enabled_when=writable,
        words="correct invoice cancel reduce",
    ),
    ActionSpec(
        "billing.void_document",
        "&Void…",
        "ban",
        "billing.void_document",
        enabled_when=writable,
        words="cancel invoice",
    ),
    ActionSpec(
        "billing.write_off_invoice",
        "&Write off…",
        "trending-down",
        "billing.write_off_invoice",
        enabled_when=writable,
        words="uncollectable bad debt",
    ),
    ActionSpec(
        "billing.apply_credit", "&Apply credit…", "link", "billing.apply_credit", enabled_when=writable
    ),
    ActionSpec(
        "billing.refund_credit",
        "Re&fund…",
        "send",
        "billing.refund_credit",
        enabled_when=writable,
        words="pay back",
    ),
    ActionSpec(
        "billing.export_register",
        "&Export register as CSV…",
        "download",
        "billing.export_register",
        words="spreadsheet list table",
    ),
    ActionSpec("view.show_today", "&Today", "sun", "view.show_today", "Ctrl+1"),
    ActionSpec("view.show_accounts", "&Accounts", "users", "view.show_accounts", "Ctrl+2"),
    ActionSpec("view.show_billing", "&Billing", "receipt-text", "view.show_billing", "Ctrl+3"),
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
