"""Parse and format what is printed: amounts, dates, ids, units, numerals. Below every stage."""
