"""Which base a project should stand on: needs against candidates, with reasons and refusals."""
