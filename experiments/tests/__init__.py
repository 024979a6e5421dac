"""What needs the experiments' own environment: `make experiments-test`."""
