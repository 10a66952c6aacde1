"""What can be wrong with a share code."""

from immersivaudio.errors import UserError


class BadShareError(UserError):
    """The code is damaged: mistyped, cut short, or not a share code."""

    def __init__(self) -> None:
        super().__init__(
            "this share code is damaged", "copy it again, all of it from IV- to the end", stage="enhance"
        )


class NewerShareError(UserError):
    """The code is whole, but speaks of things that this build does not have."""

    def __init__(self) -> None:
        super().__init__(
            "this share code was made by another version of Immersivaudio, and this one cannot follow it",
            "say the mood in words instead",
            stage="enhance",
        )
