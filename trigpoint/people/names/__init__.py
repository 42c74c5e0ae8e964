"""Names of staff in what people write: where nobody is named, they are found."""
