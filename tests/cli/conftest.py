"""Running commands as a shell would, in this process, on real books in a temporary folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from retainerdesk.__main__ import main


@dataclass(frozen=True)
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Shell:
    """Runs commands on one book; `run` expects nothing, `ok` expects exit code 0."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.book = folder / "test.retainerdesk"
        self._capture = capture

    def run(self, *arguments: str, as_of: str | None = None) -> Answer:
        options = ["--book", str(self.book), *(["--as-of", as_of] if as_of else [])]
        self._capture.readouterr()
        try:
            code = main([*options, *arguments])
        except SystemExit as wrong_usage:
            code = int(wrong_usage.code or 0)
        printed = self._capture.readouterr()
        return Answer(code, printed.out, printed.err)

    def ok(self, *arguments: str, as_of: str | None = None) -> Answer:
        answer = self.run(*arguments, as_of=as_of)
        assert answer.code == 0, answer.err
        return answer

    def write(self, name: str, document: object) -> str:
        path = self.folder / name
        path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
        return str(path)


@pytest.fixture
def shell(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, capfd)
