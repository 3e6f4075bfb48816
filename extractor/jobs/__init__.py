"""Durable work: a document's way through the stages survives the death of any process.

The only place that imports DBOS.
"""
