"""The need sheet of each police area: published figures of it, and what the returns of the own area say; no rows."""
