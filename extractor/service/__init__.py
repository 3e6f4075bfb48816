"""The HTTP service: parse, call one function, render."""
