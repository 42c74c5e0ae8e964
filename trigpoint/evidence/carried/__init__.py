"""Answers given on an earlier form, which go on with their record and are shown."""
