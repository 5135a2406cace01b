"""What is typed about councils."""
