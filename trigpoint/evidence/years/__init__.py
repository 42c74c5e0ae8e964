"""Year groups as people write them, read the same wherever they are asked for."""
