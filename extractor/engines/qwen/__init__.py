"""Qwen2.5-VL in process: a page's image in, spans of the page's own words out."""
