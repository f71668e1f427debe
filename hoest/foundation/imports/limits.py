"""How large a workbook may be. Sources: the workbook format (20 MB unpacked, 100,000 rows) and
the measured limits of the guard (768 MB of memory, 10 s of processor, 20 s on the clock).
"""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """Every limit of one reading. Sizes in bytes, times in seconds."""

    packed_bytes: int = 20 * MEGABYTE
    unpacked_bytes: int = 20 * MEGABYTE
    parts: int = 2_000
    pack_ratio: int = 200
    """How many times a part over a megabyte may grow when it is unpacked."""
    sheets: int = 50
    rows: int = 100_000
    """Rows with content, all sheets together."""
    columns: int = 1_000
    grid_cells: int = 5_000_000
    """Cells from A1 to the last one with content, empty ones included, all sheets together."""
    cell_characters: int = 32_767
    text_characters: int = 20_000_000
    memory_bytes: int = 768 * 1024 * 1024
    processor_seconds: int = 10
    wall_seconds: float = 20.0


LIMITS = Limits()

LONG_TABLES = Limits(
    unpacked_bytes=150 * MEGABYTE,
    rows=400_000,
    grid_cells=10_000_000,
    text_characters=40_000_000,
    memory_bytes=1_536 * 1024 * 1024,
    processor_seconds=60,
    wall_seconds=120.0,
)
"""For long tables that a job reads, never a request: 216,000 rows took 7 s and 280 MB."""
