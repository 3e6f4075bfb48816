"""Many files at once: find them, read them in worker processes, hand out a line a document."""
