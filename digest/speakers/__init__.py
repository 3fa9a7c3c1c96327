"""Who is who in an article: names, roles, titles and pronouns, and whom they mean."""
