"""Several engines on one document: which is asked for what, and what holds where they differ."""
