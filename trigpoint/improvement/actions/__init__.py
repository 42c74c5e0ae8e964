"""Actions: done and worked are two separate facts."""
