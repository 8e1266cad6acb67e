"""The stylesheet with names of tokens in place of colours and sizes."""

SHEET = """
* { outline: none; dialogbuttonbox-buttons-have-icons: 0; }
QMainWindow, QDialog, QWidget[role="panel"] { background: $window; }
QWidget[role="canvas"] { background: $canvas; }
QWidget[role="card"] { background: $card; border: 1px solid $border; border-radius: ${CARD}px; }
QFrame[role="line"] { background: $border; border: none; }
QFrame[role="row"] { background: transparent; border: 2px solid transparent; border-radius: ${FIELD}px; }
QFrame[role="row"]:hover { background: $hover; }
QFrame[role="row"]:focus { border-color: $focus; }
QFrame[surface="notice"] { background: $raised; border: 1px solid $border; border-radius: ${FIELD}px; }
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: 4px 6px; }

QLabel { background: transparent; color: $text; }
QLabel[role="title"] { font-weight: 600; }
QLabel[role="heading"] { font-size: 20px; font-weight: 600; }
QLabel[role="secondary"] { color: $secondary; }
QLabel[role="number"] { font-family: "$mono"; font-size: ${NUMBER}px; }
QLabel[role="key"] {
    background: $raised; border: 1px solid $border; border-bottom-width: 2px; border-radius: 4px; padding: 0 5px;
    font-family: "$mono"; font-size: ${NUMBER}px;
}
QLabel[role="accent"] { color: $accent; }
QLabel[role="problem"] { color: $problem; }
QLabel[role="warning"] { color: $warning; }
QLabel[role="good"] { color: $good; }
QLabel:disabled { color: $disabled; }

QMenuBar { background: $window; color: $text; padding: 0 4px; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $raised; color: $text; border: 1px solid $border; border-radius: ${FIELD}px; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 10px; border-radius: 4px; }
QMenu::item:selected { background: $accent; color: $on_accent; }
QMenu::item:disabled { color: $disabled; background: transparent; }
QMenu::separator { height: 1px; background: $border; margin: 4px 6px; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator { width: 14px; height: 14px; margin-left: 6px; }

QPushButton, QToolButton {
    background: $raised; color: $text; border: 1px solid $border; border-radius: ${FIELD}px;
    padding: 0 12px; min-height: ${HEIGHT}px;
}
QToolButton { padding: 0 6px; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed, QToolButton:checked { background: $border; }
QPushButton:focus, QToolButton:focus { border: 2px solid $focus; padding: 0 11px; min-height: ${INNER}px; }
QToolButton:focus { padding: 0 5px; }
QPushButton:disabled, QToolButton:disabled { color: $disabled; background: $window; }
QPushButton:default, QPushButton[role="primary"], QToolButton[role="primary"] {
    background: $accent; color: $on_accent; border-color: $accent;
}
QPushButton[role="primary"], QToolButton[role="primary"] { font-weight: 600; }
QPushButton:default:hover, QPushButton[role="primary"]:hover { background: $focus; border-color: $focus; }
QPushButton:default:focus, QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled { background: $raised; color: $disabled; border-color: $border; }
QToolButton[role="quiet"], QPushButton[role="quiet"] {
    background: transparent; border: 1px solid transparent; padding: 0 3px;
}
QToolButton[role="quiet"]:hover, QPushButton[role="quiet"]:hover { background: $hover; }
QToolButton[role="quiet"]:checked { background: $raised; border-color: $border; }
QToolButton[role="quiet"]:focus, QPushButton[role="quiet"]:focus {
    border: 2px solid $focus; padding: 0 2px; min-height: ${INNER}px;
}
QPushButton[role="quiet"][state="calm"] { color: $secondary; }
QPushButton[role="quiet"][state="problem"] { color: $problem; }
QPushButton[role="quiet"][state="warning"] { color: $warning; }
QToolButton::menu-indicator { image: none; }
QPushButton::menu-indicator { image: url("$marks/down.svg"); width: 12px; height: 12px; right: 6px; }
QPushButton { qproperty-iconSize: 21px 16px; }
QToolButton[role="tiny"] { background: transparent; border: 1px solid transparent; padding: 0; min-height: 18px; }
QToolButton[role="tiny"]:hover { background: $hover; }
QToolButton[role="tiny"]:focus { border: 2px solid $focus; min-height: 16px; }
QPushButton[role="search"] { text-align: left; background: $card; color: $secondary; font-weight: normal; }
QPushButton[role="search"]:hover { background: $hover; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent; color: $accent; text-align: left; }
QPushButton[role="link"]:hover { background: $hover; }
QPushButton[role="link"]:focus { border: 2px solid $focus; }
QPushButton[role="starter"] { background: $card; border-radius: ${CARD}px; padding: 0; min-height: 122px; }
QPushButton[role="starter"]:hover { background: $hover; border-color: $accent; }
QPushButton[role="starter"]:focus { border: 2px solid $focus; }

QLineEdit, QAbstractSpinBox, QComboBox, QPlainTextEdit, QTextEdit {
    background: $card; color: $text; border: 1px solid $border; border-radius: ${FIELD}px;
    padding: 0 6px; min-height: ${HEIGHT}px;
    selection-background-color: $accent; selection-color: $on_accent; placeholder-text-color: $secondary;
}
QLineEdit:hover, QAbstractSpinBox:hover, QComboBox:hover { border-color: $secondary; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus, QTextEdit:focus {
    border: 2px solid $focus; padding: 0 5px; min-height: ${INNER}px;
}
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled { color: $disabled; background: $window; }
QLineEdit[role="number"], QAbstractSpinBox[role="number"] { font-family: "$mono"; font-size: ${NUMBER}px; }
QWidget[wrong="true"] QLineEdit, QLineEdit[wrong="true"] {
    border: 2px solid $problem; padding: 0 5px; min-height: ${INNER}px;
}
QAbstractSpinBox QLineEdit, QWidget[wrong="true"] QAbstractSpinBox QLineEdit {
    border: none; background: transparent; padding: 0 0 0 5px; min-height: 0;
}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    subcontrol-origin: margin; width: 0px; height: 0px; border: none;
}
QComboBox::drop-down { border: none; width: 16px; }
QComboBox::down-arrow { image: url("$marks/down.svg"); width: 12px; height: 12px; }
QComboBox::down-arrow:disabled { image: url("$marks/down-off.svg"); }
QComboBox QAbstractItemView {
    background: $raised; color: $text; border: 1px solid $border; padding: 4px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QPlainTextEdit, QTextEdit { padding: 4px; }
QPlainTextEdit[role="code"] {
    background: $canvas; border: none; border-radius: 0; font-family: "$mono"; font-size: ${NUMBER}px; padding: 0;
}
QPlainTextEdit[role="code"]:focus { border: none; padding: 0; }

QCheckBox, QRadioButton { color: $text; spacing: 6px; background: transparent; min-height: 20px; }
QCheckBox::indicator, QRadioButton::indicator, QMenu::indicator:non-exclusive {
    width: 14px; height: 14px; border: 1px solid $secondary; border-radius: 4px; background: $card;
}
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:checked, QMenu::indicator:non-exclusive:checked {
    background: $accent; border-color: $accent; image: url("$marks/tick.svg");
}
QCheckBox::indicator:indeterminate { background: $accent; border-color: $accent; image: url("$marks/dash.svg"); }
QRadioButton::indicator:checked {
    border-color: $accent; background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5,
        stop: 0 $accent, stop: 0.56 $accent, stop: 0.64 $card, stop: 1 $card);
}
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid $focus; width: 12px; height: 12px; }
QCheckBox::indicator:disabled { border-color: $border; background: $window; }
QCheckBox::indicator:checked:disabled { image: url("$marks/tick-off.svg"); }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }

QTabWidget::pane { border: none; }
QTabBar { background: transparent; }
QTabBar::tab {
    background: transparent; color: $secondary; padding: 5px 12px; border: none; border-bottom: 2px solid transparent;
}
QTabBar::tab:hover { color: $text; background: $hover; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar[away="true"]::tab:selected { color: $secondary; border-bottom-color: transparent; }
QTabBar::tab:focus { color: $focus; }
QTabBar::tab:disabled { color: $disabled; }

QListView, QTreeView, QTableView, QScrollArea, QAbstractScrollArea[role="plain"] {
    background: transparent; color: $text; border: none; selection-background-color: transparent;
    alternate-background-color: $raised;
}
QListView, QTreeView, QTableView { background: $window; }
QListView::item, QTreeView::item, QTableView::item { padding: 3px 6px; border-radius: 4px; }
QListView::item:hover, QTreeView::item:hover, QTableView::item:hover { background: $hover; }
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected { background: $raised; color: $text; }
QListView::item:selected:active, QTreeView::item:selected:active, QTableView::item:selected:active {
    background: $accent; color: $on_accent;
}
QTreeView[role="commands"] { background: transparent; }
QTreeView[role="commands"]::item { border-radius: 0; padding: 4px 8px; }
QTreeView[role="commands"]::item:selected { background: $hover; color: $text; }
QListView[role="pick"] { background: transparent; }
QListView[role="pick"]::item:selected { background: $accent; color: $on_accent; }
QTreeView[role="outline"]::item, QTreeView[role="outline"]::item:hover,
QTreeView[role="outline"]::item:selected, QTreeView[role="outline"]::item:selected:active { background: transparent; }
QTreeView::branch { background: transparent; }
QTreeView::branch:has-children:closed { image: url("$marks/right.svg"); }
QTreeView::branch:has-children:open { image: url("$marks/down.svg"); }
QTableView { gridline-color: $border; }
QHeaderView { background: $window; }
QHeaderView::section {
    background: $window; color: $secondary; border: none; border-bottom: 1px solid $border; padding: 4px 6px;
}
QTableCornerButton::section { background: $window; border: none; }

QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $border; border-radius: 3px; margin: 2px; min-width: 28px; min-height: 28px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $secondary; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $border; }
QSplitter::handle:hover { background: $accent; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }

QProgressBar {
    background: $raised; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; color: transparent;
}
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSlider::groove:horizontal { background: $border; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal { background: $text; width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; }
QSlider::handle:horizontal:focus { background: $focus; }
QStatusBar { background: $window; color: $secondary; border-top: 1px solid $border; }
QStatusBar::item { border: none; }
QGroupBox { border: 1px solid $border; border-radius: ${CARD}px; margin-top: 18px; padding: 8px; }
QGroupBox::title { subcontrol-origin: margin; left: 4px; color: $secondary; }
"""
