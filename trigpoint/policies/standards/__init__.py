"""Areas, standards, look-fors, scales and crosswalks of one policy version."""
