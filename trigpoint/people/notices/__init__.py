"""Notices: what somebody should know, on their own page and by mail as often as they like."""
