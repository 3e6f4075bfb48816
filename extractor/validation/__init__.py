"""An extraction in, the contradictions within it out."""
