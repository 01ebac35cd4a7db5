"""Readers for settings that need more than a type: each refuses a wrong value and says how to fix it."""
