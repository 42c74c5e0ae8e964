"""What a year's programme is made of, and the hard rules it never breaks, as plain facts."""
