"""How well and how fast the matcher is, beside other ways to do it. See README.md here."""
