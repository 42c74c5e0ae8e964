"""The version that comes next, until a body has approved it: begin, consult, approve, withdraw."""
