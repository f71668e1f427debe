"""Backup and restore: everything or nothing, across versions and onto the operator's server."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from hoest.foundation.database import binaries, restore, roles
from hoest.foundation.database.backup import Copy, backup, count_rows, read_through
from hoest.foundation.database.connection import connect, database_url
from hoest.foundation.database.faults import BackupFault
from hoest.foundation.database.folder import DataFolder, open_folder
from hoest.foundation.database.locks import exclusively
from hoest.foundation.database.sharing import running
from hoest.foundation.database.tests.conftest import copied, new_path, throw_away

SCHEMA = """
CREATE TABLE town (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE promise (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  town_id int NOT NULL REFERENCES town, dkk numeric(14,2));
ALTER TABLE promise ENABLE ROW LEVEL SECURITY;
ALTER TABLE promise FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON promise USING (town_id = current_setting('a.town')::int);
CREATE TYPE rung AS ENUM ('sown', 'harvested');
CREATE VIEW names WITH (security_invoker) AS SELECT name FROM town;
CREATE FUNCTION frozen() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'frozen'; END $$;
CREATE TRIGGER frozen BEFORE UPDATE ON town FOR EACH ROW EXECUTE FUNCTION frozen();
REVOKE DELETE ON town FROM hoest_app;
"""
FILL = """
INSERT INTO town SELECT n, 'Kommune ' || n FROM generate_series(1, 98) n;
INSERT INTO promise (town_id, dkk) SELECT 1 + n % 98, n FROM generate_series(1, 1000) n;
"""


def fill(folder: DataFolder) -> None:
    """Put two tables with forced policies, and two files, into a fresh data folder."""
    roles.ensure(folder)
    with connect("owner", folder) as owner:
        owner.execute(SCHEMA)
    with connect("superuser", folder) as admin:
        admin.execute(FILL)
    (folder.files / "imports").mkdir()
    (folder.files / "imports" / "København.xlsx").write_bytes(b"PK")
    (folder.files / "letter.pdf").write_bytes(b"%PDF")


def rows(folder: DataFolder) -> dict[str, int]:
    with connect("backup", folder) as inside:
        return count_rows(inside)


@pytest.fixture
def folder(prepared_template: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DataFolder]:
    """A data folder whose database and roles are there already."""
    made = copied(prepared_template)
    monkeypatch.setenv("HOEST_DATA", str(made.path))
    yield made
    throw_away(made)


@pytest.fixture
def second_folder(prepared_template: Path) -> Iterator[DataFolder]:
    """Another one."""
    made = copied(prepared_template)
    yield made
    throw_away(made)


@pytest.fixture
def filled(folder: DataFolder) -> Iterator[DataFolder]:
    with running(folder.path):
        fill(folder)
        yield folder


@pytest.fixture
def copy(filled: DataFolder, tmp_path: Path) -> Copy:
    return backup(tmp_path / "copy.tar", filled)


def assert_whole(folder: DataFolder) -> None:
    """Everything `fill` made is there and bound as before."""
    assert rows(folder) == {"promise": 1000, "town": 98}
    with connect("backup", folder) as inside:
        assert inside.execute("SELECT sum(dkk) FROM promise").fetchone() == (500500,)
    with connect("app", folder) as app:
        assert app.execute("SELECT count(*) FROM names").fetchone() == (98,)
        app.execute("SELECT set_config('a.town', '7', false)")
        assert app.execute("SELECT count(*) FROM promise").fetchone() == (11,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("DELETE FROM town")
    with connect("owner", folder) as owner:
        with pytest.raises(psycopg.errors.RaiseException, match="frozen"):
            owner.execute("UPDATE town SET name = 'x'")
        owner.execute("INSERT INTO town VALUES (99, 'ny')")
        owner.execute("DELETE FROM town WHERE id = 99")
    found = {p.relative_to(folder.files).as_posix() for p in folder.files.rglob("*") if p.is_file()}
    assert found == {"imports/København.xlsx", "letter.pdf"}
    assert (folder.files / "letter.pdf").read_bytes() == b"%PDF"


def test_a_copy_becomes_the_same_database_in_a_new_folder(
    copy: Copy, second_folder: DataFolder
) -> None:
    assert copy.manifest.rows == {"promise": 1000, "town": 98}
    assert str(copy.manifest) == "1.098 rækker i 2 tabeller og 2 filer"
    assert copy.file.stat().st_mode & 0o777 == 0o600
    manifest = restore.restore(copy.file, second_folder)
    assert manifest.rows == copy.manifest.rows
    with running(second_folder.path):
        assert_whole(second_folder)
        with connect("superuser", second_folder, "postgres") as admin:
            names = admin.execute("SELECT datname FROM pg_database ORDER BY 1").fetchall()
    assert [name for (name,) in names] == ["hoest", "postgres", "template0", "template1"]
    assert not (second_folder.path / "restore.new").exists()
    assert not (second_folder.path / "files.old").exists()


def test_the_copy_is_of_one_moment_while_others_write(
    filled: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, second_folder: DataFolder
) -> None:
    from hoest.foundation.database import backup as module

    dump = module._dump

    def write_in_between(folder: DataFolder, file: Path, snapshot: str) -> None:
        with connect("superuser", filled) as admin:
            admin.execute("INSERT INTO promise (town_id, dkk) VALUES (1, 1)")
        dump(folder, file, snapshot)

    monkeypatch.setattr(module, "_dump", write_in_between)
    copy = backup(tmp_path / "copy.tar", filled)
    assert copy.manifest.rows["promise"] == 1000
    assert rows(filled)["promise"] == 1001
    restore.restore(copy.file, second_folder)


def test_a_folder_as_target_gives_the_file_a_name_with_the_date(
    filled: DataFolder, tmp_path: Path
) -> None:
    made = backup(tmp_path, filled)
    assert made.file.parent == tmp_path
    assert made.file.name.startswith("hoest-20")
    assert list(tmp_path.iterdir()) == [made.file]


def test_an_existing_file_is_never_written_over(filled: DataFolder, tmp_path: Path) -> None:
    (tmp_path / "copy.tar").write_text("dear")
    with pytest.raises(BackupFault, match="findes allerede"):
        backup(tmp_path / "copy.tar", filled)
    assert (tmp_path / "copy.tar").read_text() == "dear"
    with pytest.raises(BackupFault, match="findes ikke"):
        backup(tmp_path / "nowhere" / "copy.tar", filled)


def test_data_is_replaced_only_when_asked(copy: Copy, filled: DataFolder) -> None:
    with connect("superuser", filled) as admin:
        admin.execute("DELETE FROM promise")
    (filled.files / "newer.pdf").write_bytes(b"new")
    with pytest.raises(BackupFault, match="--overskriv"):
        restore.restore(copy.file, filled)
    assert rows(filled)["promise"] == 0
    restore.restore(copy.file, filled, overwrite=True)
    assert_whole(filled)


def test_nothing_changes_while_people_are_served(copy: Copy, filled: DataFolder) -> None:
    with exclusively(filled.lock("start")), pytest.raises(BackupFault, match="Stop Høst"):
        restore.restore(copy.file, filled, overwrite=True)


@pytest.mark.parametrize("moment", ["_compare", "_rename"])
def test_a_restore_that_fails_leaves_everything_as_it_was(
    copy: Copy, filled: DataFolder, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    def fail(*_: object) -> None:
        raise BackupFault("midt i det hele")

    (filled.files / "newer.pdf").write_bytes(b"new")
    with connect("superuser", filled) as admin:
        admin.execute("DELETE FROM promise WHERE id > 500")
    monkeypatch.setattr(restore, moment, fail)
    with pytest.raises(BackupFault, match="midt i det hele"):
        restore.restore(copy.file, filled, overwrite=True)
    assert rows(filled) == {"promise": 500, "town": 98}
    assert (filled.files / "newer.pdf").exists()
    with connect("superuser", filled, "postgres") as admin:
        left = admin.execute("SELECT datname FROM pg_database WHERE datname ~ '_ny_'").fetchall()
    assert left == []


def test_a_missing_row_is_noticed(copy: Copy, second_folder: DataFolder, tmp_path: Path) -> None:
    forged = tmp_path / "forged.tar"
    with tarfile.open(copy.file) as source, tarfile.open(forged, "w") as target:
        for member in source:
            content = source.extractfile(member).read()  # type: ignore[union-attr]
            if member.name == "manifest.json":
                manifest = json.loads(content)
                manifest["rows"]["town"] = 99
                content = json.dumps(manifest).encode()
            member.size = len(content)
            target.addfile(member, io.BytesIO(content))
    with pytest.raises(BackupFault, match="tabellen town skulle have 99 rækker, men fik 98"):
        restore.restore(forged, second_folder)


def tar_of(path: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w") as tar:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return path


def test_every_damage_to_a_copy_is_found_before_anything_changes(
    copy: Copy, tmp_path: Path
) -> None:
    whole = copy.file.read_bytes()
    with tarfile.open(copy.file) as tar:
        places = [m.offset_data for m in tar if m.size]
    damaged = tmp_path / "damaged.tar"
    for place in places:
        damaged.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(BackupFault):
            read_through(damaged)
    for length in (0, 1, 511, 513, len(whole) // 3, len(whole) // 2, places[-1]):
        damaged.write_bytes(whole[:length])
        with pytest.raises(BackupFault):
            read_through(damaged)


@pytest.mark.parametrize(
    ("members", "complaint"),
    [
        ({"manifest.json": b"{}"}, "ikke en sikkerhedskopi"),
        ({"manifest.json": b"[]"}, "ikke en sikkerhedskopi"),
        ({"../evil": b"x"}, "indeholder ../evil"),
        ({"files/../../evil": b"x"}, "indeholder files/"),
        ({"/etc/passwd": b"x"}, "indeholder /etc/passwd"),
        (
            {
                "manifest.json": json.dumps(
                    {"made_at": "", "postgresql": 18, "rows": {}, "sha256": {}, "format": 9}
                ).encode()
            },
            "nyere Høst",
        ),
    ],
)
def test_a_file_that_is_no_copy_of_ours_is_refused(
    tmp_path: Path, members: dict[str, bytes], complaint: str
) -> None:
    with pytest.raises(BackupFault, match=complaint):
        read_through(tar_of(tmp_path / "x.tar", members), tmp_path / "into")
    assert not (tmp_path / "evil").exists()


def test_a_link_inside_a_copy_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.tar"
    with tarfile.open(file, "w") as tar:
        entry = tarfile.TarInfo("files/link")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(entry)
    with pytest.raises(BackupFault, match="indeholder files/link"):
        read_through(file)


def old_postgresql() -> str | None:
    found = [b for b in binaries.available() if b.source == "local" and b.major < 18]
    return str(found[0].folder) if found else None


@pytest.mark.skipif(old_postgresql() is None, reason="no older PostgreSQL on this machine")
def test_an_older_postgresql_moves_to_the_newer_one(
    second_folder: DataFolder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = open_folder(new_path())
    monkeypatch.setenv("HOEST_DATA", str(folder.path))
    monkeypatch.setenv("HOEST_PGBIN", old_postgresql() or "")
    with running(folder.path):
        fill(folder)
        copy = backup(tmp_path / "old.tar", folder)
    assert copy.manifest.postgresql < 18
    monkeypatch.delenv("HOEST_PGBIN")
    restore.restore(copy.file, second_folder)
    with running(second_folder.path) as server:
        assert server.state["version"].startswith("18")
        assert_whole(second_folder)
    with running(folder.path) as server:
        assert not server.state["version"].startswith("18"), "old data keeps its own binaries"
    throw_away(folder)


@pytest.mark.skipif(old_postgresql() is None, reason="no older PostgreSQL on this machine")
def test_a_newer_copy_is_not_forced_into_an_older_postgresql(
    copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = open_folder(new_path())
    monkeypatch.setenv("HOEST_PGBIN", old_postgresql() or "")
    with pytest.raises(BackupFault, match="lavet med PostgreSQL 18 og kan ikke læses af"):
        restore.restore(copy.file, old)
    throw_away(old)


@pytest.fixture
def operators_server(second_folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A second PostgreSQL that we know only by its address."""
    with running(second_folder.path):
        with connect("superuser", second_folder, "postgres") as admin:
            admin.execute("CREATE DATABASE town")
        monkeypatch.setenv("DATABASE_URL", database_url("superuser", second_folder, "town"))
        yield


def test_a_copy_moves_to_the_operators_server_and_back(
    copy: Copy, filled: DataFolder, operators_server: None, tmp_path: Path
) -> None:
    restore.restore(copy.file, filled)
    assert_whole(filled)
    with pytest.raises(BackupFault, match="--overskriv"):
        restore.restore(copy.file, filled)
    with connect("superuser", filled) as admin:
        admin.execute("DELETE FROM promise")
    restore.restore(copy.file, filled, overwrite=True)
    assert_whole(filled)
    again = backup(tmp_path / "again.tar", filled)
    assert again.manifest.rows == copy.manifest.rows


def test_on_the_operators_server_a_failing_restore_changes_nothing(
    copy: Copy,
    filled: DataFolder,
    operators_server: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    restore.restore(copy.file, filled)
    with connect("superuser", filled) as admin:
        admin.execute("DELETE FROM promise WHERE id > 500")
        # In the way of the copy, and not the owner's to remove.
        admin.execute("DROP VIEW names; CREATE TABLE names (n int)")
    (filled.files / "newer.pdf").write_bytes(b"new")
    with pytest.raises(BackupFault, match="intet er ændret"):
        restore.restore(copy.file, filled, overwrite=True)
    assert rows(filled) == {"names": 0, "promise": 500, "town": 98}
    assert (filled.files / "newer.pdf").exists()
