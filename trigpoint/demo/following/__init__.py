"""What follows from findings in the story: actions, needs, good practice."""
