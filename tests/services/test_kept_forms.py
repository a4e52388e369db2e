"""An encrypted book keeps its files encrypted: through every change of key, restore, backup and export."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from sqlcipher3 import dbapi2

from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.domain.stopping import Stopped, Stopping
from retainerdesk.exchange.book_zip import read_book_zip
from retainerdesk.services.backup_archive import write_backup_zip
from retainerdesk.services.book_files import ImportOptions, export_book, import_files
from retainerdesk.services.book_keys import BookKey, Keys, decrypt_book, encrypt_book, left_in_clear, new_key
from retainerdesk.services.context import BookContext
from retainerdesk.services.integrity import run_check
from retainerdesk.services.kept_forms import settle_files
from retainerdesk.services.logo import keep_logo, logo_bytes
from retainerdesk.services.rows import attach_file, new_document
from retainerdesk.services.upkeep import backup_book, restore_book, restore_open_book
from retainerdesk.store.book_store import BookStore, open_book
from retainerdesk.store.probe import sign_of
from retainerdesk.store.repositories.accounts import list_accounts
from retainerdesk.store.repositories.books import load_book
from retainerdesk.system.kept_files import KeptFiles, forms_in
from retainerdesk.system.paths import documents_folder
from tests.faults.jobs import CLOCK, make_billed
from tests.keyrings import MemoryKeyring

TODAY = date(2026, 2, 2)
CANARY = b"the agreement with the canary " * 5000
# Opens like any file, and its first byte cannot be read.
UNREADABLE = Path("/proc/self/mem")
pytestmark = pytest.mark.usefixtures("ring")
SHA = hashlib.sha256(CANARY).hexdigest()
ONE, TWO = (BookKey(hashlib.sha256(each).digest()) for each in (b"one", b"two"))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[BookContext]:
    """A book with issued invoices and two attached files; the content of one is known."""
    make_billed(tmp_path / "here")
    context = opened(tmp_path / "here" / "my.book")
    attach(context, tmp_path / "canary.pdf")
    yield context
    context.store.close()


def opened(path: Path, key: BookKey | None = None) -> BookContext:
    return BookContext(open_book(path, CLOCK, key=key), CLOCK, documents_folder(path))


def attach(book: BookContext, source: Path) -> None:
    source.write_bytes(CANARY)
    with book.store.writing() as uow:
        first = list_accounts(uow)[0].id
        attach_file(uow, source, book.files, new_document(first, TODAY, "canary.pdf"))
        uow.commit()
    source.unlink()


def signs(book: BookContext) -> set[bytes | None]:
    return {form.sign for form in forms_in(book.folder)}


def in_clear(folder: Path) -> list[str]:
    """The files below a folder that hold a piece of the attached file as it is."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if b"with the canary" in path.read_bytes()]


def findings(book: BookContext) -> list[str]:
    found = run_check(book.store, book.files, TODAY).findings
    return [each for each in found if "canary.pdf" in each]


def rows_of(store: BookStore) -> object:
    with store.reading() as uow:
        return load_book(uow)


def test_encrypting_seals_the_files_and_decrypting_opens_them(book: BookContext) -> None:
    assert in_clear(book.folder) == [SHA]
    change = encrypt_book(book.store, ONE)
    assert (in_clear(book.folder.parent), signs(book), change.in_clear) == ([], {ONE.sign}, ())
    assert (book.files.content(SHA), findings(book)) == (CANARY, [])
    encrypt_book(book.store, TWO)
    assert (in_clear(book.folder.parent), signs(book)) == ([], {TWO.sign})
    assert (book.files.content(SHA), findings(book)) == (CANARY, [])
    decrypt_book(book.store)
    assert (in_clear(book.folder), signs(book)) == ([SHA], {None})
    assert findings(book) == []


def test_what_is_kept_in_an_encrypted_book_is_never_in_clear(book: BookContext, tmp_path: Path) -> None:
    encrypt_book(book.store, ONE)
    picture = tmp_path / "logo.png"
    Image.new("RGB", (40, 20), "navy").save(picture)
    sha256 = keep_logo(picture, book.files)
    assert logo_bytes(sha256, book.files) == picture.read_bytes()
    assert signs(book) == {ONE.sign}
    path = book.folder / f"{sha256}.{ONE.sign.hex()}.age"
    path.write_bytes(path.read_bytes()[:-1])
    assert logo_bytes(sha256, book.files) is None


def test_a_change_that_is_stopped_changes_nothing(book: BookContext) -> None:
    encrypt_book(book.store, ONE)
    with pytest.raises(Stopped):
        decrypt_book(book.store, stopping=Stopping(lambda _done, _total: False))
    assert (book.store.file.key, signs(book), in_clear(book.folder)) == (ONE, {ONE.sign}, [])


def test_what_a_crash_left_is_ended_at_the_next_opening(book: BookContext) -> None:
    """Encrypted by an older program, with the files in clear: named, readable, then sealed."""
    book.store.change_key(ONE)
    assert left_in_clear(book.path) == (book.folder,)
    assert (book.files.content(SHA), findings(book)) == (CANARY, [])
    assert settle_files(book, Keys((ONE,)).find) == 0
    assert (left_in_clear(book.path), in_clear(book.folder)) == ((), [])
    book.store.change_key(None)
    assert [each.partition(":")[0] for each in findings(book)] == [
        f"“canary.pdf” of {_first(book)} is sealed with a key that is not the book's"
    ]
    assert settle_files(book, Keys((ONE,)).find) == 0
    assert (in_clear(book.folder), findings(book)) == ([SHA], [])


@pytest.mark.skipif(not UNREADABLE.exists(), reason="a file that opens and cannot be read")
def test_a_file_the_disk_does_not_give_stops_a_change_of_key(book: BookContext, ring: MemoryKeyring) -> None:
    """Else the old key would be forgotten with the file still sealed with it."""
    encrypt_book(book.store, ONE)
    path = book.folder / book.files.own_form(SHA).name
    away = path.rename(path.with_name("away"))
    path.symlink_to(UNREADABLE)
    changes: tuple[Callable[[], object], ...] = (
        lambda: encrypt_book(book.store, TWO, forget_old=True),
        lambda: decrypt_book(book.store, forget_old=True),
    )
    for change in changes:
        with pytest.raises(EnvironmentProblem, match=r"cannot be read.*nothing was changed"):
            change()
        assert (book.store.file.key, signs(book)) == (ONE, {ONE.sign})
    assert Keys().find(ONE.sign) == ONE
    away.replace(path)
    assert findings(book) == []


@pytest.mark.parametrize("wanted", [None, TWO])
def test_a_key_that_a_file_still_needs_is_not_forgotten(
    wanted: BookKey | None, book: BookContext, ring: MemoryKeyring
) -> None:
    """The file is damaged; its beginning may still be of use to somebody who has the key."""
    encrypt_book(book.store, ONE)
    path = book.folder / book.files.own_form(SHA).name
    path.write_bytes(path.read_bytes()[:-1])
    if wanted is None:
        change = decrypt_book(book.store, forget_old=True)
    else:
        change = encrypt_book(book.store, wanted, forget_old=True)
    assert change.still_sealed == (path,)
    assert Keys().find(ONE.sign) == ONE


def test_a_damaged_file_is_mended_by_attaching_it_again_and_by_a_backup_that_holds_it(
    book: BookContext, tmp_path: Path
) -> None:
    encrypt_book(book.store, ONE)
    archive = tmp_path / "move.zip"
    write_backup_zip(book, archive)
    path = book.folder / book.files.own_form(SHA).name
    path.write_bytes(path.read_bytes()[:-1])
    attach(book, tmp_path / "canary.pdf")
    assert findings(book) == []
    path.write_bytes(path.read_bytes()[:-1])
    book.store.close()
    restore_book(archive, book.path, Keys((ONE,)))
    there = opened(book.path, ONE)
    assert (there.files.content(SHA), findings(there)) == (CANARY, [])
    there.store.close()


def test_a_restore_that_cannot_be_brought_to_this_schema_keeps_the_files_with_the_book_that_is_there(
    book: BookContext, tmp_path: Path
) -> None:
    """A plain book of the first schema without a table of accounts takes the place of an encrypted one."""
    old = tmp_path / "old.book"
    backup_book(book.store, old)
    with closing(dbapi2.connect(str(old), isolation_level=None)) as connection:
        for statement in (
            "ALTER TABLE accounts RENAME TO lost",
            "UPDATE alembic_version SET version_num = '0001'",
            "PRAGMA user_version = 1",
        ):
            connection.execute(statement)
    encrypt_book(book.store, ONE)
    with pytest.raises(EnvironmentProblem, match="damaged"):
        restore_open_book(book, old, Keys((ONE,)))
    assert (sign_of(book.path), book.store.file.key) == (None, None)
    assert signs(book) == {None}
    with pytest.raises(EnvironmentProblem, match="older schema"), book.store.writing():
        pass


def _first(book: BookContext) -> str:
    with book.store.reading() as uow:
        return list_accounts(uow)[0].id


def test_a_damaged_sealed_file_is_named_by_a_check(book: BookContext) -> None:
    encrypt_book(book.store, ONE)
    (path,) = (path for path in book.folder.iterdir() if path.name.startswith(SHA))
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    path.write_bytes(damaged)
    assert findings(book) == [f"“canary.pdf” of {_first(book)} was changed or is damaged: {path}"]
    path.unlink()
    assert "is lost" in findings(book)[0]


@pytest.mark.parametrize("passphrase", [None, "four words of öde"])
def test_a_portable_backup_of_an_encrypted_book_opens_with_its_key(
    book: BookContext, tmp_path: Path, passphrase: str | None
) -> None:
    encrypt_book(book.store, ONE)
    archive, place = tmp_path / "move.zip", tmp_path / "there" / "my.book"
    done = write_backup_zip(book, archive, passphrase)
    assert done.left_out == ()
    assert in_clear(tmp_path) == []
    restore_book(archive, place, Keys((ONE,)), passphrase)
    there = opened(place, ONE)
    assert (there.files.content(SHA), findings(there), in_clear(tmp_path)) == (CANARY, [], [])
    there.store.close()


def test_a_sealed_document_that_was_changed_in_a_backup_is_refused(book: BookContext, tmp_path: Path) -> None:
    encrypt_book(book.store, ONE)
    archive, spoilt = tmp_path / "move.zip", tmp_path / "spoilt.zip"
    write_backup_zip(book, archive)
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(spoilt, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content[:-1] + b"?" if SHA in name else content)
    with pytest.raises(EnvironmentProblem, match="damaged"):
        restore_book(spoilt, tmp_path / "there" / "my.book", Keys((ONE,)))
    assert not documents_folder(tmp_path / "there" / "my.book").exists()


def test_every_backup_restored_over_the_open_book_finds_its_files(book: BookContext, tmp_path: Path) -> None:
    """In clear, with the first and with the second key, each put in the place of each."""
    copies: dict[BookKey | None, Path] = {
        None: tmp_path / "none",
        ONE: tmp_path / "one",
        TWO: tmp_path / "two",
    }
    backup_book(book.store, copies[None])
    for key in (ONE, TWO):
        encrypt_book(book.store, key)
        backup_book(book.store, copies[key])
    keys = Keys((ONE, TWO))
    order: tuple[BookKey | None, ...] = (None, ONE, TWO, ONE, None, TWO, None)
    for wanted in order:
        restore_open_book(book, copies[wanted], keys)
        assert book.store.file.key == wanted
        assert signs(book) == {None if wanted is None else wanted.sign}
        assert (book.files.content(SHA), findings(book)) == (CANARY, [])


def test_a_plain_backup_in_the_place_of_a_damaged_encrypted_book_opens_its_files(
    book: BookContext, tmp_path: Path
) -> None:
    """The key is in the keyring; the book itself is not needed for its files."""
    backup_book(book.store, tmp_path / "plain")
    encrypt_book(book.store, ONE)
    book.store.close()
    book.path.write_bytes(b"torn")
    restore_book(tmp_path / "plain", book.path)
    there = opened(book.path)
    assert (in_clear(there.folder), signs(there), findings(there)) == ([SHA], {None}, [])
    there.store.close()


def test_a_restore_without_the_key_of_the_files_leaves_them_for_later(
    book: BookContext, ring: MemoryKeyring, tmp_path: Path
) -> None:
    backup_book(book.store, tmp_path / "plain")
    encrypt_book(book.store, ONE)
    book.store.close()
    ring.kept.clear()
    restore_book(tmp_path / "plain", book.path)
    there = opened(book.path)
    assert signs(there) == {ONE.sign}
    assert "sealed with a key that is not the book's" in findings(there)[0]
    assert settle_files(there, Keys((ONE,)).find) == 0
    assert findings(there) == []
    there.store.close()


def test_a_restore_that_is_refused_changes_no_file(book: BookContext, tmp_path: Path) -> None:
    backup_book(book.store, tmp_path / "plain")
    encrypt_book(book.store, ONE)
    torn = tmp_path / "torn"
    shutil.copy(tmp_path / "plain", torn)
    with torn.open("r+b") as file:
        file.truncate(torn.stat().st_size // 2)
    with pytest.raises(EnvironmentProblem):
        restore_open_book(book, torn, Keys((ONE,)))
    assert (signs(book), in_clear(book.folder), book.files.content(SHA)) == ({ONE.sign}, [], CANARY)


def test_an_export_of_an_encrypted_book_holds_the_files_and_imports_the_same(
    book: BookContext, tmp_path: Path
) -> None:
    encrypt_book(book.store, ONE)
    target = tmp_path / "book.zip"
    export_book(book.store, book.files, target)
    with read_book_zip(target) as (_, archive):
        assert b"".join(archive.read_document(SHA)) == CANARY
    content = target.read_bytes()
    assert not any(each in content for each in (ONE.reveal(), ONE.file_secret(), b"AGE-SECRET", b".age"))
    store = open_book(tmp_path / "other.book", CLOCK, create=True)
    other = BookContext(store, CLOCK, documents_folder(store.path))
    encrypt_book(store, new_key())
    import_files(store, other.files, [target], ImportOptions())
    assert other.files.content(SHA) == CANARY
    assert in_clear(other.folder) == []
    assert rows_of(store) == rows_of(book.store)
    store.close()


@pytest.mark.parametrize("key", [None, ONE])
def test_an_export_names_a_damaged_file_and_writes_nothing(
    key: BookKey | None, book: BookContext, tmp_path: Path
) -> None:
    if key is not None:
        encrypt_book(book.store, key)
    path = book.folder / book.files.own_form(SHA).name
    path.write_bytes(b"x" + path.read_bytes()[1:])
    with pytest.raises(EnvironmentProblem, match="damaged") as caught:
        export_book(book.store, book.files, tmp_path / "book.zip")
    assert str(path) in str(caught.value)
    assert not (tmp_path / "book.zip").exists()
    export_book(book.store, book.files, tmp_path / "book.json")


def test_a_book_may_change_its_key_while_its_files_are_checked(book: BookContext) -> None:
    """The check goes on with the forms the files have by then, and finds nothing."""
    steps: list[int] = []

    def count(done: int, _total: int) -> bool:
        steps.append(done)
        return True

    def change(done: int, _total: int) -> bool:
        if done == steps[-1] - 1:
            encrypt_book(book.store, ONE)
        return True

    assert run_check(book.store, book.files, TODAY, count).is_sound
    assert run_check(book.store, book.files, TODAY, change).is_sound
    assert signs(book) == {ONE.sign}


def test_the_files_of_a_book_are_called_by_the_key_it_has_now(book: BookContext) -> None:
    assert book.files == KeptFiles(book.folder)
    encrypt_book(book.store, ONE)
    assert book.files == KeptFiles(book.folder, ONE)
    assert "•••" in repr(book.files)
