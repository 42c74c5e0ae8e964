"""A browser follows a person's story. Few, and named for the story."""
