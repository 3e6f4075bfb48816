"""The codes engine: what QR and DataMatrix codes on the page say of an invoice."""
