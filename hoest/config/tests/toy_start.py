"""`serve` with a toy web server and a toy worker, for test_processes.py. Run as a program."""

from __future__ import annotations

import argparse
import socket
import sys
from pathlib import Path

import click

from hoest.config import processes
from hoest.foundation.database.folder import DataFolder
from hoest.foundation.faults import Fault

WORKERS = {
    "steady": "import time; time.sleep(600)",
    "deaf": "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(600)",
    "dying": "raise SystemExit(3)",
}
arguments = argparse.ArgumentParser()
arguments.add_argument("--port", type=int)
arguments.add_argument("--host", default="127.0.0.1")
arguments.add_argument("--worker", choices=WORKERS, default="steady")
chosen = arguments.parse_args()
real_children = processes._children


def toy_children(folder: DataFolder, listener: socket.socket) -> list[processes.Child]:
    """The real children with another application and another worker."""
    web, worker = real_children(folder, listener)
    web.command[web.command.index("hoest.config.wsgi:application")] = "toy_application:application"
    web.command += ["--pythonpath", str(Path(__file__).parent)]
    worker.command = [sys.executable, "-c", WORKERS[chosen.worker]]
    return [web, worker]


processes._children = toy_children
processes.STOP_SECONDS = 3.0
try:
    processes.serve(port=chosen.port, host=chosen.host)
except Fault as fault:
    click.echo(str(fault), err=True)
    sys.exit(2)
