"""Foundation Models: A Field Guide: records in, checked HTML out."""
