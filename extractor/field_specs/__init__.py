"""Document types: their fields, labels and types, read from TOML."""
