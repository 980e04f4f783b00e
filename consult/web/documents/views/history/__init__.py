"""What happened to documents, sections and by people; one change; what a change came from."""
