"""From a stored submission to its one true outcome: at most one send, and a check for what no answer told."""
