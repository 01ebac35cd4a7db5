"""Leonar is away, or full, and comes back; and the process that waits for it."""
