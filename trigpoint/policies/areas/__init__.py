"""Areas of a draft: add, reword, move, remove."""
