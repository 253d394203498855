"""PURE: the law of Stalking Protection Orders as dated rules and clocks. No Django, no clock; of Desist the shapes of locators and working days alone.

Nothing here is legal advice: every rule names its source, so that a correction is a change of data.
"""
