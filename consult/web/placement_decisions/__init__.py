"""Comments whose words an editor is to find."""
