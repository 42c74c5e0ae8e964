"""Good practice: nominated, independently confirmed, published."""
