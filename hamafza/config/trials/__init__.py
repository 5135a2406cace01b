"""Trials by command: speed, memory, and a process killed at any moment. Each makes and removes a home of its own."""
