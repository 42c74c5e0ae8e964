"""What is different between two versions of the policy, in words and exact numbers."""
