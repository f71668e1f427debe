"""Photos people take: read, made smaller and drawn anew, so that nothing hidden comes along.

A phone writes where and when a photo was taken, and with which device, into the file. Høst keeps
none of it: the picture is decoded, turned the right way up and encoded again as JPEG. What cannot
be decoded as one of the formats below is refused, whatever its name or type says.

Source: Pillow's guide to untrusted images (limit formats and pixels); OWASP file upload rules.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from hoest.foundation import content
from hoest.foundation.faults import Fault

FORMATS = ("JPEG", "PNG", "WEBP")
MEDIA_TYPE = "image/jpeg"
QUALITY = 82


class NotAPhoto(Fault):
    """The file is no picture we read, is too large, or is broken."""


@dataclass(frozen=True)
class Photo:
    """A picture as it is kept: JPEG without anything but the picture."""

    content: bytes
    width: int
    height: int


def read_photo(file: BinaryIO, size: int) -> Photo:
    """Return the picture of an uploaded file of `size` bytes, at most so many pixels an edge.

    Raises NotAPhoto.
    """
    if size > content.limit("photo_megabytes") * 1_000_000:
        raise NotAPhoto(
            _("Billedet fylder mere end %(size)s MB. Tag et nyt i en mindre størrelse.")
            % {"size": content.limit("photo_megabytes")}
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=FORMATS) as opened:
                _refuse_huge(opened)
                return _drawn_anew(opened)
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
    ) as unread:
        raise NotAPhoto(
            _("Filen kan ikke læses som et billede. Brug et foto i JPEG, PNG eller WebP.")
        ) from unread


def _refuse_huge(opened: Image.Image) -> None:
    if opened.width * opened.height > content.limit("photo_megapixels") * 1_000_000:
        raise NotAPhoto(_("Billedet har for mange punkter. Tag et nyt i en mindre størrelse."))


def _drawn_anew(opened: Image.Image) -> Photo:
    edge = content.limit("photo_edge_pixels")
    opened.draft("RGB", (edge, edge))
    turned = ImageOps.exif_transpose(opened)
    turned.thumbnail((edge, edge))
    plain = Image.new("RGB", turned.size, "white")
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        seen = turned.convert("RGBA")
        plain.paste(seen, mask=seen.getchannel("A"))
    else:
        plain.paste(turned.convert("RGB"))
    kept = io.BytesIO()
    plain.save(kept, "JPEG", quality=QUALITY, optimize=True)
    return Photo(kept.getvalue(), plain.width, plain.height)
