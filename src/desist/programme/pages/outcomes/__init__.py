"""Outcomes over a service: a year of people, from referral to end, counted whole and opened by those who may."""
