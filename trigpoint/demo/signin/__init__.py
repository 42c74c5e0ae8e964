"""One-click sign-in as each role, in demo mode only."""
