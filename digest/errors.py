"""What a user can do wrong, each with its place, the problem and the way out.

DigestError
├── ConfigError     content/config.yaml cannot be used
├── ArticleError    one article cannot be used; the others can
├── StoryError      a story file cannot be used
├── TemplateError   a template cannot be rendered
├── OutputError     a file cannot be read or written
├── WebError        a server does not give what it was asked for
└── MachineError    the machine has too little of something

Everything else that is raised is a bug and shows its traceback.
"""


class DigestError(Exception):
    """A problem that the user can fix, shown as `place: problem (remedy)`.

    `place` is a path, with `:line` behind it where the line is known.
    """

    def __init__(self, place: str, problem: str, remedy: str) -> None:
        # All arguments reach Exception, so that the error survives the way back
        # from a worker process (pickle calls the class with self.args).
        super().__init__(place, problem, remedy)
        self.place = place
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.place}: {self.problem} ({self.remedy})"


class ConfigError(DigestError):
    """The options cannot be used."""


class ArticleError(DigestError):
    """One article cannot be used; the build goes on without it."""


class StoryError(DigestError):
    """A story file cannot be used, or says what no article says."""


class TemplateError(DigestError):
    """A template cannot be rendered."""


class OutputError(DigestError):
    """A file or folder cannot be read or written."""


class WebError(DigestError):
    """A server does not give what it was asked for."""

    def __init__(self, place: str, problem: str, remedy: str, passing: bool = False) -> None:
        super().__init__(place, problem, remedy)
        self.passing = passing
        """Whether it may be there the next time."""


class MachineError(DigestError):
    """The machine has too little of something, such as memory."""
