"""Who goes where on a review of the story, what they ask and what each visit looks at."""
