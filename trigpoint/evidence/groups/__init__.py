"""Who was spoken to: a group and its size, and no names."""
