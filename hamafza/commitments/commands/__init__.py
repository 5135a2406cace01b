"""The only code that writes commitments."""
