"""Views of joint submissions: begun, written for, put together, approved, sent."""
