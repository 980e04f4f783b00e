"""Pages that tell who looked at the contact data of senders."""
