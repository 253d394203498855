"""One secret in every spelling that a leak could have: what the search looks for, letters and digits alone. Pure.

The search reduces its texts to small letters and digits, so case, spaces, dashes, entities and tags need no spelling of
their own. The other spellings change the letters: another order of the words, a country's code, a mirror, a hash.
"""

import hashlib
import unicodedata
from collections.abc import Iterator

from desist.references import ALPHABET, LENGTH
from tools.leaks.planted import REFERENCE, Secret

#: a shorter spelling could be anywhere by chance
SHORTEST = 6
HASHES = ("md5", "sha1", "sha256", "sha512")
DROPPED = bytes(byte for byte in range(256) if not chr(byte).isalnum() or byte > 127)
SMALL = bytes(ord(chr(byte).lower()) if byte < 128 else byte for byte in range(256))
NATIONAL = 10  # digits of a British number without its 0


def squeezed(text: str) -> bytes:
    """Return small letters and digits alone, without accents."""
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text)
    return plain.encode("ascii", "ignore").translate(SMALL, DROPPED)


def spellings(secret: Secret) -> dict[bytes, str]:
    """Return spelling -> the name of it in a report."""
    found: dict[bytes, str] = {}
    for name, text in _plain(secret):
        found.setdefault(squeezed(text), name)
    if secret.kind.endswith(REFERENCE):  # there are thousands, and a reference has only one spelling
        return found
    whole = squeezed(secret.text)
    found.setdefault(whole[::-1], "backwards")
    for text in _written(secret):
        for algorithm in HASHES:
            found.setdefault(hashlib.new(algorithm, text.encode()).hexdigest().encode(), f"its {algorithm}")
    return {spelling: name for spelling, name in found.items() if len(spelling) >= SHORTEST}


def _plain(secret: Secret) -> Iterator[tuple[str, str]]:
    yield "as it is", secret.text
    words = secret.text.replace(",", " ").split()
    if secret.kind.endswith("_name"):
        yield "its words in another order", " ".join([*words[1:], words[0]])
        yield "a part of it", " ".join(words[:2])
        yield "a part of it, in another order", f"{words[1]} {words[0]}"
    if secret.kind.endswith("_phone"):
        yield "without its first digit", "".join(words)[-NATIONAL:]
    for word in secret.text.replace("@", " ").replace(",", " ").split():
        if (
            len(word) == LENGTH and word.islower() and set(word.upper()) <= set(ALPHABET)
        ):  # the reference that makes it unique
            yield "a part of it", word


def _written(secret: Secret) -> set[str]:
    """Return the ways in which the secret may be written before it is hashed."""
    text = secret.text
    tight = "".join(letter for letter in text if letter.isalnum())
    texts = {text, text.lower(), text.upper(), tight, tight.lower(), tight.upper()}
    if secret.kind.endswith("_phone"):
        texts |= {f"+44{tight[1:]}", f"44{tight[1:]}", f"+44 {text[1:]}"}
    return texts
