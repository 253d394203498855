"""Page furniture: the parts of every zone's pages. docs/ui.md shows each component with an example."""
