"""Compiles ui/*.ui into retainerdesk/desktop/forms/ui_*.py, for dev.py, the build hook and the tests.

Only the standard library is imported: dev.py asks what is stale before there is an environment. A compiled
form carries the fingerprint of its source, so a checkout that changes file times compiles nothing, and a
changed source is never missed.
"""

import hashlib
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from importlib.util import find_spec
from pathlib import Path

FORMS = Path("retainerdesk/desktop/forms")
SOURCES = Path("ui")

# Raise it when the text this module writes changes, so that every form is compiled again.
EDITION = "2"


class FormError(Exception):
    """A form cannot be compiled; the message names the file and says why."""


def compile_forms(root: Path, target: Path | None = None) -> list[Path]:
    """Bring the compiled forms in step with their sources and return the files that were written.

    `root` is the project folder, `target` another folder for the result (default: the package's own).
    Compiled forms without a source are removed. Raises FormError.
    """
    folder = target or root / FORMS
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {folder / form_name(source): source for source in form_sources(root)}
    for leftover in set(folder.glob("ui_*.py")) - set(wanted):
        leftover.unlink()
    stale = {form: source for form, source in wanted.items() if is_stale(form, source)}
    for form, source in stale.items():
        write_whole(form, compiled_text(source))
    return sorted(stale)


def forms_are_stale(root: Path) -> bool:
    """Whether `compile_forms` would write or remove anything."""
    wanted = {root / FORMS / form_name(source): source for source in form_sources(root)}
    if set((root / FORMS).glob("ui_*.py")) != set(wanted):
        return True
    return any(is_stale(form, source) for form, source in wanted.items())


def form_sources(root: Path) -> list[Path]:
    """The Designer files, in the order of their names."""
    return sorted((root / SOURCES).glob("*.ui"))


def form_name(source: Path) -> str:
    """The file name of the form compiled from `source`: main_window.ui -> ui_main_window.py."""
    return f"ui_{source.stem}.py"


def is_stale(form: Path, source: Path) -> bool:
    """Whether `form` is missing or was compiled from other text than `source` has now."""
    try:
        with form.open(encoding="utf-8") as lines:
            return lines.readline().rstrip("\n") != fingerprint_line(source)
    except FileNotFoundError:
        return True


def fingerprint_line(source: Path) -> str:
    """First line of the form compiled from `source`."""
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    return f"# Compiled from {SOURCES}/{source.name}; do not edit. Source: {EDITION}-{digest}"


def compiled_text(source: Path) -> str:
    """Python text of one form, with types on the two methods that uic leaves bare. Raises FormError."""
    widget_class = root_widget_class(source)
    command = [str(uic_program()), "-g", "python", str(source)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode != 0 or not done.stdout:
        raise FormError(f"{source.name} does not compile: {done.stderr.strip() or 'uic wrote nothing'}")
    bare = r"def (setupUi|retranslateUi)\(self, (\w+)\):"
    typed = re.sub(bare, rf"def \1(self, \2: {widget_class}) -> None:", done.stdout)
    return f"{fingerprint_line(source)}\n{_without_unused_names(typed)}"


def _without_unused_names(text: str) -> str:
    """A form that imports from Qt only what it uses: uic imports thirty classes to use ten.

    PySide makes a class with all its enumerations when its name is first imported; a start would wait for it.
    """
    block = re.compile(r"^from (PySide6\.\w+) import \(([^)]*)\)\n", re.MULTILINE)
    used = set(re.findall(r"\w+", text.partition("\nclass ")[2]))

    def kept(found: re.Match[str]) -> str:
        names = [name for name in re.findall(r"\w+", found[2]) if name in used]
        listed = "".join(f"    {name},\n" for name in names)
        return f"from {found[1]} import (\n{listed})\n" if names else ""

    return block.sub(kept, text)


def root_widget_class(source: Path) -> str:
    """Class of the window, pane or dialog that the form fills, such as QDialog. Raises FormError."""
    try:
        widget = ET.fromstring(source.read_text(encoding="utf-8")).find("widget")
    except ET.ParseError as problem:
        raise FormError(f"{source.name} is not a Designer file: {problem}") from problem
    if widget is None or "class" not in widget.attrib:
        raise FormError(f"{source.name} is not a Designer file: it has no widget")
    return widget.attrib["class"]


def uic_program() -> Path:
    """Qt's compiler for forms, inside the installed PySide6. Raises FormError."""
    spec = find_spec("PySide6")
    if spec is None or spec.origin is None:
        raise FormError("PySide6-Essentials is not installed; python3 packaging/dev.py installs it")
    package = Path(spec.origin).parent
    return package / "uic.exe" if sys.platform == "win32" else package / "Qt" / "libexec" / "uic"


def write_whole(path: Path, text: str) -> None:
    """Write `text` so that a program reading `path` meanwhile sees the old file or the new, never half."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def main() -> int:
    """Compile the forms of the project this file belongs to."""
    try:
        compile_forms(Path(__file__).resolve().parent.parent)
    except FormError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
