"""The reading of contracts: numbered clauses, then terms from prose and tables."""
