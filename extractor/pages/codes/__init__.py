"""QR and DataMatrix codes on pages: where they may stand, and what they say."""
