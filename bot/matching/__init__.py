"""Finding the entries that may answer a query; no model to train, no network, only the FAQ's words."""
