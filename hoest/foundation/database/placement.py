"""Where PostgreSQL's folder and socket lie, so that its OS user can reach them.

Normally in the data folder. As root PostgreSQL runs as another user, and when that user may not
pass through a parent folder (a home of mode 0700, say) we do not open the parent: the database
goes to a folder of its own under /var/lib/hoest, and `place.json` in the data folder points there.
A socket path has a hard limit in the kernel; a long one gives way to a short private folder.
"""

from __future__ import annotations

import os
import secrets
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hoest.foundation.database.faults import DatabaseFault
from hoest.foundation.database.folder import OWN_NAMES, DataFolder, read_json, write_json
from hoest.foundation.database.locks import exclusively
from hoest.foundation.database.os_user import OsUser, database_user

PORT = 5432
SOCKET_PATH_LIMIT = 100
OUTSIDE_PLACES = ("/var/lib/hoest", "/srv/hoest", "/opt/hoest")
# A network file system may acknowledge a write that it loses: reliability before convenience.
NETWORK_FILE_SYSTEMS = {
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "lustre", "beegfs", "glusterfs",
    "fuse.sshfs", "fuse.glusterfs", "fuse.ceph", "fuse.rclone", "fuse.s3fs",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Folders that PostgreSQL's OS user can reach."""

    root: Path
    run: Path
    user: OsUser

    @property
    def pgdata(self) -> Path:
        """PostgreSQL's own folder."""
        return self.root / "pg"

    @property
    def is_outside(self) -> bool:
        """Tell whether the place lies outside the data folder."""
        return (self.root / "folder").exists()


def place_of(folder: DataFolder) -> Place:
    """Return the place of a data folder, deciding it the first time.

    Raises DatabaseFault on a network file system, for a lost place, or when nowhere is possible.
    """
    user = database_user()
    with exclusively(folder.lock("place")):
        pointer = read_json(folder.place_file)
        root = _root(folder, pointer.get("place"), user)
        refuse_network_file_system(root)
        run = _socket_folder(root, pointer.get("run"), user)
        wanted = {
            "place": str(root) if root != folder.path else None,
            "run": str(run) if run.parent != root else None,
        }
        if any(wanted.values()) and wanted != pointer:
            write_json(folder.place_file, wanted)
    return Place(root, run, user)


def _root(folder: DataFolder, recorded: str | None, user: OsUser) -> Path:
    if recorded:
        root = Path(recorded)
        if not root.is_dir():
            raise DatabaseFault(
                f"Databasen lå i {root}, men den mappe er væk. Læg den tilbage, eller slet "
                f"{folder.place_file} for at begynde med en tom database."
            )
        return root
    if (folder.path / "pg" / "PG_VERSION").exists():
        if not let_in(folder, user):
            raise DatabaseFault(
                f"Brugeren {user.name}, som PostgreSQL kører som, kan ikke komme ind i "
                f"{folder.path}. Flyt datamappen til et sted, den kan nå, for eksempel /var/lib."
            )
        return folder.path
    if let_in(folder, user):
        return folder.path
    return _outside_root(folder, user)


def let_in(folder: DataFolder, user: OsUser) -> bool:
    """Let PostgreSQL's user pass through the data folder itself, never through its parents."""
    path = folder.path
    ours = path.stat().st_uid == os.geteuid() and set(os.listdir(path)) <= OWN_NAMES
    if user.switch and ours and not user.can_enter(path) and user.can_enter(path.parent):
        os.chown(path, -1, user.gid)
        path.chmod(stat.S_IMODE(path.stat().st_mode) | stat.S_IXGRP)
    return user.can_enter(path)


def outside_base(user: OsUser) -> Path:
    """Return a folder of ours that PostgreSQL's user can reach and nobody else can write in."""
    for name in OUTSIDE_PLACES:
        base = Path(name)
        try:
            base.mkdir(mode=0o755, parents=True, exist_ok=True)
            found = base.stat()
        except OSError:
            continue
        safe = found.st_uid == os.geteuid() and not found.st_mode & 0o022
        if safe and user.can_enter(base):
            return base
    raise DatabaseFault(
        f"Brugeren {user.name}, som PostgreSQL kører som, kan ikke nå datamappen, og der kunne "
        f"ikke laves en mappe i {OUTSIDE_PLACES[0]}. Vælg en anden datamappe med HOEST_DATA."
    )


def _outside_root(folder: DataFolder, user: OsUser) -> Path:
    root = outside_base(user) / secrets.token_hex(8)
    root.mkdir(mode=0o700)
    root.chmod(0o711)
    (root / "folder").write_text(str(folder.path), encoding="utf-8")
    return root


def _socket_folder(root: Path, recorded: str | None, user: OsUser) -> Path:
    run = root / "run"
    if len(os.fsencode(run / f".s.PGSQL.{PORT}")) >= SOCKET_PATH_LIMIT:
        run = Path(recorded) if recorded else Path(tempfile.mkdtemp(prefix="hoest-"))
    try:
        run.mkdir(mode=0o700)
    except FileExistsError:
        found = run.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {user.uid, os.geteuid()}:
            # Somebody else took the name in the shared temporary folder: leave it to them.
            run = Path(tempfile.mkdtemp(prefix="hoest-"))
    user.own(run)
    run.chmod(0o700)
    if not user.can_enter(run):
        raise DatabaseFault(
            f"Brugeren {user.name}, som PostgreSQL kører som, kan ikke nå {run}. "
            "Sæt TMPDIR til en mappe, alle må gå igennem, for eksempel /tmp."
        )
    return run


def refuse_network_file_system(path: Path) -> None:
    """Raise DatabaseFault when a folder lies on a network file system."""
    kind = _file_system(path)
    if kind in NETWORK_FILE_SYSTEMS:
        raise DatabaseFault(
            f"Datamappen {path} ligger på et netværksdrev ({kind}), og det kan en database ikke "
            "tåle. Vælg en mappe på en lokal disk med HOEST_DATA."
        )


def _file_system(path: Path, mounts: Path = Path("/proc/self/mountinfo")) -> str:
    """Return the kind of file system a path lies on, or an empty text when unknown."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    real = path.resolve()
    best, kind = -1, ""
    for line in lines:
        left, _, right = line.partition(" - ")
        point = Path(left.split()[4].replace("\\040", " "))
        if real.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), right.split()[0]
    return kind
