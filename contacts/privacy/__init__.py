"""How long the portal keeps what it holds, and how it is erased."""
