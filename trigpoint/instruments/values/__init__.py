"""One answer to one question, as typed and as stored."""
