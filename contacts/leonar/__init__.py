"""The Leonar API and nothing of Django: its limits, its errors, and the client."""
