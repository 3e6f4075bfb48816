"""Tell other systems what happened: signed messages over HTTP (Standard Webhooks), sent until they are taken.

`signing`, `addresses`, `sending` and `schedule` know nothing of the database; `delivering` sends one
claimed delivery and records how it went, and `dispatching` does so for all, in a thread.
"""
