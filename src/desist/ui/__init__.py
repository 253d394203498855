"""Page furniture: what every zone's pages are made of. docs/ui.md shows each component with an example."""
