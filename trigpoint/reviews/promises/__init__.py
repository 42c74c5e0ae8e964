"""What the policy's promises ask for in one school year, as needs to be placed."""
