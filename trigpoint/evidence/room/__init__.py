"""The evidence room: all the evidence one may read, searched, narrowed, tagged and handed out."""
