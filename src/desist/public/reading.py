"""The reading age of a text, by the Flesch-Kincaid grade: long sentences and long words make a page harder.

Kincaid and others 1975, Research Branch Report 8-75: 0.39 words a sentence + 11.8 syllables a word - 15.59,
a school year of the United States; the age is the year and five. English only; syllables are counted by rule.
"""

import re

#: the reading age that the pages aim at
AGE = 11
#: a text of fewer words has no certain reading age
FEW = 50
WORD = re.compile(r"[a-z][a-z'\u2019]*", re.IGNORECASE)
SENTENCE = re.compile(r"[.!?:;]+(?:\s|$)")
VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(r"(?:[^laeioucgsxzh]es|[^aeioudt]ed|[^laeiouy]e)$")


def syllables(word: str) -> int:
    """The number of syllables of a word: groups of vowels without silent endings."""
    spoken = word.casefold().replace("\u2019", "'").split("'")[0]
    return max(1, len(VOWELS.findall(SILENT.sub("", spoken) if len(spoken) > 3 else spoken)))


def age(text: str) -> float:
    """The reading age of a text in years; 5 for one of few words."""
    words = WORD.findall(text)
    if len(words) < FEW:
        return 5.0
    sentences = sum(1 for part in SENTENCE.split(text) if WORD.search(part))
    grade = 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return max(grade, 0.0) + 5
