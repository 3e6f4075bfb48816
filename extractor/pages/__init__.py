"""A document in, pages with words and boxes out."""
