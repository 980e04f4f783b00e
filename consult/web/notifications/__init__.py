"""What somebody follows, feeds and calendars."""
