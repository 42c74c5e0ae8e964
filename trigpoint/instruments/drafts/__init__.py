"""The version of a form that comes next: begun, described, previewed, published or discarded."""
