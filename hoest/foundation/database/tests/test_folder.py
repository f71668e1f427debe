"""The data folder: where it is, who may read it, and where PostgreSQL goes when it may not."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from hoest.foundation.database import folder as folders
from hoest.foundation.database import placement
from hoest.foundation.database.credentials import NAMES, credentials
from hoest.foundation.database.faults import DatabaseFault
from hoest.foundation.database.folder import DataFolder, open_folder


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_environment_names_the_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOEST_DATA", "~/somewhere")
    assert folders.default_path() == Path.home() / "somewhere"


def test_without_a_name_it_lies_in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOEST_DATA")
    monkeypatch.chdir("/")
    assert folders.default_path() == folders.CHECKOUT / ".hoest"


def test_a_fresh_folder_is_closed_to_others(tmp_path: Path) -> None:
    made = open_folder(tmp_path / "a" / "b")
    assert mode(made.path) == 0o700
    assert {mode(made.files), mode(made.log), mode(made.locks)} == {0o700}


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(DatabaseFault, match=r"Datamappen .*/data kan ikke laves"):
        open_folder(tmp_path / "data")


def test_secrets_are_random_private_and_kept(tmp_path: Path) -> None:
    made = open_folder(tmp_path / "data")
    first = credentials(made)
    assert set(first) == set(NAMES)
    assert len(set(first.values())) == len(NAMES)
    assert min(map(len, first.values())) >= 40
    assert len(first["secret_key"]) >= 50
    assert mode(made.secrets_file) == 0o600
    assert credentials(made) == first
    assert credentials(open_folder(tmp_path / "other")) != first


def test_a_missing_secret_is_added_and_the_others_stay(tmp_path: Path) -> None:
    made = open_folder(tmp_path / "data")
    folders.write_json(made.secrets_file, {"app": "kept"})
    assert credentials(made)["app"] == "kept"
    assert set(credentials(made)) == set(NAMES)


def test_a_broken_secrets_file_is_never_replaced(tmp_path: Path) -> None:
    made = open_folder(tmp_path / "data")
    made.secrets_file.write_text("{")
    with pytest.raises(DatabaseFault, match=r"secrets\.json er ødelagt"):
        credentials(made)
    assert made.secrets_file.read_text() == "{"


def test_a_network_drive_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placement, "_file_system", lambda path: "nfs4")
    with pytest.raises(DatabaseFault, match=r"netværksdrev \(nfs4\)"):
        placement.refuse_network_file_system(tmp_path)


def test_the_nearest_mount_decides_the_file_system(tmp_path: Path) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "22 1 8:1 / / rw shared:1 - ext4 /dev/sda rw\n"
        "23 22 0:5 / /srv rw - nfs4 server:/x rw\n"
        "24 23 0:6 / /srv/my\\040disk rw - xfs /dev/sdb rw\n"
    )
    assert placement._file_system(Path("/home/x"), mounts) == "ext4"
    assert placement._file_system(Path("/srv/data"), mounts) == "nfs4"
    assert placement._file_system(Path("/srv/my disk/data"), mounts) == "xfs"
    assert placement._file_system(Path("/srvx"), mounts) == "ext4"
    assert placement._file_system(Path("/srv"), tmp_path / "absent") == ""


def test_a_long_path_gives_a_short_private_socket_folder_that_stays(folder: DataFolder) -> None:
    deep = open_folder(folder.path / ("x" * 60) / ("y" * 60))
    if os.geteuid() == 0:
        for parent in (folder.path, folder.path / ("x" * 60)):
            parent.chmod(0o711)
    place = placement.place_of(deep)
    assert len(str(place.run / ".s.PGSQL.5432")) < placement.SOCKET_PATH_LIMIT
    assert mode(place.run) == 0o700
    assert place.run.parent != place.root
    again = placement.place_of(deep)
    assert again.run == place.run
    place.run.rmdir()
    assert placement.place_of(deep).run == place.run
    assert mode(place.run) == 0o700
    place.run.rmdir()


def test_a_socket_folder_taken_by_somebody_else_is_left_alone(folder: DataFolder) -> None:
    deep = open_folder(folder.path / ("x" * 60) / ("y" * 60))
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder to somebody else")
    for parent in (folder.path, folder.path / ("x" * 60)):
        parent.chmod(0o711)
    first = placement.place_of(deep).run
    os.chown(first, 12345, 12345)
    second = placement.place_of(deep).run
    assert second != first
    assert first.stat().st_uid == 12345
    first.rmdir()
    second.rmdir()


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="PostgreSQL switches user only for root")


@needs_root
def test_a_closed_parent_is_never_opened_and_the_database_goes_outside(tmp_path: Path) -> None:
    closed = tmp_path / "home"
    closed.mkdir(mode=0o700)
    data = open_folder(closed / "data")
    place = placement.place_of(data)
    try:
        assert mode(closed) == 0o700
        assert place.is_outside
        assert place.root.parent in map(Path, placement.OUTSIDE_PLACES)
        assert (place.root / "folder").read_text() == str(data.path)
        assert placement.place_of(data).root == place.root
        assert place.user.can_enter(place.run)
    finally:
        place.run.rmdir()
        (place.root / "folder").unlink()
        place.root.rmdir()


@needs_root
def test_a_lost_place_is_said_rather_than_replaced_by_an_empty_database(tmp_path: Path) -> None:
    data = open_folder(tmp_path / "data")
    folders.write_json(data.place_file, {"place": "/var/lib/hoest/gone", "run": None})
    with pytest.raises(DatabaseFault, match="den mappe er væk"):
        placement.place_of(data)


@needs_root
def test_only_our_own_folder_lets_the_database_user_pass(folder: DataFolder) -> None:
    place = placement.place_of(folder)
    assert place.root == folder.path
    assert mode(folder.path) == 0o710
    assert folder.path.stat().st_gid == place.user.gid
    assert folder.path.stat().st_uid == 0


@needs_root
def test_a_folder_with_other_things_in_it_is_not_opened(folder: DataFolder) -> None:
    (folder.path / "private letters").mkdir()
    place = placement.place_of(folder)
    assert place.is_outside
    assert mode(folder.path) == 0o700
