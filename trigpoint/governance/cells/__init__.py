"""What the assurance table counts: one academy in one area, now and when the term began."""
