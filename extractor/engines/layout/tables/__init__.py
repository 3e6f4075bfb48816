"""Printed tables: header, columns and rows, with or without rules."""
