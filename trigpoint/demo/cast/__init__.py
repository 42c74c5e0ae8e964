"""Who plays in the demo: people, posts, sign-ins and roles, and who is free when."""
