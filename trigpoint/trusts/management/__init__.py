"""Commands about trusts."""
