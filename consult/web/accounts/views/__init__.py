"""Views of accounts: signing in and out, making an account, and what a person keeps here."""
