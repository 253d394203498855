"""The papers of a person's case: a signed agreement, a copy of an order, a letter. Kept here, never sent anywhere."""
