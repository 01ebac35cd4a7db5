"""What pages say: states, times, cards. Pure presentation, no queries."""
