"""Tags that are offered to begin with. A person puts them on; nothing is read out of the words by the program."""

SUGGESTED = (
    "Threat",
    "Threat to harm themselves",
    "Knows what only a watcher could know",
    "Through another person",
    "Gift or delivery",
    "About the children or family",
    "About a new partner or a friend",
    "About work or studies",
    "About the police or a court",
    "New number or account",
    "Asks to meet",
    "Harmless in its words alone",
)
