"""Trigpoint: quality assurance of education for multi-academy trusts."""
