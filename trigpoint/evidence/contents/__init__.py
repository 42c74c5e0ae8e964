"""What a device sends: the content of one record, its canonical form and its hash."""
