"""Findings and margins in, confidence and review out."""
