"""Pages where officials publish, hide and restore comments, and where authors appeal."""
