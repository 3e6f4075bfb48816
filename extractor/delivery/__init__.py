"""Records in, JSON, annotated PDFs and reports out."""
