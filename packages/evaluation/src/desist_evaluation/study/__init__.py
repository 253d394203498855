"""A study from two files: the people, the events, and the findings that they allow.

`annex.write(...)` takes the files' texts and returns an accessible page and its tables; it touches no disk.
"""
