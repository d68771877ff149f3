"""Real images from real packages, real registries, and the tools that judge what bedplate says."""
