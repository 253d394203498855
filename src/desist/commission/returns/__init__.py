"""Returns that services sent: what came and what has not, one a page, and questions about them."""
