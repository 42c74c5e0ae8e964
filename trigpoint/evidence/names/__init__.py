"""Words that look like pupils' names, found before anything is shared."""
