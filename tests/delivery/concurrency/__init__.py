"""Many at once: the same form, the same rows, a process that was stopped. Real processes, on both databases."""
