"""What a course of conduct is handed over as: volumes, tables, the custody log, the bag around them."""
