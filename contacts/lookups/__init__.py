"""Help while a contact is being entered: quick, quiet where it can't be had, and never in the way."""
