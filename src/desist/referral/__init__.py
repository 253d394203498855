"""The content of a referral, on either side that writes it: lists, rules, form, table and files. Holds no rows.

The police write a referral in their zone and a programme that works alone writes it in its own; zones never import each
other, so what both need is here.
"""
