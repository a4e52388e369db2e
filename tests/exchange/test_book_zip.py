"""The archive carries the book with its files, and a hostile one unpacks nothing."""

import hashlib
import io
import struct
import zipfile
from pathlib import Path

import pytest

from retainerdesk.exchange.book import BookRefused, read_book
from retainerdesk.exchange.book.writer import book_text
from retainerdesk.exchange.book_zip import pdf_member, read_book_zip, write_book_zip
from retainerdesk.exchange.zip_reading import Limits

FIXTURES = Path(__file__).parent / "fixtures"
BOOK = read_book((FIXTURES / "invoiced.json").read_bytes())
CONTENT = b"agreement " * 50_000
SHA = hashlib.sha256(CONTENT).hexdigest()
SMALL = Limits(entries=20, document_bytes=480_000, total_bytes=600_000, free_bytes=10_000)


def archive(path: Path, members: dict[str, bytes], *, book: bool = True) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        if book:
            target.writestr("book.json", (FIXTURES / "invoiced.json").read_bytes())
        for name, content in members.items():
            target.writestr(name, content)
    return path


def refusal(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(BookRefused) as caught:
        unpack(path, limits, [])
    return str(caught.value)


def unpack(path: Path, limits: Limits | None, chunks: list[int]) -> None:
    """Read every document, noting the length of each chunk that came out."""
    with read_book_zip(path, limits) as (_, files):
        for sha in sorted(files.documents):
            chunks.extend(len(chunk) for chunk in files.read_document(sha))


def written(**changes: object) -> bytes:
    stream = io.BytesIO()
    write_book_zip(
        stream,
        book_text(BOOK, BOOK.accounts),
        documents=[(SHA, lambda: io.BytesIO(CONTENT)), (SHA, lambda: io.BytesIO(CONTENT))],
        pdfs=[("2025-0001", lambda: io.BytesIO(b"%PDF-1.7 one"))],
    )
    return stream.getvalue()


def test_book_documents_and_invoices_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "book.zip"
    path.write_bytes(written())
    with read_book_zip(path) as (book, files):
        assert book == BOOK
        assert files.documents == {SHA}
        assert b"".join(files.read_document(SHA)) == CONTENT
        assert files.holds_pdf("2025-0001")
        assert not files.holds_pdf("2025-0002")
        assert b"".join(files.read_pdf("2025-0001")) == b"%PDF-1.7 one"


def test_the_same_book_is_the_same_archive() -> None:
    assert written() == written()


def test_a_document_that_is_not_what_it_was_is_not_written() -> None:
    with pytest.raises(ValueError, match="not what it was"):
        write_book_zip(io.BytesIO(), book_text(BOOK, ()), documents=[(SHA, lambda: io.BytesIO(b"other"))])


@pytest.mark.parametrize("number", ["2025/0001", "../../x", "..\\x", "C:\\x", "№1", "", "a" * 300, ".hidden"])
def test_every_invoice_number_becomes_a_plain_name_of_its_own(number: str) -> None:
    name = pdf_member(number)
    assert name.isascii()
    assert name.count("/") == 1
    assert not set(name) & set('\\:*?"<>|\0')
    assert ".." not in name
    assert name != pdf_member(number + "x")
    assert pdf_member("2025-0001") == "invoices/2025-0001.pdf"


@pytest.mark.parametrize(
    "name",
    [
        "../evil", "/etc/passwd", "C:\\x", "..\\..\\w", "documents/../x", "documents/" + "z" * 64,
        "documents/" + "a" * 63, "invoices/../../x.pdf", "invoices/a b.pdf", "invoices/x.exe", "readme.txt",
        "DOCUMENTS/" + "a" * 64, "documents/" + "a" * 64 + "/x", "documents/" + "a" * 64 + "\n",
    ],
)  # fmt: skip
def test_a_member_that_has_no_place_in_a_book_is_refused(tmp_path: Path, name: str) -> None:
    assert "does not belong" in refusal(archive(tmp_path / "x.zip", {name: b"x"}))


def test_a_name_cut_by_nul_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "x.zip", {"documents/" + "a" * 64 + "Xevil": b"x"})
    path.write_bytes(path.read_bytes().replace(b"Xevil", b"\0evil"))
    assert "does not belong" in refusal(path)


def test_links_encrypted_and_repeated_members_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("documents/" + "a" * 64)
    link.external_attr = 0o120777 << 16
    path = archive(tmp_path / "link.zip", {})
    with zipfile.ZipFile(path, "a") as target:
        target.writestr(link, "/etc/passwd")
    assert "link or encrypted" in refusal(path)
    twice = archive(tmp_path / "twice.zip", {"documents/" + "a" * 64: b"x"})
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(twice, "a") as target:
        target.writestr("documents/" + "a" * 64, b"y")
    assert "twice" in refusal(twice)


def test_folders_that_other_tools_add_are_no_obstacle(tmp_path: Path) -> None:
    path = archive(tmp_path / "x.zip", {"documents/": b"", "invoices/": b""})
    with read_book_zip(path) as (book, _):
        assert book == BOOK


def test_a_bomb_stops_after_the_first_bytes_beyond_the_limit(tmp_path: Path) -> None:
    """Two million zeros pack into some 2,000 bytes: at a ratio of 200 they stop near 400,000."""
    zeros = bytes(2_000_000)
    name = hashlib.sha256(zeros).hexdigest()
    path = archive(tmp_path / "bomb.zip", {f"documents/{name}": zeros})
    chunks: list[int] = []
    with pytest.raises(BookRefused, match="packed like no real file"):
        unpack(path, SMALL, chunks)
    assert sum(chunks) < 450_000


def test_sizes_count_what_comes_out_and_not_what_the_archive_declares(tmp_path: Path) -> None:
    """500,000 bytes that hardly pack, declared as 10: what comes out is not what the name says."""
    content = b"".join(hashlib.sha256(struct.pack("I", i)).digest() for i in range(15_625))
    assert len(content) == 500_000
    name = hashlib.sha256(content).hexdigest()
    path = archive(tmp_path / "x.zip", {f"documents/{name}": content})
    assert "larger than anything" in refusal(path, SMALL)
    declared = path.read_bytes().replace(struct.pack("<I", 500_000), struct.pack("<I", 10))
    path.write_bytes(declared)
    assert "damaged" in refusal(path, SMALL)


def test_too_many_entries_are_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "x.zip", {f"documents/{i:064x}": b"x" for i in range(30)})
    assert "has 31 entries" in refusal(path, SMALL)


def test_a_damaged_document_and_one_under_another_name_are_refused(tmp_path: Path) -> None:
    assert "another content" in refusal(archive(tmp_path / "x.zip", {"documents/" + "a" * 64: b"x"}))
    path = tmp_path / "cut.zip"
    data = bytearray(written())
    at = data.find(b"agreement agreement")
    data[at : at + 4] = b"XXXX"
    path.write_bytes(bytes(data))
    assert "damaged" in refusal(path)


def test_an_archive_without_a_book_or_that_is_none_is_refused(tmp_path: Path) -> None:
    assert "no book.json" in refusal(archive(tmp_path / "x.zip", {}, book=False))
    none = tmp_path / "none.zip"
    none.write_bytes(b"PK\x03\x04 not really")
    assert "not a zip archive" in refusal(none)


def test_a_broken_book_inside_is_refused_by_its_path(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "x.zip", {"book.json": b'{"format": "retainerdesk-book", "version": 1}'}, book=False
    )
    assert refusal(path).startswith("business: is missing")


def test_an_archive_reads_its_rows_in_the_order_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with path.open("wb") as stream:
        write_book_zip(stream, book_text(BOOK, ()))
    with read_book_zip(path) as (book, files):
        assert book.accounts == ()
        assert files.documents == files.pdfs == frozenset()
