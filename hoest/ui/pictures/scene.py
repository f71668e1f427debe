"""The scene: a roof, a ladder, an open hand, and the birds where their benefits stand.

One pass from top to bottom: what flew away, the roof with what is only promised, one rung of the
ladder for each of the four rungs between, the hand with what is in it. Two formats share it: a wide
one with words left and amounts right, and a narrow one with the words above the birds.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from hoest.ui.pictures import flock, shapes
from hoest.ui.pictures.account import HarvestAccount, Measure, RungAmount
from hoest.ui.pictures.form import Format
from hoest.ui.pictures.row import RowWords, row_svg
from hoest.ui.pictures.shapes import n


@dataclass(frozen=True)
class Place:
    """Where one bird sits, and whether it looks the other way."""

    x: float
    y: float
    turned: bool = False


class Scene:
    """Draws one account in one format, keeping the height reached so far."""

    def __init__(
        self, account: HarvestAccount, measure: Measure, form: Format, prefix: str, language: str
    ) -> None:
        """Choose the scale and count the birds; nothing is drawn yet."""
        self.account = account
        self.measure: Measure = measure
        self.form = form
        self.prefix = f"{prefix}-{form.name}"
        self.words = RowWords(measure, language)
        self.scale = flock.bird_scale(account, measure)
        self.y = 8.0
        self.eaves = 8.0
        self.behind: list[str] = []
        self.rows: list[str] = []
        self.front: list[str] = []
        self.perches: list[float] = []
        self.middles: dict[str, float] = {}

    def svg(self, label: str) -> str:
        """Return the whole picture; ``label`` is its conclusion in one sentence."""
        self._gone()
        self._roof()
        top = self.eaves
        for rung in self.account.ladder[1:5]:
            self._rung(rung)
        bottom = self.y + (2 if self.form.words_above else 16)
        self.behind.append(
            shapes.ladder(
                self.form.left, self.form.right, self.form.lean, top, bottom, self.perches
            )
        )
        self._hand()
        self._moves()
        parts = {
            rung.code: float(self._flock(rung).part)
            for rung in (*self.account.ladder, self.account.gone)
            if self._flock(rung).part
        }
        height = self.y + 6
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="harvest harvest-{self.form.name}"'
            f' viewBox="0 0 {n(self.form.width)} {n(height)}" width="{n(self.form.width)}"'
            f' height="{n(height)}" role="group" aria-label="{escape(label)}"'
            ' stroke-linecap="round" stroke-linejoin="round" stroke-width="2"'
            f' font-family="IBM Plex Sans, sans-serif">{shapes.definitions(self.prefix, parts)}'
            f'<g class="harvest-behind" aria-hidden="true">{"".join(self.behind)}</g>'
            f"{''.join(self.rows)}"
            f'<g class="harvest-front" aria-hidden="true">{"".join(self.front)}</g></svg>'
        )

    def _flock(self, rung: RungAmount) -> flock.Flock:
        return flock.flock(rung, self.measure, self.scale)

    def _gone(self) -> None:
        rung = self.account.gone
        birds = self._flock(rung)
        if not rung.count and not birds.places:
            return
        start = self.y
        if self.form.words_above:
            self.y += 26
        per_line = self._per_line()
        lines = max(1, -(-birds.places // per_line))
        drawn = []
        for index in range(birds.places):
            row, column = divmod(index, per_line)
            x = self.form.left + 10 + column * self.form.pitch * 1.08
            y = self.y + (row + 1) * self.form.line - 2 - (5 if column % 2 else 0)
            clip = f"{self.prefix}-part-{rung.code}" if index == birds.whole and birds.part else ""
            outlined = index >= birds.drawn
            if clip:
                drawn.append(shapes.flying_bird(self.prefix, x, y, self.form.size, outlined=True))
            drawn.append(
                shapes.flying_bird(self.prefix, x, y, self.form.size, clip=clip, outlined=outlined)
            )
        self.y += lines * self.form.line + (4 if self.form.words_above else 12)
        self._row(rung, start, self.y, "".join(drawn))

    def _roof(self) -> None:
        rung = self.account.rung("promised")
        birds = self._flock(rung)
        form = self.form
        left, right = (form.left + 34, form.right - 34) if form.words_above else (190.0, 650.0)
        per_ridge = max(1, int((right - left - 74) // form.pitch))
        per_course = max(1, int((right - left - 6) // form.pitch))
        lines = self._lines(birds.places, per_ridge, per_course)
        start = self.y
        self.y += 24 if form.words_above else 8
        ridge = self.y + max(form.line, 40)
        spare = 20 if len(lines) > 1 else (30 if form.words_above else 44)
        bottom = ridge + (len(lines) - 1) * form.line + spare
        courses = [ridge + row * form.line for row in range(1, len(lines))]
        self.behind.append(shapes.roof(self.prefix, left, right, ridge, bottom, courses))
        placed = []
        for row, count in enumerate(lines):
            room = right - left - (74 if row == 0 else 6)
            x = left + 6 + (0 if row == 0 else max(0.0, (room - count * form.pitch) / 2))
            y = ridge + row * form.line - 2
            placed += [
                Place(x + i * form.pitch, y, turned=(i * 5 + row * 3) % 7 == 3)
                for i in range(count)
            ]
        self._row(rung, start, bottom, self._birds(rung, placed))
        self.eaves = bottom
        self.y = bottom + (8 if form.words_above else 2)

    def _rung(self, rung: RungAmount) -> None:
        birds = self._flock(rung)
        form = self.form
        start = self.y
        self.y += 28 if form.words_above else 16
        per_line = self._per_line()
        lines = self._lines(birds.places, per_line, per_line)
        placed = []
        for row, count in enumerate(lines):
            self.y += form.line if count else (6 if form.words_above else 24)
            perch = self.y
            self.perches.append(perch)
            first = form.left + form.lean + 12
            placed += [
                Place(first + i * form.pitch, perch - 1, turned=(i * 3 + row) % 8 == 5)
                for i in range(count)
            ]
        self._row(rung, start, self.y + 6, self._birds(rung, placed))
        self.y += 6

    def _hand(self) -> None:
        rung = self.account.rung("in_hand")
        birds = self._flock(rung)
        form = self.form
        start = self.y + 6
        self.y += 34 if form.words_above else 30
        pitch = form.pitch * (0.82 if form.words_above else 0.94)
        widest = self._heap_width(birds.places, pitch)
        heap = self._heap(birds.places, widest)
        step = shapes.BIRD_HEIGHT * form.size * 0.78
        palm = max(0, len(heap) - 1) * step + max(shapes.BIRD_HEIGHT * form.size + 6, 46)
        y = self.y + palm
        stretch = max(0.0, widest * pitch / form.hand_size - shapes.PALM)
        whole = (shapes.HAND_WIDTH + stretch) * form.hand_size
        x = (
            min(0.0, form.width - whole)
            if form.words_above
            else max(150.0, (form.left + form.right - whole) / 2 - 30)
        )
        back, front = shapes.hand(x, y, form.hand_size, stretch)
        middle = x + (186 + stretch / 2) * form.hand_size
        placed = []
        for row, count in enumerate(heap):
            first = middle - count * pitch / 2
            placed += [
                Place(first + i * pitch, y + 3 - row * step, turned=i >= (count + 1) // 2)
                for i in range(count)
            ]
        bottom = y + 52 * form.hand_size
        self.behind.append(back)
        top_down = self._birds(rung, placed, reverse=True)
        self._row(rung, start, bottom, top_down, base=y + 4)
        self.front.append(front)
        self.y = bottom

    def _heap_width(self, count: int, pitch: float) -> int:
        """Return how many birds the palm holds: a low heap, as far as the hand has room."""
        rows = self.form.heap_rows
        wanted = -(-(count + rows * (rows - 1) // 2) // rows) if count > 6 else 3
        room = self.form.hand_room / self.form.hand_size - shapes.HAND_WIDTH + shapes.PALM
        return max(3, min(wanted, int(room * self.form.hand_size / pitch)))

    def _heap(self, count: int, widest: int) -> list[int]:
        """Return the birds of each row from below: a heap, or a stack when that is lower."""
        rows = min(self.form.heap_rows, widest)
        pointed = count <= rows * widest - rows * (rows - 1) // 2
        lines: list[int] = []
        while count > 0:
            row = len(lines)
            here = min(count, widest - (row if pointed else row % 2))
            lines.append(here)
            count -= here
        return lines

    def _per_line(self) -> int:
        room = self.form.right - self.form.left - 2 * self.form.lean - 16
        return max(1, int(room // self.form.pitch))

    @staticmethod
    def _lines(count: int, first: int, others: int) -> list[int]:
        """Return how many birds sit on each line: as few lines as can be, evenly filled."""
        more = -(-max(count - first, 0) // others)
        lines = [min(first, -(-count // (more + 1)))]
        for left in range(more, 0, -1):
            lines.append(-(-(count - sum(lines)) // left))
        return lines

    def _birds(self, rung: RungAmount, places: list[Place], reverse: bool = False) -> str:
        birds = self._flock(rung)
        drawn = []
        for index, place in enumerate(places):
            if index < birds.whole:
                drawn.append(
                    shapes.bird(
                        self.prefix, rung.code, place.x, place.y, self.form.size, place.turned
                    )
                )
            elif index < birds.drawn:
                drawn.append(
                    shapes.part_of_bird(self.prefix, rung.code, place.x, place.y, self.form.size)
                )
            else:
                drawn.append(shapes.outlined_bird(self.prefix, place.x, place.y, self.form.size))
        return "".join(reversed(drawn) if reverse else drawn)

    def _row(
        self, rung: RungAmount, top: float, bottom: float, birds: str, base: float | None = None
    ) -> None:
        """Add one rung, and remember its middle for the arrows."""
        self.middles[rung.code] = (top + bottom) / 2
        self.rows.append(row_svg(self.form, self.words, rung, (top, bottom), birds, base))

    def _moves(self) -> None:
        """Draw what moved as arrows beside the ladder, each in a lane where it meets no other."""
        lanes: list[list[tuple[float, float]]] = []
        gap = 17 if self.form.words_above else 24
        for move in self.account.moves:
            ends = (self.middles.get(move.from_code), self.middles.get(move.to_code))
            if None in ends or move.count <= 0 or ends[0] == ends[1]:
                continue
            start, end = float(ends[0] or 0), float(ends[1] or 0)
            low, high = sorted((start, end))
            free = (
                i for i, taken in enumerate(lanes) if all(high <= a or low >= b for a, b in taken)
            )
            lane = next(free, len(lanes))
            if lane == len(lanes):
                lanes.append([])
            lanes[lane].append((low, high))
            x = min(self.form.lane + lane * gap, self.form.lane + 2 * gap)
            back = end < start
            inward = 7 if end > start else -7
            self.front.append(
                shapes.arrow(x, start + inward, end - inward, move.count, back, gap / 2.2)
            )
