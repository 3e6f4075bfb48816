"""Read invoices and contracts with evidence, and compare what was billed with what was agreed."""
