"""Extracts that services sent for an evaluator: the list, the files, and the studies made of them."""
