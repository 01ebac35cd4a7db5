"""Values made clean: text in, text out. Pure, with no settings and nothing of Django."""
