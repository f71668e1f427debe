"""The command line says in one Danish sentence what is wrong, and answers 2."""

from __future__ import annotations

import pytest

from hoest.config.cli import main


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["findes-ikke"], "Kommandoen findes-ikke findes ikke."),
        (["import"], "Der mangler FIL.xlsx."),
        (["account", "--komune", "X"], "Tilvalget --komune findes ikke. Mente du --kommune?"),
        (["start", "--port", "mange"], "--port kan ikke være som skrevet"),
        (["value", "a.json", "b.json"], "Der står mere på linjen, end kommandoen tager."),
        (["import", "/findes/ikke.xlsx"], "Filen /findes/ikke.xlsx findes ikke."),
        (["value", "/findes/ikke.json"], "/findes/ikke.json"),
    ],
)
def test_a_wrong_command_line_is_answered_in_danish(words, says, capsys):
    assert main(words) == 2
    told = capsys.readouterr()
    assert says in told.err
    assert told.out == ""


def test_every_command_has_a_danish_help_text(capsys):
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    for command in ("account", "backup", "import", "restore", "start", "value", "workbook"):
        line = next(x for x in shown.splitlines() if x.split() and x.split()[0] == command)
        assert len(line.split()) > 2
