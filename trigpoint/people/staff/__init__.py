"""Staff members, governors and specialists, and the posts they hold."""
