"""Why a file is refused: named errors, each with what stands there and what is expected.

The child process finds them, the calling process raises them, so each travels as its class name
and its `stands`. The sentences are Danish and meant for the person who chose the file.
"""

from __future__ import annotations

from typing import ClassVar

from hoest.foundation.faults import Fault


class FileRefused(Fault):
    """A file that was not read. `stands` is what the file holds, `expected` what would do."""

    default_stands: ClassVar[str] = "Filen kunne ikke læses."
    expected: ClassVar[str] = "Åbn filen i Excel, gem den igen som .xlsx, og prøv igen."

    def __init__(self, stands: str = "") -> None:
        self.stands = stands or self.default_stands
        super().__init__(f"{self.stands} {self.expected}")


class FileIsMissing(FileRefused):
    """There is no file there, or it may not be read."""

    default_stands = "Filen findes ikke, eller den må ikke læses."
    expected = "Angiv en .xlsx-fil."


class FileIsEmpty(FileRefused):
    """Nothing at all was handed in."""

    default_stands = "Filen er tom: den fylder 0 byte."
    expected = "Vælg en .xlsx-fil med indhold."


class FileIsTooLarge(FileRefused):
    """The packed file is beyond the limit."""

    expected = "Del den i flere filer på højst 20 MB."


class FileIsNotAWorkbook(FileRefused):
    """The file is something else than an .xlsx workbook."""

    default_stands = "Filen er ikke et regneark i formatet .xlsx."
    expected = "Gem den i Excel eller LibreOffice som .xlsx."


class FileIsEncryptedOrOld(FileRefused):
    """Protected by a password, or in the format before 2007 (.xls): the container is the same."""

    default_stands = "Filen er krypteret, eller den er i et gammelt format (.xls)."
    expected = "Gem den som .xlsx uden adgangskode."


class FileHasMacros(FileRefused):
    """The workbook carries program code."""

    expected = "Gem den som almindelig .xlsx uden makroer."


class FileHasExternalLinks(FileRefused):
    """The workbook fetches figures from elsewhere."""

    expected = "Bryd kæderne i Excel (Data, Rediger kæder), så tallene står i filen selv."


class FileUnpacksTooLarge(FileRefused):
    """A small file that becomes very large."""

    expected = "En fil må højst fylde 20 MB pakket ud. Del den i flere."


class FileHasTooManyParts(FileRefused):
    """The container holds more parts than any workbook needs."""

    expected = "Gem den igen i Excel som .xlsx."


class PartNameIsUnsafe(FileRefused):
    """A part of the container points out of it."""


class PartAppearsTwice(FileRefused):
    """Two parts share a name, so readers could disagree on what the file says."""


class FileDeclaresDoctype(FileRefused):
    """An XML part declares a document type or entities; no workbook needs that."""

    expected = "Et regneark må ikke indeholde DOCTYPE eller ENTITY. Gem filen igen i Excel."


class FileIsDamaged(FileRefused):
    """The container or one of its parts is broken."""

    default_stands = "Filen er beskadiget."


class TooManyRows(FileRefused):
    """More rows than an import takes."""

    expected = "En import må højst have 100.000 rækker. Del filen i flere."


class TooManySheets(FileRefused):
    """More sheets than an import takes."""

    expected = "En import må højst have 50 ark. Slet dem, der ikke skal med."


class CellIsFarAway(FileRefused):
    """A cell lies so far out that the sheet would fill the memory with emptiness."""

    expected = "Slet indholdet af cellen, gem filen, og prøv igen."


class TextIsTooLong(FileRefused):
    """More text than a cell or a file may hold."""

    expected = "En celle må højst have 32.767 tegn, og en fil højst 20 millioner. Kort teksten af."


class ReadingTookTooLong(FileRefused):
    """The child process was stopped by its limit on time."""

    default_stands = "Det tog for lang tid at læse filen, så læsningen blev stoppet."
    expected = "Del filen i flere, eller gem den igen i Excel."


class ReadingFailed(FileRefused):
    """The child process broke down on the file; nothing else was touched."""

    default_stands = "Filen kunne ikke læses til ende."


_REFUSALS: list[type[FileRefused]] = [FileRefused, *FileRefused.__subclasses__()]
BY_NAME: dict[str, type[FileRefused]] = {refusal.__name__: refusal for refusal in _REFUSALS}
