"""The entry form: fields, rows, and Entry, the bundle that a page binds, merges into and validates."""
