"""Lines of enquiry once they are written: saying one otherwise, and dropping it."""
