"""Pictures made anew from the bytes of others, without what is hidden in them: place, device, thumbnail, comment.

A picture may come from the perpetrator and be made to do harm, so it is opened in a process of its own with limits,
which a bad one ends and the next one begins anew. Nothing of the original but its colours reaches the new one.
"""

from pathlib import Path

from desist_chronicle.confined import Confined, answer

#: address space in bytes, seconds of processor in all, seconds by the clock for one picture
MEMORY, PROCESSOR, CLOCK = 1 << 30, 600, 60
#: the longer side of a new picture, and of the one that is printed, in points of the screen
LARGEST, PRINTED = 1600, 480
#: a larger one is taken for a bomb
MOST_PIXELS = 120_000_000
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")


class Darkroom(Confined):
    """A process that makes pictures. Use it as a context; it ends with it."""

    def __init__(self, *, clock: float = CLOCK) -> None:
        """`clock` is the most seconds that one picture may take."""
        super().__init__(__name__, clock=clock)

    def develop(self, *, path: Path, to: Path, printed: Path) -> bool:
        """Write the picture in `path` anew to `to`, and smaller to `printed`, as JPEG; False where none can be made of it."""
        made = self.ask(*(str(one.absolute()) for one in (path, to, printed))) == "made"
        if not made:
            for one in (to, printed):
                one.unlink(missing_ok=True)
        return made


def made_anew(*, path: Path, to: Path, printed: Path) -> bool:
    """Make both pictures; whatever is wrong with it, the answer is False."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - only the child needs it

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(path, formats=FORMATS) as opened:
            opened.draft("RGB", (LARGEST, LARGEST))
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((LARGEST, LARGEST))
            plain = Image.new("RGB", upright.size, "white")
            if upright.has_transparency_data:
                shown = upright.convert("RGBA")
                plain.paste(shown, mask=shown.getchannel("A"))
            else:
                plain.paste(upright.convert("RGB"))
            plain.save(to, "JPEG", quality=82)
            plain.thumbnail((PRINTED, PRINTED), reducing_gap=1.5)
            plain.save(printed, "JPEG", quality=78)
    except Exception:  # noqa: BLE001 - Pillow raises whatever a broken picture makes it raise
        return False
    return True


if __name__ == "__main__":  # pragma: no cover  the limits would bind the tests themselves
    answer(
        memory=MEMORY,
        processor=PROCESSOR,
        reply=lambda words: (
            "made" if made_anew(path=Path(words[0]), to=Path(words[1]), printed=Path(words[2])) else "none"
        ),
    )
