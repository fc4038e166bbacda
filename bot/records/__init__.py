"""What must outlive a restart, in a SQL database. The only place that imports SQLAlchemy.

What is needed between a message and its reply is at hand in memory; what is to be kept waits in the
outbox and is written beside the answering. SQLAlchemy is large: it is loaded with the first use of
the database, not before.
"""
