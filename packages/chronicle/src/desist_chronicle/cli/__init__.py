"""The command line: reads in a sandbox, charts, packs and verifies."""
