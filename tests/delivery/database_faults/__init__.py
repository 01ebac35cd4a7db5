"""The database fails at each of the three writes: nothing is pretended, and nothing is sent without write 2."""
