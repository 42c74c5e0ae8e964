"""A believable trust to try the product on. Never installed in production.

Owns: the demo trust's words, its history and the one-click sign-ins.
Does not own: any rule; it writes through the operations, as a person would.
"""
