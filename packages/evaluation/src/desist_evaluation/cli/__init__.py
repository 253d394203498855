"""The command line: a function, a study or a published figure."""
