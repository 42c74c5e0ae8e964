"""What a review has seen and what it has not: lines of enquiry by kinds of evidence."""
