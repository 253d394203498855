"""Questionnaires as dated data and how they are scored: pure, without Django, a clock or the authors' wording.

- `library`   the instruments, each version of each: items by a topic word, scale, rules, cut-offs, norms, licence
- `scoring`   answers to a total, by the instrument's own rule for what was left out
- `changing`  the change since the baseline: improved, same or worse, with the norms that say so
- `fhir`      the official wording, which a site loads from a FHIR Questionnaire file
"""
