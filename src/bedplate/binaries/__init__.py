"""What compiled programs and scripts need to run: pure functions over their bytes."""
