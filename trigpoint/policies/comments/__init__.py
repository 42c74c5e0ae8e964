"""What people say of a version in consultation, and what was done with it."""
