"""The leak search: all that a running area shows or keeps, read for every secret that was planted in it."""
