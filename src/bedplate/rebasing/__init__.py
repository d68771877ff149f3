"""Takes the base layers out from under an image and puts others there: documents and hazards."""
