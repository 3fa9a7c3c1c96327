"""Who is who in an article: names, roles, titles and pronouns, and whom they mean.

The files stand upon each other: `lexicon` knows the words, `tokens` cuts the text into sentences
of them, `reading` reads whom a run of words names, `phrases` finds such runs, `subjects` finds
the one that a verb belongs to. `names`, `sexes` and `people` meet the people of an article, and
`resolve` tells which of them a name, a role or a pronoun means.
"""
