"""Results as files that other programs take: CSV, spreadsheets, UBL."""
