"""The year ahead of the story: who reviews, what is proposed, what is agreed."""
