"""The yearly declaration of interests: whom staff of a zone know or are related to among its cases."""
