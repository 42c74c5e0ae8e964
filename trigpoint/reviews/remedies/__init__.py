"""Ways to settle a clash: the nearest change that breaks no rule."""
