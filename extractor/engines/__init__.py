"""Pages and a spec in, candidates with evidence out."""
