"""A QR code as a drawing."""
