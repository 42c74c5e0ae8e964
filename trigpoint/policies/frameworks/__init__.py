"""Framework files: YAML with a published JSON schema, read into a new policy version."""
