"""The commands about backups answer as the handbook says."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Shell


def test_a_backup_without_a_file_is_listed_pinned_verified_and_previewed(shell: Shell) -> None:
    shell.ok("sample", as_of="2026-11-22")
    written = shell.ok("backup", "--json").json["written"]
    listed = shell.ok("backups", "--json").json["backups"]
    assert [each["path"] for each in listed] == [written]
    assert (listed[0]["good"], listed[0]["reason"], listed[0]["pinned"]) == (True, "by_hand", False)
    name = listed[0]["name"]
    assert shell.ok("backups", "--pin", name, "--json").json["backups"][0]["pinned"]
    assert "pinned" in shell.run("backups", "--delete", name).err
    assert not shell.ok("backups", "--unpin", name, "--json").json["backups"][0]["pinned"]
    assert "last good" in shell.run("backups", "--delete", name).err
    assert name in shell.ok("backups", "--verify", name).out
    preview = shell.ok("restore", written, "--preview", "--json").json
    assert len(preview["accounts"]) == listed[0]["accounts"] > 0
    assert preview["newest"][0]["number"] == listed[0]["last_number"]
    assert preview["business"] in shell.ok("restore", written, "--preview").out


def test_the_number_of_backups_kept_is_set_for_this_machine(shell: Shell) -> None:
    shell.ok("sample", as_of="2026-11-22")
    usual = {"days": 7, "weeks": 5, "months": 12, "newest": 5}
    assert shell.ok("backups", "--json").json["keep"] == usual
    assert "14 days, 0 weeks" in shell.ok("backups", "--keep", "14", "0", "24").out
    assert shell.ok("backups", "--json").json["keep"] == usual | {"days": 14, "weeks": 0, "months": 24}
    assert shell.run("backups", "--keep", "100", "0", "0").code == 1
    assert shell.ok("backups", "--json").json["keep"]["days"] == 14


def test_an_unknown_backup_is_refused_by_name(shell: Shell) -> None:
    shell.ok("sample", as_of="2026-11-22")
    answer = shell.run("backups", "--verify", "nothing")
    assert (answer.code, "nothing" in answer.err) == (1, True)
    assert "no backup" in shell.ok("backups").out


def test_a_damaged_backup_is_said_and_marked(shell: Shell) -> None:
    shell.ok("sample", as_of="2026-11-22")
    path = Path(shell.ok("backup", "--json").json["written"])
    with path.open("r+b") as file:
        file.seek(100_000)
        file.write(b"\xff" * 5000)
    answer = shell.run("backups", "--verify", path.name)
    assert (answer.code, path.name in answer.err) == (1, True)
    assert not shell.ok("backups", "--json").json["backups"][0]["good"]


def test_an_import_into_a_book_in_use_is_preceded_by_a_backup(shell: Shell) -> None:
    shell.ok("sample", as_of="2026-11-22")
    shell.ok("export", str(shell.folder / "book.json"))
    shell.ok("import", str(shell.folder / "book.json"), "--dry-run")
    assert shell.ok("backups", "--json").json["backups"] == []
    shell.ok("import", str(shell.folder / "book.json"))
    assert [each["reason"] for each in shell.ok("backups", "--json").json["backups"]] == ["before_import"]
