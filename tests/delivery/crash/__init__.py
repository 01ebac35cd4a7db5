"""`make crash`: processes are killed at random moments, then the sandbox's ledger is held against the records."""
