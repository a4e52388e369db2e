"""Designer files become typed modules, and the package never runs with forms of another day."""

import re
from pathlib import Path

import pytest
from compile_forms import FORMS, FormError, compile_forms, form_sources, forms_are_stale

ROOT = Path(__file__).resolve().parents[2]

DIALOG = """<?xml version="1.0" encoding="UTF-8"?>
<ui version="4.0"><class>AccountDialog</class>
<widget class="QDialog" name="AccountDialog">
 <property name="windowTitle"><string>Account</string></property>
 <widget class="QLineEdit" name="account_name"/>
</widget></ui>
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "ui").mkdir()
    (tmp_path / "ui" / "account_dialog.ui").write_text(DIALOG, encoding="utf-8")
    return tmp_path


def test_the_compiled_forms_are_those_of_the_sources(tmp_path: Path) -> None:
    compile_forms(ROOT, tmp_path)
    fresh = {form.name: form.read_text(encoding="utf-8") for form in tmp_path.glob("ui_*.py")}
    present = {form.name: form.read_text(encoding="utf-8") for form in (ROOT / FORMS).glob("ui_*.py")}
    assert len(fresh) == len(form_sources(ROOT))
    assert present == fresh


def test_a_form_names_its_window_and_its_widgets_with_types(project: Path) -> None:
    [form] = compile_forms(project)
    text = form.read_text(encoding="utf-8")
    assert form.name == "ui_account_dialog.py"
    assert "def setupUi(self, AccountDialog: QDialog) -> None:" in text
    assert "self.account_name = QLineEdit(AccountDialog)" in text


def test_a_form_imports_from_qt_only_what_it_uses(project: Path) -> None:
    """uic imports thirty classes to use ten; PySide makes each, with its enumerations, at its import."""
    [form] = compile_forms(project)
    text = form.read_text(encoding="utf-8")
    imports, body = text.split("class Ui_AccountDialog")
    names = re.findall(r"\w+", "".join(re.findall(r"\(([^)]*)\)", imports.partition("from PySide6")[2])))
    assert "QLineEdit" in names
    assert [name for name in names if name not in body] == []
    assert "PySide6.QtGui" not in imports


def test_a_second_compilation_writes_nothing(project: Path) -> None:
    compile_forms(project)
    assert not forms_are_stale(project)
    assert compile_forms(project) == []


def test_a_changed_source_is_compiled_again(project: Path) -> None:
    [form] = compile_forms(project)
    (project / "ui" / "account_dialog.ui").write_text(DIALOG.replace("account_name", "trade_name"))
    assert forms_are_stale(project)
    assert compile_forms(project) == [form]
    assert "self.trade_name" in form.read_text(encoding="utf-8")


def test_a_form_without_a_source_is_removed(project: Path) -> None:
    [form] = compile_forms(project)
    (project / "ui" / "account_dialog.ui").unlink()
    assert forms_are_stale(project)
    assert compile_forms(project) == []
    assert not form.exists()


@pytest.mark.parametrize("text", ["", "<ui>", "<ui/>"])
def test_a_file_that_is_no_form_is_refused_by_name(project: Path, text: str) -> None:
    (project / "ui" / "broken.ui").write_text(text)
    with pytest.raises(FormError, match=r"broken\.ui"):
        compile_forms(project)
