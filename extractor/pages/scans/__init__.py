"""Pages without a text layer: scans and photos are read by OCR, and put upright."""
