"""Images: opened from any place, their layers indexed in one pass, merged into one tree."""
