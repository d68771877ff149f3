"""bedplate: the whole life of a container base image, without a Docker daemon."""
