"""Documents with their truth in, figures out: how well a user's own documents are read."""
