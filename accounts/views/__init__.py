"""Pages about accounts: authorise, bind, act, redirect."""
