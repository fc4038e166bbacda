"""What goes wrong with the database, as one error."""


class RecordsError(Exception):
    """The database cannot be used; the text is a sentence with the cure."""
