"""A study from two files: who came, what happened to them, and what may be said of it.

`annex.write(...)` takes the files' texts and returns an accessible page and its tables; it touches no disk.
"""
