"""What a contract fixes, one module a family of terms, each a list of rules."""
