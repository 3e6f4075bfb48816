"""Bytes in, a checked document out."""
