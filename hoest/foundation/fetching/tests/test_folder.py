"""The folder of sources: a plain file of the municipality's own, and nothing else."""

import os

import pytest

from hoest.foundation.database.folder import open_folder
from hoest.foundation.fetching.faults import FileNotThere, TooLarge
from hoest.foundation.fetching.folder import MOST_BYTES, read_folder_file


@pytest.fixture
def folder():
    path = open_folder().path / "sources" / "9901"
    path.mkdir(parents=True, exist_ok=True)
    yield path
    for one in path.iterdir():
        one.unlink()


def test_a_file_is_read_whatever_a_spreadsheet_wrote_it_as(folder):
    (folder / "ventetid.csv").write_bytes("Dato;Værdi\n".encode("cp1252"))
    assert read_folder_file("9901", "ventetid.csv") == "Dato;Værdi\n"
    (folder / "ventetid.csv").write_bytes("\ufeffDato;Værdi\n".encode())
    assert read_folder_file("9901", "ventetid.csv") == "Dato;Værdi\n"


@pytest.mark.parametrize(
    "name",
    [
        "../9902/nabo.csv",
        "/etc/passwd",
        "..csv",
        "a/b.csv",
        "x.txt",
        "",
        "a\n.csv",
        "-x.csv",
        ".csv",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(folder, name):
    with pytest.raises(FileNotThere):
        read_folder_file("9901", name)


def test_a_link_and_a_pipe_are_not_read(folder):
    os.symlink("/etc/passwd", folder / "link.csv")
    os.mkfifo(folder / "pibe.csv")
    for name in ("link.csv", "pibe.csv", "mangler.csv"):
        with pytest.raises(FileNotThere):
            read_folder_file("9901", name)


def test_another_municipalitys_code_is_another_folder(folder):
    (folder / "tal.csv").write_text("Dato;Værdi\n")
    with pytest.raises(FileNotThere):
        read_folder_file("9902", "tal.csv")
    with pytest.raises(FileNotThere):
        read_folder_file("../sources/9901", "tal.csv")


def test_a_file_that_is_too_large_or_no_text_is_said(folder):
    (folder / "stor.csv").write_bytes(b"1" * (MOST_BYTES + 1))
    with pytest.raises(TooLarge):
        read_folder_file("9901", "stor.csv")
    (folder / "billede.csv").write_bytes(b"\x00\x01\x02")
    with pytest.raises(FileNotThere, match="ikke tekst"):
        read_folder_file("9901", "billede.csv")
