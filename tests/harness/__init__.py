"""Many at once, and whoever means harm: each harness ships a mutant that it must catch."""
