"""Comment forms that come back as office files: what was written where, and everything else that was written."""
