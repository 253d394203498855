"""Accepting or refusing what a colleague hands over."""
