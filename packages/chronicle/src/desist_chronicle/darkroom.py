"""Pictures made anew from the bytes of others, without what is hidden in them: place, device, thumbnail, comment.

A picture may come from the perpetrator and be made to do harm, so it is opened in a process of its own with limits,
which a bad one ends and the next one begins anew. Nothing of the original but its colours reaches the new one.
"""

import resource
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, Self, cast

#: address space in bytes, seconds of processor in all, seconds by the clock for one picture
MEMORY, PROCESSOR, CLOCK = 1 << 30, 600, 60
#: the longer side of a new picture, in points of the screen
LARGEST = 1600
#: a larger one is taken for a bomb
MOST_PIXELS = 120_000_000
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")


class Darkroom:
    """A process that makes pictures. Use it as a context; it ends with it."""

    def __init__(self, *, clock: float = CLOCK) -> None:
        self._clock = clock
        self._child: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def develop(self, *, path: Path, to: Path) -> bool:
        """Write the picture in `path` anew to `to`, as JPEG; False where none can be made of it."""
        child = self._child = self._child or _begun()
        stop = threading.Timer(self._clock, child.kill)
        stop.start()
        try:
            cast("IO[str]", child.stdin).write(f"{path.absolute()}\0{to.absolute()}\n")
            cast("IO[str]", child.stdin).flush()
            answer = cast("IO[str]", child.stdout).readline()
        except OSError:
            answer = ""
        finally:
            stop.cancel()
        if not answer:
            self._end()
        made = answer == "made\n"
        if not made:
            to.unlink(missing_ok=True)
        return made

    def _end(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            for pipe in (self._child.stdin, self._child.stdout):
                with suppress(OSError):
                    cast("IO[str]", pipe).close()
        self._child = None


def _begun() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "desist_chronicle.darkroom"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def main() -> None:  # pragma: no cover  the limits would bind the tests themselves
    """As the child: set the limits, and answer a line for each line."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin:
        source, _, to = line.rstrip("\n").partition("\0")
        sys.stdout.write("made\n" if made_anew(path=Path(source), to=Path(to)) else "none\n")
        sys.stdout.flush()


def made_anew(*, path: Path, to: Path) -> bool:
    """Make the picture; whatever is wrong with it, the answer is False."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - only the child needs it

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(path, formats=FORMATS) as opened:
            opened.draft("RGB", (LARGEST, LARGEST))
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((LARGEST, LARGEST))
            plain = Image.new("RGB", upright.size, "white")
            shown = upright.convert("RGBA")
            plain.paste(shown, mask=shown.getchannel("A"))
            plain.save(to, "JPEG", quality=82)
    except Exception:  # noqa: BLE001 - Pillow raises whatever a broken picture makes it raise
        return False
    return True


if __name__ == "__main__":  # pragma: no cover  as above
    main()
