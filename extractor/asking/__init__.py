"""Answer a question about files under a policy: what is given, what is asked, what the rules say of it."""
