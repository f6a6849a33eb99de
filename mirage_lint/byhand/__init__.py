"""What documents say by hand about which facts their claims are of."""
