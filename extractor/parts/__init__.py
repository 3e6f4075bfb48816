"""Tell which pages of a file belong together: one part for each invoice in it."""
