"""What the service keeps: rows in a database, contents in a blob store. Alone imports SQLAlchemy and obstore."""
