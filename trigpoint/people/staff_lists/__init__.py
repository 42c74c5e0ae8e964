"""A trust's own staff list, brought in: what each row says, and what it does."""
