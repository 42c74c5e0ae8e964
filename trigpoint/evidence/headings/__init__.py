"""What old spreadsheets call things: their columns, and kinds of visit."""
