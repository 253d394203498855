"""What phones write in place of a message: media left out, deleted, edited, missed calls, system lines.

The phrases are those that WhatsApp and Signal print in the languages listed; a phrase that is not listed stays
an ordinary message with its words, so that nothing is lost by a language that is missing here.
"""

import re
from typing import NamedTuple

from desist_chronicle.records import Flag, Kind


class Mark(NamedTuple):
    """The kind and flags that a phrase gives the record that holds it."""

    kind: Kind
    flags: tuple[Flag, ...]


INVISIBLE = "\u200e\u200f\u202a\u202b\u202c\u2068\u2069\ufeff"
OMITTED = (
    *(
        "<Media omitted>",
        "image omitted",
        "video omitted",
        "audio omitted",
        "GIF omitted",
        "document omitted",
    ),
    *(
        "Contact card omitted",
        "<Medien ausgeschlossen>",
        "<Multimedia omitido>",
        "<Médias omis>",
        "<Media omessi>",
    ),
    *(
        "<Media weggelaten>",
        "<Mídia oculta>",
        "<Arquivo de mídia oculto>",
        "Bild weggelassen",
        "Video weggelassen",
    ),
    *("Audio weggelassen", "imagen omitida", "image absente", "<تم استبعاد الوسائط>", "<省略多媒体文件>"),
    *("<已省略多媒體檔案>", "<미디어 파일을 제외한 내보내기>", "<メディアは含まれていません>"),
)
DELETED = (
    *("This message was deleted", "You deleted this message", "Diese Nachricht wurde gelöscht."),
    *("Du hast diese Nachricht gelöscht.", "Se eliminó este mensaje", "Eliminaste este mensaje."),
    *("Ce message a été supprimé", "Questo messaggio è stato eliminato", "Dit bericht is verwijderd"),
    *("Mensagem apagada", "Esta mensagem foi apagada"),
)
EDITED = (
    *("<This message was edited>", "<Diese Nachricht wurde bearbeitet.>", "<Se editó este mensaje.>"),
    *("<Ce message a été modifié>", "<Questo messaggio è stato modificato>", "<Dit bericht is bewerkt>"),
    *("<Mensagem editada>", "<This message was edited>\u200e"),
)
MISSED = (
    *("Missed voice call", "Missed video call", "Missed group voice call", "Missed group video call"),
    *("Verpasster Sprachanruf", "Verpasster Videoanruf", "Llamada perdida", "Videollamada perdida"),
    *("Appel vocal manqué", "Appel vidéo manqué", "Chiamata persa", "Gemiste spraakoproep"),
    *("Chamada de voz perdida",),
)
#: what some versions on Android write where a call was missed, and a person could type
NULL = "null"
STICKER = ("sticker omitted", "Sticker weggelassen")
ATTACHED = (
    " (file attached)",
    " (Datei angehängt)",
    " (archivo adjunto)",
    " (fichier joint)",
    " (file allegato)",
)
CALL = re.compile(r"(?:Voice|Video) call, [\u200e]?(?:[0-9]+ (?:sec|min|hr)|No answer|Silenced)")
CALL_FROM = re.compile(r"Missed (?:group )?(?:voice|video) call(?: from .*|, [\u200e]?Tap to call back)?\Z")
#: words inside a "sender" that show that the whole line is the system's and its colon is in a title
SYSTEM = re.compile(
    r"[\"\u201c\u00ab]|end-to-end encrypted| created (?:this )?group| changed (?:the|this|their|to|your)"
    r"| security code | was added| added | removed | left\Z| joined "
)
NOTICE = re.compile(
    r"Messages and calls are end-to-end encrypted|Your security code with |You (?:un)?blocked this (?:contact|business)"
)


def _table() -> dict[str, Mark]:
    marks = {phrase: Mark(Kind.MESSAGE, (Flag.MEDIA_OMITTED,)) for phrase in OMITTED}
    marks |= {phrase: Mark(Kind.MESSAGE, (Flag.MEDIA_OMITTED, Flag.STICKER)) for phrase in STICKER}
    marks |= {phrase: Mark(Kind.MESSAGE, (Flag.DELETED,)) for phrase in DELETED}
    marks |= {phrase: Mark(Kind.MISSED_CALL, ()) for phrase in MISSED}
    marks[NULL] = Mark(Kind.MISSED_CALL, (Flag.NULL_AS_CALL,))
    dotted = {f"{phrase}.": mark for phrase, mark in marks.items() if phrase[-1].isalpha()}
    return marks | dotted


PHRASES = _table()


def mark_of(text: str) -> Mark | None:
    """Return the mark for a text that is a phone's own phrase or ends in one."""
    plain = text.strip(INVISIBLE)
    if plain in PHRASES:
        return PHRASES[plain]
    if plain.endswith(EDITED):
        return Mark(Kind.MESSAGE, (Flag.EDITED,))
    first = plain.partition("\n")[0].rstrip()
    if first.endswith(ATTACHED) or ("<attached: " in first and first.endswith(">")):
        return Mark(Kind.MESSAGE, (Flag.ATTACHMENT,))
    if CALL_FROM.match(plain):
        return Mark(Kind.MISSED_CALL, ())
    return _call(plain, text)


def _call(plain: str, text: str) -> Mark | None:
    # The phone puts an invisible mark before its own phrases; a person who types one does not.
    if text == plain:
        return None
    if found := CALL.match(plain):
        return Mark(Kind.MISSED_CALL if "No answer" in found[0] else Kind.CALL, ())
    return Mark(Kind.SYSTEM, ()) if NOTICE.match(plain) else None


#: every phrase as it stands alone, with and without the invisible mark before it, in UTF-8
WHOLE_TEXTS = frozenset(mark + phrase.encode() for phrase in PHRASES for mark in (b"", "\u200e".encode()))
