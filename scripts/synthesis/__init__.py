"""Invented documents: what a record says, drawn as a page or written as XML."""
