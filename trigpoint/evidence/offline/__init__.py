"""What a device keeps of the product itself, to work with no signal."""
