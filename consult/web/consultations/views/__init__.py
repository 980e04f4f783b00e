"""Views of consultations: opened, shown, changed and announced."""
