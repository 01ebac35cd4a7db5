"""`make mutate`: small faults are planted in the delivery, one at a time, to see whether the quick tests notice."""
