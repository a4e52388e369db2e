"""Style rules for what is pressed or typed into: buttons, fields, boxes to tick."""

BUTTONS = """
QPushButton, QToolButton {
    background: $panel; color: $text; border: 1px solid $line; border-radius: 6px;
    padding: 5px 11px; min-height: 18px;
}
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed, QToolButton:checked { background: $chip; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 4px 10px; }
QPushButton:disabled, QToolButton:disabled {
    background: $background; color: $disabled; border-color: $line;
}
QPushButton:default { border-color: $accent; }
QPushButton[variant="primary"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[variant="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[variant="primary"]:pressed { background: $accent; }
QPushButton[variant="primary"]:focus { border: 2px solid $text; }
QPushButton[variant="primary"]:disabled {
    background: $chip; color: $disabled; border-color: $chip;
}
QPushButton[variant="danger"] { color: $bad; }
QPushButton[variant="danger"]:hover { background: $bad_weak; }
QPushButton[variant="danger"]:disabled { color: $disabled; }
QPushButton[variant="flat"], QToolButton[variant="flat"] {
    background: transparent; border-color: transparent;
}
QPushButton[variant="flat"]:hover, QToolButton[variant="flat"]:hover { background: $hover; }
QPushButton[variant="flat"]:focus, QToolButton[variant="flat"]:focus { border-color: $accent; }
QToolButton[variant="flat"] { padding: 4px; }
QToolButton[variant="flat"]:focus { padding: 3px; }
QPushButton[variant="link"] {
    background: transparent; color: $accent; border: 1px solid transparent;
    padding: 0 2px; min-height: 16px; border-radius: 4px;
}
QPushButton[variant="link"]:hover { color: $accent_hover; background: $accent_weak; }
QPushButton[variant="link"]:focus { border: 1px solid $accent; padding: 0 2px; }
QPushButton[variant="link"]:disabled { color: $disabled; }
QPushButton[variant="tab"] {
    background: transparent; color: $muted; border: 1px solid transparent;
    padding: 3px 6px; border-radius: 4px;
}
QPushButton[variant="tab"]:hover { color: $text; }
QPushButton[variant="tab"]:checked { color: $accent; font-weight: 600; }
QPushButton[variant="tab"]:focus { border: 1px solid $accent; padding: 3px 6px; }
QPushButton[variant="nav"] {
    background: transparent; color: $muted; border: 1px solid transparent;
    padding: 5px 11px; border-radius: 6px;
}
QPushButton[variant="nav"]:hover { background: $hover; color: $text; }
QPushButton[variant="nav"]:checked { background: $accent_weak; color: $accent; font-weight: 600; }
QPushButton[variant="nav"]:focus { border: 1px solid $accent; padding: 5px 11px; }
QPushButton::menu-indicator, QToolButton::menu-indicator {
    image: url("$images/chevron-down.svg"); width: 14px; height: 14px;
}
QPushButton::menu-indicator { subcontrol-position: right center; right: 6px; }
"""

CHIPS = """
QPushButton[chip] {
    border: 1px solid transparent; border-radius: 12px; padding: 2px 9px 2px 7px;
    min-height: 18px; max-height: 18px;
}
QPushButton[chip]:focus { border: 1px solid $accent; padding: 2px 9px 2px 7px; }
QPushButton[chip="good"], QPushButton[chip="good"]:hover { background: $good_weak; color: $good; }
QPushButton[chip="warn"], QPushButton[chip="warn"]:hover { background: $warn_weak; color: $warn; }
QPushButton[chip="bad"], QPushButton[chip="bad"]:hover { background: $bad_weak; color: $bad; }
QPushButton[chip="accent"], QPushButton[chip="accent"]:hover {
    background: $accent_weak; color: $accent;
}
QPushButton[chip="neutral"], QPushButton[chip="neutral"]:hover { background: $chip; color: $muted_on_weak; }
"""

SEGMENTS = """
QFrame[segmented="true"] { background: $panel; border: 1px solid $line; border-radius: 6px; }
QPushButton[segment] {
    background: transparent; color: $muted; border: 1px solid transparent; border-radius: 5px;
    padding: 1px 8px; min-height: 18px;
}
QPushButton[segment]:hover { background: $hover; }
QPushButton[segment="accent"]:checked { background: $accent_weak; color: $accent; font-weight: 600; }
QPushButton[segment="good"]:checked { background: $good_weak; color: $good; font-weight: 600; }
QPushButton[segment="warn"]:checked { background: $warn_weak; color: $warn; font-weight: 600; }
QPushButton[segment="bad"]:checked { background: $bad_weak; color: $bad; font-weight: 600; }
QPushButton[segment="neutral"]:checked { background: $chip; color: $text; font-weight: 600; }
QPushButton[segment]:focus { border: 1px solid $accent; padding: 1px 8px; }
QPushButton[segment]:disabled { background: transparent; color: $disabled; }
"""

# Qt gives the text of a spin box no left padding, whatever the style sheet says; its figures stand at the
# right, where columns of figures belong anyway.
FIELDS = """
QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox {
    background: $panel; color: $text; border: 1px solid $line; border-radius: 6px;
    selection-background-color: $accent; selection-color: $on_accent;
    placeholder-text-color: $muted;
}
QLineEdit, QAbstractSpinBox, QComboBox { padding: 5px 9px; min-height: 18px; }
QPlainTextEdit, QTextEdit { padding: 5px 7px; }
QLineEdit:hover, QAbstractSpinBox:hover, QComboBox:hover { border-color: $control_line; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus { border: 2px solid $accent; padding: 4px 8px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $accent; padding: 4px 6px; }
QLineEdit:read-only { background: $background; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled,
QAbstractSpinBox:disabled, QComboBox:disabled {
    background: $background; color: $disabled; border-color: $line; placeholder-text-color: $disabled;
}
QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"], QAbstractSpinBox[invalid="true"],
QComboBox[invalid="true"] { border: 2px solid $bad; }
QLineEdit[invalid="true"], QAbstractSpinBox[invalid="true"], QComboBox[invalid="true"] { padding: 4px 8px; }
QLineEdit[search="true"] { background: $background; }
QLineEdit[search="true"] > QToolButton {
    background: transparent; border: none; padding: 0; min-height: 0;
}
QComboBox QLineEdit, QAbstractSpinBox QLineEdit {
    background: transparent; border: none; padding: 0; min-height: 0;
}
QComboBox QLineEdit:focus, QAbstractSpinBox QLineEdit:focus { border: none; padding: 0; }
QComboBox { padding-right: 8px; }
QComboBox:focus { padding-right: 7px; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow {
    image: url("$images/chevron-down.svg"); width: 16px; height: 16px;
}
QComboBox::down-arrow:disabled {
    image: url("$images/chevron-down-disabled.svg");
}
QComboBox QAbstractItemView {
    background: $panel; color: $text; border: 1px solid $line; padding: 4px; outline: none;
    selection-background-color: $accent_weak; selection-color: $text;
}
QAbstractSpinBox { padding-right: 24px; }
QAbstractSpinBox:focus { padding-right: 23px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    subcontrol-origin: border; width: 22px; border: none; background: transparent;
}
QAbstractSpinBox::up-button { subcontrol-position: top right; margin: 2px 2px 0 0; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin: 0 2px 2px 0; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover {
    background: $hover; border-radius: 4px;
}
QAbstractSpinBox::up-arrow { image: url("$images/chevron-up.svg"); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow { image: url("$images/chevron-down.svg"); width: 12px; height: 12px; }
QAbstractSpinBox::up-arrow:disabled, QAbstractSpinBox::up-arrow:off {
    image: url("$images/chevron-up-disabled.svg");
}
QAbstractSpinBox::down-arrow:disabled, QAbstractSpinBox::down-arrow:off {
    image: url("$images/chevron-down-disabled.svg");
}
QSpinBox, QDoubleSpinBox, QTimeEdit { qproperty-alignment: 'AlignRight | AlignVCenter'; }
QDateEdit[calendarPopup="false"] { qproperty-alignment: 'AlignRight | AlignVCenter'; }
QDateEdit[calendarPopup="true"]::down-arrow {
    image: url("$images/chevron-down.svg"); width: 16px; height: 16px;
}
QDateEdit[calendarPopup="true"]::down-arrow:disabled { image: url("$images/chevron-down-disabled.svg"); }
QDateEdit::drop-down {
    subcontrol-origin: border; subcontrol-position: center right; border: none; width: 26px;
}
"""

SLIDERS = """
QSlider:horizontal { min-height: 18px; }
QSlider::groove:horizontal { background: $chip; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal {
    background: $panel; border: 2px solid $accent; width: 12px; height: 12px;
    margin: -6px 0; border-radius: 8px;
}
QSlider::handle:horizontal:focus { background: $accent_weak; border-color: $text; }
QSlider::handle:horizontal:disabled { border-color: $disabled; }
QSlider::sub-page:horizontal:disabled { background: $disabled; }
"""

TICKS = """
QCheckBox, QRadioButton { spacing: 8px; color: $text; background: transparent; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox::indicator, QRadioButton::indicator, QGroupBox::indicator,
QAbstractItemView::indicator {
    width: 14px; height: 14px; border: 1px solid $control_line; background: $panel;
}
QCheckBox::indicator, QGroupBox::indicator, QAbstractItemView::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus {
    border: 2px solid $accent; width: 12px; height: 12px;
}
QCheckBox::indicator:checked, QGroupBox::indicator:checked, QAbstractItemView::indicator:checked {
    background: $accent; border-color: $accent; image: url("$images/check.svg");
}
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate {
    background: $accent; border-color: $accent; image: url("$images/minus.svg");
}
QRadioButton::indicator:checked {
    background: $accent; border-color: $accent; image: url("$images/dot.svg");
}
QCheckBox::indicator:checked:focus, QRadioButton::indicator:checked:focus { border: 2px solid $text; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {
    background: $background; border-color: $line;
}
QCheckBox::indicator:checked:disabled {
    background: $disabled; border-color: $disabled; image: url("$images/check-disabled.svg");
}
QCheckBox::indicator:indeterminate:disabled {
    background: $disabled; border-color: $disabled; image: url("$images/minus-disabled.svg");
}
QRadioButton::indicator:checked:disabled {
    background: $disabled; border-color: $disabled; image: url("$images/dot-disabled.svg");
}
"""
