"""How the tables came to be, one step after another. Steps that were released never change."""
