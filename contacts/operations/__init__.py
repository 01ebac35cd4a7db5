"""For the people who run the portal: alerts, readiness, invented data."""
