"""What staff must know around a person: lists, texts and forms on either side of the wall; no rows."""
