"""Coverage of the policy: what it required on a day of each academy, what was done, and what is late."""
