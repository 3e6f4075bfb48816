"""The embedded default engine: typed candidates chosen by labels, geometry and arithmetic."""
