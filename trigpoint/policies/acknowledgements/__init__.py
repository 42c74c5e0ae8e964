"""Who has read the version of the policy that is in force, and who is to be reminded."""
