"""Invoices and a contract in, checks and a verdict out."""
