"""A reconciliation in, a page for people out: HTML or PDF, in English or Chinese."""
