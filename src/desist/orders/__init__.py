"""PURE: the law of Stalking Protection Orders as dated rules and clocks. No Django, no clock, nothing else of Desist.

Nothing here is legal advice: every rule names its source, so that a correction is a change of data.
"""
