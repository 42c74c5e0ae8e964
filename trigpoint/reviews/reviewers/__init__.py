"""Who reviews: how many days they give and which areas they know."""
