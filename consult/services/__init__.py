"""What people can do: one public function per act, inside one transaction."""
