"""What would mend a finding, where there is exactly one right answer."""
