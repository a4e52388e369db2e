"""Style rules for what shows: windows, menus, lists, tables, headers, bars, labels."""

SURFACES = """
QMainWindow, QDialog, QWizard { background: $panel; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QFrame[surface="panel"] { background: $panel; }
QFrame[surface="background"] { background: $background; }
QFrame[surface="card"] { background: $panel; border: 1px solid $line; border-radius: 6px; }
QFrame[hairline="true"] { background: $line; border: none; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QStatusBar { background: $panel; color: $muted; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $muted; }
QToolBar {
    background: $panel; border: none; border-bottom: 1px solid $line; spacing: 4px; padding: 4px 12px;
}
QToolTip { background: $panel; color: $text; border: 1px solid $line; padding: 4px 6px; }
QGroupBox { border: none; margin-top: 24px; padding: 0; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; top: 4px; color: $muted; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { background: transparent; }
QTabBar::tab {
    background: transparent; color: $muted; border: none; border-bottom: 2px solid transparent;
    padding: 6px 8px; margin-right: 8px;
}
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $accent; border-bottom-color: $accent; }
QTabBar::tab:focus { border: 1px solid $accent; border-radius: 4px; }
QTabBar::tab:disabled { color: $disabled; }
QProgressBar { background: $chip; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QScrollArea { background: transparent; border: none; }
"""

BANNERS = """
QFrame[banner] { border: none; border-radius: 6px; }
QFrame[banner="neutral"] { background: $chip; }
QFrame[banner="accent"] { background: $accent_weak; }
QFrame[banner="good"] { background: $good_weak; }
QFrame[banner="warn"] { background: $warn_weak; }
QFrame[banner="bad"] { background: $bad_weak; }
QFrame[banner] QPushButton, QFrame[banner] QToolButton {
    background: transparent; border-color: transparent;
}
QFrame[banner] QPushButton:hover, QFrame[banner] QToolButton:hover { background: $panel; }
QFrame[banner] QPushButton:focus, QFrame[banner] QToolButton:focus { border-color: $accent; }
QFrame[banner="neutral"] QPushButton, QFrame[banner="accent"] QPushButton { color: $accent; }
QFrame[banner="good"] QPushButton { color: $good; }
QFrame[banner="warn"] QPushButton { color: $warn; }
QFrame[banner="bad"] QPushButton { color: $bad; }
"""

MENUS = """
QMenuBar { background: $panel; color: $muted; border-bottom: 1px solid $line; padding: 3px 6px; }
QMenuBar::item { background: transparent; padding: 4px 8px; border-radius: 4px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $hover; color: $text; }
QMenu { background: $panel; color: $text; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 8px; border-radius: 4px; }
QMenu::item:selected { background: $accent_weak; color: $text; }
QMenu::item:disabled { color: $disabled; background: transparent; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::indicator { width: 16px; height: 16px; padding-left: 6px; }
QMenu::indicator:checked { image: url("$images/check-menu.svg"); }
QMenu::right-arrow { image: url("$images/chevron-right.svg"); width: 16px; height: 16px; }
"""

VIEWS = """
QAbstractItemView {
    background: $panel; color: $text; border: none; outline: none; gridline-color: $line;
    selection-background-color: $accent_weak; selection-color: $text;
}
QAbstractItemView[framed="true"] { border: 1px solid $line; border-radius: 6px; }
QListView::item, QTreeView::item { padding: 6px 8px; border: none; }
QTableView::item { padding: 4px 9px; border: none; border-bottom: 1px solid $line; }
QListView::item:hover, QTreeView::item:hover { background: $hover; }
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected {
    background: $accent_weak; color: $text;
}
QTableView::item:focus { border: 1px solid $accent; }
QTreeView::branch { background: transparent; }
QTreeView::branch:selected { background: $accent_weak; }
QTreeView::branch:has-children:closed { image: url("$images/chevron-right.svg"); }
QTreeView::branch:has-children:open { image: url("$images/chevron-down.svg"); }
QHeaderView { background: $panel; border: none; }
QHeaderView::section {
    background: $panel; color: $muted; border: none; border-bottom: 1px solid $line;
    padding: 7px 12px; font-weight: 600; font-size: 12px;
}
QTableView[framed="true"] QHeaderView { border-radius: 6px; }
QTableView[framed="true"] QHeaderView::section:first { border-top-left-radius: 5px; }
QTableView[framed="true"] QHeaderView::section:last { border-top-right-radius: 5px; }
QHeaderView::section:hover { color: $text; }
QHeaderView::down-arrow { image: url("$images/chevron-down.svg"); width: 12px; height: 12px; right: 4px; }
QHeaderView::up-arrow { image: url("$images/chevron-up.svg"); width: 12px; height: 12px; right: 4px; }
QTableCornerButton::section { background: $panel; border: none; }
QCalendarWidget QAbstractItemView { selection-background-color: $accent; selection-color: $on_accent; }
QCalendarWidget QTableView::item { padding: 0; border: none; }
QToolButton#qt_calendar_prevmonth { qproperty-icon: url("$images/chevron-left.svg"); }
QToolButton#qt_calendar_nextmonth { qproperty-icon: url("$images/chevron-right.svg"); }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $panel; }
QCalendarWidget QToolButton { background: transparent; border-color: transparent; color: $text; }
QCalendarWidget QToolButton:hover { background: $hover; }
"""

SCROLLBARS = """
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; border: none; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; border: none; }
QScrollBar::handle { background: $chart_bar; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $control_line; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; background: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }
QAbstractScrollArea::corner { background: transparent; }
"""

LABELS = """
QLabel { background: transparent; }
QLabel:disabled { color: $disabled; }
QLabel[role="title"] { font-size: 22px; font-weight: 700; }
QLabel[tone="muted"] { color: $muted; }
QLabel[tone="muted_on_weak"] { color: $muted_on_weak; }
QLabel[tone="accent"] { color: $accent; }
QLabel[tone="good"] { color: $good; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="bad"] { color: $bad; }
"""
