"""Where sessions may be held: buildings and their rooms, a plain list that a manager keeps."""
