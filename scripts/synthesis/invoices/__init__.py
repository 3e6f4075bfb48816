"""Varied commercial invoices: what many suppliers of many countries print, each in a layout of its own."""
