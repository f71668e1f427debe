"""Who calculates: this process, a pool of processes here, or several machines through Dask.

All three take the same tasks and give the same answers; the order in which they come may differ.
A process or a machine that dies in the middle loses only its own tasks, and they are tried again.

Source: Rocklin (2015), Dask, Proceedings of the 14th Python in Science Conference, 130-136.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from .errors import MachinesLost

Task = tuple[Any, ...]
Work = Callable[..., list[str]]
Running = Generator[tuple[int, list[str]], None, None]

TRIES = 3
AHEAD = 4
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


class Machines(Protocol):
    """Anything that does tasks: gives the place and the answer of each as it is done."""

    def run(self, work: Work, tasks: Sequence[Task]) -> Running:
        """Do `work(*task)` for each task; closing the generator drops what has not begun."""


@dataclass(frozen=True, slots=True)
class Here:
    """One task after the other, in this process."""

    def run(self, work: Work, tasks: Sequence[Task]) -> Running:
        """Do the tasks in their order.

        Formula: (k, work(*task_k)) for k = 0, 1, ….
        Source: the plain loop that the others must agree with.
        """
        for place, task in enumerate(tasks):
            yield place, work(*task)


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let new processes count on one thread each, so that they do not fight for the cores."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@dataclass(frozen=True, slots=True)
class Processes:
    """A pool of processes on this machine; `count` None takes one for each core."""

    count: int | None = None

    def run(self, work: Work, tasks: Sequence[Task]) -> Running:
        """Do the tasks in a pool; begin a new pool when a process dies.

        Formula: the same answers as `Here`, as they come. Raises MachinesLost after three pools
        in a row that died without finishing a task.
        Source: Python, concurrent.futures.
        """
        left = list(range(len(tasks)))
        lost = 0
        while left:
            done: list[int] = []
            try:
                for place, answer in self._pool(work, tasks, left):
                    done.append(place)
                    yield place, answer
            except BrokenProcessPool:
                lost = 0 if done else lost + 1
                if lost >= TRIES:
                    raise MachinesLost(lost) from None
            left = [place for place in left if place not in set(done)]

    def _pool(
        self, work: Work, tasks: Sequence[Task], left: Sequence[int]
    ) -> Iterator[tuple[int, list[str]]]:
        count = min(self.count or os.cpu_count() or 1, len(left))
        context = multiprocessing.get_context("spawn")
        waiting = iter(left)
        with _one_thread(), ProcessPoolExecutor(count, mp_context=context) as pool:
            running: dict[Future[list[str]], int] = {}

            def fill() -> None:
                for place in waiting:
                    running[pool.submit(work, *tasks[place])] = place
                    if len(running) >= count * AHEAD:
                        return

            try:
                fill()
                while running:
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        place = running.pop(future)
                        yield place, future.result()
                    fill()
            finally:
                pool.shutdown(wait=True, cancel_futures=True)


@dataclass(frozen=True, slots=True)
class Cluster:
    """The machines behind a Dask scheduler, such as "tcp://10.0.0.4:8786".

    They need the same version of Høst and of its libraries. A machine that dies is left out, and
    its tasks go to the others.
    """

    address: str
    patience: float = 30.0

    def run(self, work: Work, tasks: Sequence[Task]) -> Running:
        """Do the tasks on the machines of the scheduler.

        Formula: the same answers as `Here`, as they come; a few tasks for each core are sent at a
        time, so that a large table does not wait in the scheduler's memory. Raises MachinesLost
        when a task has brought down several machines, and OSError when no scheduler answers.
        Source: Dask, distributed, `Client.submit` and `as_completed`.
        """
        from distributed import Client, KilledWorker, as_completed

        try:
            reached = Client(self.address, timeout=self.patience, set_as_default=False)
        except ValueError as fault:
            raise OSError(f"{self.address!r} is no address of a scheduler") from fault
        with reached as client:
            waiting = iter(range(len(tasks)))
            places: dict[str, int] = {}
            running = as_completed(loop=client.loop)

            def send() -> bool:
                place = next(waiting, None)
                if place is None:
                    return False
                # Not pure: an answer is never taken from another run's memory.
                future = client.submit(work, *tasks[place], pure=False)
                places[future.key] = place
                running.add(future)
                return True

            cores = max(sum(client.ncores().values()), 1)
            for _ in range(cores * AHEAD):
                if not send():
                    break
            try:
                for future in running:
                    try:
                        answer = future.result()
                    except KilledWorker as fault:
                        raise MachinesLost(TRIES) from fault
                    place = places.pop(future.key)
                    future.release()
                    send()
                    yield place, answer
            finally:
                client.cancel(list(running.futures), force=True)
