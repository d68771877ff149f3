"""Forges: change requests, comments and issues on GitHub, GitLab, and Gitea or Forgejo."""
