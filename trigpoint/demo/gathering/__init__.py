"""Evidence of the story: what each observer wrote, shared and was answered."""
