"""What one's drafts are sealed with on a tablet or phone."""
