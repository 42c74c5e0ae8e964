"""Short anonymous surveys by link: made, answered without signing in, shown only when many replied."""
