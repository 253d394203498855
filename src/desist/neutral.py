"""Words that are neutral: nothing in them tells what a service does. Pure."""

#: parts of words that reveal what a service does
TELLING = (
    "desist",
    "stalk",
    "victim",
    "advoca",
    "perpetrat",
    "offend",
    "abus",
    "violen",
    "police",
    "court",
    "safety",
)


def tells(text: str, *, besides: str = "") -> bool:
    """Whether a text reveals what a service does, or has a word of the names in `besides`."""
    lowered = text.casefold()
    names = (name for name in besides.casefold().split() if len(name) > 3)
    return any(one in lowered for one in (*TELLING, *names))
