"""`make bench`: what the portal costs, as ratios measured side by side in one run: they say more than seconds."""
