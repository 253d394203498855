"""Tasks of one's own, in the zones where staff work with cases; each zone names its cases."""
