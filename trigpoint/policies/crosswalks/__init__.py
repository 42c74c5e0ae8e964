"""What ours is mapped to outside, and ours read that way: index, map_item, carry_over, unmap."""
