"""The page of models is the catalogue's, and says of each what may be done with it."""

from docs import models as cards
from immersivaudio.models import CATALOGUE


def test_the_page_is_written_from_the_catalogue() -> None:
    assert cards.PAGE.read_text(encoding="utf-8") == cards.page(), "run: python -m docs.models"


def test_every_model_has_a_card_and_a_size() -> None:
    page = cards.page()
    for model in CATALOGUE:
        assert f"| `{model.name}` |" in page
        assert model.parameters > 0 or model.name.endswith(".sf3")


def test_what_may_not_be_sold_is_said() -> None:
    rows = [line for line in cards.page().splitlines() if "CC-BY-NC" in line]
    assert rows
    assert all("| **no** |" in line for line in rows)
