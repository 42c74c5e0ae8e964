"""The design system, the front door and what stands around every page."""
