"""Finding the entries that may answer a query, by nothing but the words of the FAQ."""
