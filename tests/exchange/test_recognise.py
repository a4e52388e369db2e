"""A file is known by its content; what is not known is told with what was expected."""

import io
import zipfile
from pathlib import Path

import pytest

from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.exchange.recognise import Kind, recognise

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("acme.json", Kind.BOOK_JSON),
        ("invoiced.json", Kind.BOOK_JSON),
        ("toggl.csv", Kind.TOGGL),
        ("clockify.csv", Kind.CLOCKIFY),
        ("harvest.csv", Kind.HARVEST),
    ],
)
def test_a_file_is_known_whatever_it_is_called(tmp_path: Path, name: str, kind: Kind) -> None:
    misnamed = tmp_path / "download.bin"
    misnamed.write_bytes((FIXTURES / name).read_bytes())
    assert recognise(FIXTURES / name) is recognise(misnamed) is kind
    assert kind.is_time == name.endswith(".csv")


def packed(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return stream.getvalue()


def test_an_archive_with_a_book_is_a_book(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(packed("book.json"))
    assert recognise(path) is Kind.BOOK_ZIP


def test_a_book_that_breaks_later_is_still_meant_as_one(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"format": "retainerdesk-book", "version": 1, "business": ')
    assert recognise(path) is Kind.BOOK_JSON


@pytest.mark.parametrize("size", [255_990, 262_140, 262_143, 262_144, 300_000])
def test_a_long_file_is_known_though_its_head_ends_inside_a_character(tmp_path: Path, size: int) -> None:
    """The head is 256 kB; an ö across its end, in one line without a break, must not spoil it."""
    path = tmp_path / "long.json"
    path.write_text(
        '{"format": "retainerdesk-book", "x": "' + "a" * (size - 38) + "ööö" + '"}', encoding="utf-8"
    )
    assert recognise(path) is Kind.BOOK_JSON
    table = tmp_path / "long.csv"
    table.write_text((FIXTURES / "harvest.csv").read_text() + "a" * (size - 1500) + "ööö\n", encoding="utf-8")
    assert recognise(table) is Kind.HARVEST


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \n\n ", "is empty"),
        (b"%PDF-1.7\n", "is a PDF"),
        (b"\x89PNG\r\n\x1a\n", "is an image"),
        (b"SQLite format 3\x00", "is a database"),
        (bytes(range(256)) * 4, "is not a text file"),
        (b'{"a": 1}', "is JSON, but not a book"),
        (b"[1, 2]", "none of the columns"),
        (b"a;b;c\n1;2;3\n", "none of the columns"),
        (packed("a.txt"), "without a book.json"),
        (packed("[Content_Types].xml"), "is an Office document"),
        (b"PK\x03\x04", "damaged zip"),
    ],
)
def test_another_file_is_told_for_what_it_is(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(RuleViolation) as caught:
        recognise(path)
    assert words in caught.value.message
    assert "Toggl Track, Clockify or Harvest" in caught.value.message


def test_a_missing_file_and_a_folder_are_problems_of_the_machine(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="is not there"):
        recognise(tmp_path / "gone")
    with pytest.raises(EnvironmentProblem, match="folder"):
        recognise(tmp_path)
