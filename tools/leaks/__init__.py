"""The leak search: everything that a running area shows or keeps, read for everything that was planted in it."""
