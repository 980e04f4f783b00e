"""Administration: people, organisations, hosts, what waits and what runs."""
