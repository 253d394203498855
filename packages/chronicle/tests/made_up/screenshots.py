"""Made-up screenshots of a chat."""

import io

from PIL import Image, ImageDraw, ImageFont


def screenshot(*messages: str) -> bytes:
    """Return a PNG as wide as a phone, with a message in each bubble."""
    picture = Image.new("RGB", (720, 1280), "#e5ddd5")
    draw, face = ImageDraw.Draw(picture), ImageFont.load_default(30)
    for number, message in enumerate(messages):
        top = 60 + number * 140
        draw.rounded_rectangle((20, top, 640, top + 90), 18, fill="white")
        draw.text((40, top + 25), message, font=face, fill="black")
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()
