"""What becomes, from one version to another, of what a standard looks like at its levels."""
