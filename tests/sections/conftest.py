"""What tests of pages share: the mini data set, built once, and the same with a joint study of two sides."""

import pytest

from neaspec.data.queries import Ask
from tests.support.mini import load_mini, mini_ask, mini_rows, more

# Animals that each side identified, in the documents that tell how many were recorded on both.
IDENTIFIED = (
    ("MNG", "Mongolia", "genetic", "10"),
    ("RUS", "Russian Federation", "genetic", "14"),
    ("MNG", "Mongolia", "camera_trap", "9"),
    ("RUS", "Russian Federation", "camera_trap", "6"),
    ("CHN", "China", "not_stated", "2"),
    ("MNG", "Mongolia", "not_stated", "3"),
)


@pytest.fixture(scope="session")
def mini() -> Ask:
    """Ask about everything known in the mini data set."""
    return mini_ask()


@pytest.fixture(scope="session")
def joined() -> Ask:
    """Ask about the mini data set with counts of a joint study: by genes 10 and 14 animals, 5 of them on both sides."""
    counts = [
        {
            "count_id": f"identified_{code.lower()}_{method}",
            "species_id": "steppe_cat",
            "country_code": code,
            "area_name": area,
            "year_from": "2019",
            "year_to": "2020",
            "count_kind": "individuals_identified",
            "population_part": "all_ages",
            "method": method,
            "value": value,
            "qualifier": "exact",
            "unit": "individuals",
            "is_derived": "false",
            "document_id": "paper_90" if method == "genetic" else "study_2020",
            "locator": "Table 9",
        }
        for code, area, method, value in IDENTIFIED
    ]
    none = {
        "movement_id": "cats_none_in_both",
        "species_id": "steppe_cat",
        "from_country_code": "CHN",
        "to_country_code": "MNG",
        "movement_kind": "both_sides",
        "method": "not_stated",
        "individuals": "0",
        "qualifier": "exact",
        "date_from": "2020",
        "document_id": "study_2020",
        "locator": "p. 8",
    }
    return load_mini(more(mini_rows(), counts=counts, movements=[none]))
