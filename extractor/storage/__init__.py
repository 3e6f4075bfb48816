"""What the service keeps: rows in a database, contents in a blob store.

The only place that imports SQLAlchemy, Alembic and obstore.
"""
