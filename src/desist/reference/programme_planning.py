"""The data dictionary of the curriculum, of plans and of who carries them out."""

from desist.reference.dictionary import AREA, REF, ROW, VERSION, Entry
from desist.reference.retention import Retention

PROGRAMME_PLANNING = {
    "programme.Curriculum": Entry(
        Retention.REFERENCE,
        {
            "id": ROW,
            "ref": REF,
            "area": AREA,
            "state": "Being written, in use, past or given up",
            "number": "Counts the versions that were put into use",
            "version": VERSION,
            "reason": "Why it was put into use",
            "made_by": "Account that began the draft",
            "made_at": "When",
            "used_by": "Account that put it into use",
            "used_at": "When",
            "ended_at": "When the next one took its place",
        },
    ),
    "programme.CurriculumModule": Entry(
        Retention.REFERENCE,
        {
            "id": ROW,
            "ref": REF,
            "curriculum": "Of which version",
            "position": "Its place",
            "name": "What it is called",
            "words": "What it is for",
        },
    ),
    "programme.CurriculumSession": Entry(
        Retention.REFERENCE,
        {
            "id": ROW,
            "ref": REF,
            "curriculum": "Of which version",
            "module": "In which module",
            "number": "Which of the twelve",
            "title": "What it is about",
            "minutes": "How long it lasts",
            "skills": "Skills it needs, by key",
            "measures": "Measures taken in it, by name",
        },
    ),
}
