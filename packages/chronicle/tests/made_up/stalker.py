"""Half a year of a made-up course of conduct, ever more frequent: a chat with a photograph, and a diary with another."""

import io
import random
from datetime import datetime, timedelta
from pathlib import Path

from packages.chronicle.tests.made_up.export_samples import archive
from PIL import Image, ImageDraw

SAID = (
    "Where are you", "I saw your light on", "Answer me", "Why do you do this", "I know you are home", "I will wait outside",
    "You looked nice today", "I am outside", "Call me", "?",
)  # fmt: skip
DIARY = (
    "Date,Time,Who,What happened,Where,Witness,How it made me feel,File\n"
    "14/03/2024,21:30,Sam Sample,Stood outside the house for ten minutes,Front door,Pat Neighbour,Frightened,front door.jpg\n"
    "02/05/2024,,Sam Sample,Flowers left on the step,,,Sick,\n"
)
#: what an officer types beside the files
ASKED = (
    *(
        "--date-order",
        "dmy",
        "--subject",
        "Sam Sample",
        "--owner",
        "Robin Example",
        "--exhibit",
        "JD",
        "--by",
        "J. Doe",
    ),
    *("--compare", "2024-03-12", "--trigger", "court date=2024-02-12"),
    *("--order", "Stalking Protection Order: no contact=2024-03-12T14:00"),
)


def photograph(colour: str) -> bytes:
    """A drawing of a door."""
    drawn = Image.new("RGB", (800, 600), colour)
    ImageDraw.Draw(drawn).rectangle((300, 150, 500, 580), fill="#654321")
    written = io.BytesIO()
    drawn.save(written, "JPEG")
    return written.getvalue()


def chat() -> bytes:
    """The chat, in which one photograph came."""
    dice = random.Random(3)
    moment, end, photo = map(datetime.fromisoformat, ("2024-01-03 20:00", "2024-07-01", "2024-05-03 21:05"))
    lines = [(photo, "Sam Sample", "IMG-1.jpg (file attached)")]
    while moment < end:
        months = (moment - photo).days / 30 + 5
        moment += timedelta(hours=dice.expovariate(max(months, 1) / 60) % 200 + 7 * (moment.hour < 12))
        for _ in range(dice.randint(1, 1 + int(months) // 2)):
            moment += timedelta(minutes=dice.randint(0, 20))
            lines.append((moment, "Sam Sample", dice.choice(SAID)))
        if dice.random() < 0.15:
            lines.append((moment + timedelta(minutes=5), "Robin Example", "Do not write to me again"))
    return "".join(f"{at:%d/%m/%Y, %H:%M} - {who}: {said}\n" for at, who, said in sorted(lines)).encode()


def write(folder: Path) -> None:
    """Write the chat with its photograph, the diary, and its photograph into a folder."""
    members = {"chat.txt": chat(), "IMG-1.jpg": photograph("#88aaaa")}
    (folder / "chat.zip").write_bytes(archive(members))
    (folder / "diary.csv").write_text(DIARY)
    (folder / "front door.jpg").write_bytes(photograph("#aa9988"))
