"""Who in the demo trust has read the policy, and which notices have been seen."""
