"""The products of a course of conduct: volumes, tables, the custody log, the bag around them."""
