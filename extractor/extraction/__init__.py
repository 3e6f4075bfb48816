"""Candidates in, one typed extraction out."""
