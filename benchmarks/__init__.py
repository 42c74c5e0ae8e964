"""What is measured. Not part of the tests: machines are noisy, so read the ratios."""
