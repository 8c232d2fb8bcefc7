"""What is true of wishes in plain Python: values in, values or a refusal out."""
