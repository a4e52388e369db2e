"""What lists show, prepared from frozen views; Qt models are read-only over tuples."""
