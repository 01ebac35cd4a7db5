"""A stand-in for the Leonar API: its own reading of the documented contract, on the standard library alone."""
