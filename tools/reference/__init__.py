"""The reference pages that are printed from the tables: docs/wall.md, docs/states.md and docs/data.md."""
