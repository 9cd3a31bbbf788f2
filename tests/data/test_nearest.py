"""An unknown code in an address: what the reader may have meant."""

import pytest

from neaspec.data.search.nearest import nearest

SITES = {
    "rason": "Rason Migratory Bird Reserve",
    "khasansky": "Khasansky Nature Park",
    "kedrovaya_pad": "Kedrovaya Pad Nature Reserve",
    "land_of_the_leopard": "Land of the Leopard National Park",
}


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ("rasn", "rason"),
        ("RASON", "rason"),
        ("Rasŏn", "rason"),
        ("khasan", "khasansky"),
        ("kedrovaya-pad", "kedrovaya_pad"),
        ("land of leopard", "land_of_the_leopard"),
        ("Rason Migratory Bird Reserv", "rason"),
        ("leopard national park", "land_of_the_leopard"),
    ],
)
def test_the_nearest_stands_first(code, first):
    assert nearest(code, SITES)[0] == first


@pytest.mark.parametrize("code", ["", "%%", "zzzz", "'; drop table sites", "<b>"])
def test_nothing_alike_gives_nothing(code):
    assert nearest(code, SITES) == []


def test_no_more_than_asked_for_and_a_long_text_costs_little():
    assert len(nearest("reserve", {f"reserve_{number}": f"Reserve {number}" for number in range(50)}, most=4)) == 4
    assert nearest("rason" * 100_000, SITES) == []
