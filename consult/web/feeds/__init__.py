"""Feeds and calendars other programs subscribe to, and the page that tells people of them."""
