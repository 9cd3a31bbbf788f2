import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from neaspec.crossings.geo.borders import ELLIPSOID, area_names, from_mercator, load_borders
from neaspec.crossings.geo.countries import assign_countries, label_by_position, neighbour_of
from neaspec.crossings.geo.grid import CELLS_PER_DEG, PARTS_PER_CELL
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.records import as_records
from neaspec.paths import DATA_DIR
from neaspec.region import REGION_BOUNDS

# Real data sets lie beside the project where there are any; they are not part of it.
REAL = Path(os.environ.get("NEASPEC_SHARED", DATA_DIR.parent.parent / "shared")) / "data"
STATIONS = REAL / "camtrap-dp-1.0.2-example" / "deployments.csv"
TRACKS = REAL / "movebank" / "icarus_mongolia_cuckoos_nymba.csv"
EXPECTED = REAL / "movebank" / "icarus_mongolia_crossings_n2_depth5km_ne10m.csv"
PARAMETERS = Parameters()
BORDERS = load_borders(PARAMETERS)
WITHOUT_GRID = replace(BORDERS, grid=None)
NAN = float("nan")
# Where a land border ends at the sea, and straits between two countries.
MEETINGS = (
    (130.7, 42.3),
    (128.4, 38.6),
    (124.3, 39.9),
    (142, 45.7),
    (129.2, 34.9),
    (190.5, 65.7),
    (145.6, 43.6),
    (103.8, 1.3),
)


def records(places, declared="", uncertainty=NAN) -> pd.DataFrame:
    return as_records(
        {
            "longitude": [place[0] for place in places],
            "latitude": [place[1] for place in places],
            "declared_country": declared,
            "uncertainty_m": uncertainty,
        },
        len(places),
    )


def label(longitude, latitude, declared="", uncertainty=NAN, parameters=PARAMETERS) -> tuple[str, str, str, bool]:
    frame = records([(longitude, latitude)], declared, uncertainty)
    assigned = assign_countries(frame, load_borders(parameters), parameters)
    return tuple(assigned[["country_code", "basis", "zone", "is_contradicted"]].iloc[0])


KNOWN = {
    "Beijing": (116.40, 39.90, "CHN", "inside", "position"),
    "Ulaanbaatar": (106.90, 47.90, "MNG", "inside", "position"),
    "Pyongyang": (125.75, 39.03, "PRK", "inside", "position"),
    "Seoul": (127.00, 37.55, "KOR", "inside", "position"),
    "Tokyo": (139.70, 35.70, "JPN", "inside", "position"),
    "Vladivostok": (131.90, 43.12, "RUS", "inside", "position"),
    "Taipei is shown with China": (121.50, 25.03, "CHN", "inside", "position"),
    "Hong Kong is shown with China": (114.17, 22.38, "CHN", "inside", "position"),
    "left bank of the Tumen, Tumen city": (129.85, 42.966, "CHN", "border_zone", "position"),
    "right bank of the Tumen, Namyang": (129.857, 42.953, "PRK", "border_zone", "position"),
    "Fangchuan, the strip between two borders": (130.5985, 42.4335, "CHN", "border_zone", "position"),
    "Khasan": (130.6447, 42.4289, "RUS", "border_zone", "position"),
    "Tumangang": (130.6122, 42.4183, "PRK", "border_zone", "position"),
    "Dandong": (124.38, 40.12, "CHN", "border_zone", "position"),
    "Sinuiju": (124.39, 40.09, "PRK", "border_zone", "position"),
    "water of Khanka in the north": (132.40, 45.28, "CHN", "inside", "position"),
    "water of Khanka in the south": (132.40, 44.80, "RUS", "inside", "position"),
    "water of Baikal": (108.00, 53.50, "RUS", "inside", "position"),
    "the Amur's middle is near the border": (127.50, 50.26, "RUS", "border_zone", "position"),
    "Saylyugem ridge, north": (89.00, 49.72, "RUS", "inside", "position"),
    "Tsagaannuur": (89.74, 49.51, "MNG", "inside", "position"),
    "Jeju": (126.50, 33.40, "KOR", "inside", "position"),
    "Baengnyeong": (124.71, 37.96, "KOR", "inside", "position"),
    "Kaesong": (126.55, 37.97, "PRK", "inside", "position"),
    "Tsushima": (129.30, 34.40, "JPN", "inside", "position"),
    "Sakhalin": (142.70, 47.00, "RUS", "inside", "position"),
    "Hokkaido": (141.67, 45.38, "JPN", "inside", "position"),
    "Nemuro": (145.58, 43.33, "JPN", "inside", "position"),
    "Urup": (150.00, 45.95, "RUS", "inside", "position"),
    "Kunashir": (145.90, 44.05, "", "unsettled", "none"),
    "Iturup": (147.88, 45.20, "", "unsettled", "none"),
    "sea beside Shikotan": (146.75, 43.65, "", "unsettled", "none"),
    "Liancourt Rocks": (131.867, 37.24, "", "unsettled", "none"),
    "Senkaku": (123.48, 25.75, "", "unsettled", "none"),
    "Srinagar": (74.80, 34.08, "", "unsettled", "none"),
    "Aksai Chin": (79.50, 35.10, "", "unsettled", "none"),
    "Itanagar": (93.60, 27.10, "", "unsettled", "none"),
    "Tawang": (91.87, 27.58, "", "unsettled", "none"),
    "Lhasa": (91.10, 29.65, "CHN", "inside", "position"),
    "Chukotka beyond 180 degrees": (-173.20, 64.50, "RUS", "inside", "position"),
    "the same, unwrapped": (186.80, 64.50, "RUS", "inside", "position"),
    "Chukotka on 180 degrees": (180.00, 67.00, "RUS", "inside", "position"),
    "and on -180 degrees": (-180.00, 67.00, "RUS", "inside", "position"),
    "Wrangel": (180.00, 71.20, "RUS", "inside", "position"),
    "St. Lawrence Island": (-170.50, 63.40, "USA", "inside", "position"),
    "Inuvik": (-133.70, 68.36, "", "outside", "none"),
    "Kiruna": (20.20, 67.85, "", "outside", "none"),
    "the Netherlands": (5.66, 52.10, "", "outside", "none"),
    "0/0": (0.0, 0.0, "", "outside", "none"),
    "latitude beyond a pole": (110.0, 111.0, "", "outside", "none"),
    "tidal flat near Incheon": (126.35, 37.50, "KOR", "sea", "coast"),
    "open Pacific": (165.00, 35.00, "", "sea", "none"),
    "middle of the Yellow Sea": (123.50, 36.00, "", "sea", "none"),
    "exclave in the Fergana valley": (70.60, 39.84, "TJK", "border_zone", "position"),
}


@pytest.mark.parametrize("name", KNOWN)
def test_known_places_have_their_country(name):
    longitude, latitude, country, zone, basis = KNOWN[name]
    assert label(longitude, latitude) == (country, basis, zone, False)


def test_the_border_zone_is_five_kilometres_wide():
    frame = records([(111.9, north) for north in np.linspace(43.40, 43.80, 400)])
    made = assign_countries(frame, BORDERS, PARAMETERS)
    distance, _ = BORDERS.borders.nearest(frame["longitude"].to_numpy(), frame["latitude"].to_numpy(), 100_000.0)
    assert ((made["zone"] == "border_zone") == (distance < 5_000)).all()
    assert set(made["country_code"]) == {"CHN", "MNG"}
    assert set(made["zone"]) == {"inside", "border_zone"}


def test_a_position_exactly_on_the_line_is_border_zone_of_one_of_the_two():
    lines = BORDERS.borders
    sides = [{BORDERS.codes[one], BORDERS.codes[other]} for one, other in zip(lines.one, lines.other, strict=True)]
    place = next(number for number, pair in enumerate(sides) if pair == {"CHN", "MNG"})
    longitude, latitude = from_mercator(shapely.get_coordinates(lines.shapes[place])[:1])
    country, basis, zone, _ = label(longitude[0], latitude[0])
    assert (country in {"CHN", "MNG"}, basis, zone) == (True, "position", "border_zone")


def test_an_uncertainty_wider_than_the_zone_widens_it_for_that_record():
    assert label(125.75, 39.03)[2] == "inside"
    distance, _ = BORDERS.borders.nearest(np.array([111.98]), np.array([43.55]), 100_000.0)
    assert distance[0] > 5_000
    assert label(111.98, 43.55, uncertainty=distance[0] - 50)[2] == "inside"
    assert label(111.98, 43.55, uncertainty=distance[0] + 50)[2] == "border_zone"
    assert label(111.90, 43.72, uncertainty=3.0)[2] == "border_zone"
    assert label(116.4, 39.9, uncertainty=float("inf"))[2] == "border_zone"


def test_the_declared_country_wins_and_the_position_contradicts_it_only_from_afar():
    assert label(130.5985, 42.4335, "RUS") == ("RUS", "declared", "border_zone", False)
    assert label(130.5985, 42.4335, "PRK") == ("PRK", "declared", "border_zone", False)
    assert label(106.9, 47.9, "CHN") == ("CHN", "declared", "inside", True)
    assert label(106.9, 47.9, "MNG") == ("MNG", "declared", "inside", False)
    assert label(106.9, 47.9, "CHN", uncertainty=900_000.0)[3] is np.False_
    # In China two kilometres from Russia: near a border, but nowhere near the Republic of Korea.
    assert label(127.50, 50.245, "KOR")[3] is np.True_


def test_the_width_of_a_contradiction_is_its_parameter_and_the_own_uncertainty_together():
    longitude, latitude = 111.98, 43.55  # in China
    distance, _ = BORDERS.edges_of(BORDERS.codes.index("MNG")).nearest(
        np.array([longitude]), np.array([latitude]), 99_000.0
    )
    narrow = replace(PARAMETERS, contradiction_m=distance[0] - 10)
    wide = replace(PARAMETERS, contradiction_m=distance[0] + 10)
    assert label(longitude, latitude, "MNG", parameters=narrow)[3] is np.True_
    assert label(longitude, latitude, "MNG", parameters=wide)[3] is np.False_
    assert label(longitude, latitude, "MNG", uncertainty=20.0, parameters=narrow)[3] is np.False_


def test_a_position_beyond_the_map_contradicts_states_that_lie_wholly_on_it():
    assert label(5.66, 52.1, "MNG") == ("MNG", "declared", "outside", True)
    assert label(37.6, 55.75, "RUS") == ("RUS", "declared", "outside", False)
    assert label(5.66, 52.1, "NLD") == ("NLD", "declared", "outside", False)
    assert label(106.9, 47.9, "NLD") == ("NLD", "declared", "inside", True)


def test_declared_parts_of_china_are_china():
    for code in ("TWN", "HKG", "MAC"):
        assert label(114.17, 22.38, code)[:2] == ("CHN", "declared")


def test_what_the_map_says_stands_beside_what_is_declared():
    frame = records([(130.5985, 42.4335), (NAN, NAN)], "RUS", NAN)
    assigned = assign_countries(frame, load_borders(PARAMETERS), PARAMETERS)
    assert assigned["country_code"].tolist() == ["RUS", "RUS"]
    assert assigned["map_code"].tolist() == ["CHN", ""]


def test_records_without_position_have_only_what_is_declared():
    assert label(NAN, NAN) == ("", "none", "none", False)
    assert label(NAN, NAN, "MNG") == ("MNG", "declared", "none", False)
    assert label(110.0, NAN) == ("", "none", "none", False)


def test_no_records_give_no_countries():
    made = assign_countries(records([]), BORDERS, PARAMETERS)
    assert list(made.columns) == ["country_code", "basis", "zone", "is_contradicted", "map_code"]
    assert len(made) == 0


def test_the_answer_keeps_the_index_of_the_records():
    frame = records([(116.4, 39.9), (NAN, NAN), (106.9, 47.9)])
    frame.index = pd.Index([7, 3, 11])
    made = assign_countries(frame, BORDERS, PARAMETERS)
    assert made["country_code"].to_dict() == {7: "CHN", 3: "", 11: "MNG"}
    assert made["country_code"].dtype == "str"
    assert made["is_contradicted"].dtype == bool


def test_the_coast_s_width_decides_who_gets_a_country_at_sea():
    for width in (500.0, 5_000.0, 60_000.0):
        parameters = replace(PARAMETERS, coast_m=width)
        distance, _ = BORDERS.coasts.nearest(np.array([126.35]), np.array([37.5]), 100_000.0)
        expected = "KOR" if distance[0] <= width else ""
        assert label(126.35, 37.5, parameters=parameters)[0] == expected


def places_to_compare(seed: int, count: int) -> np.ndarray:
    """Places over the region, near borders and coasts, at the width of the coast, on cell corners, at 180 degrees."""
    rng = np.random.default_rng(seed)
    west, south, east, north = REGION_BOUNDS
    made = [np.column_stack([rng.uniform(west, east, count), rng.uniform(south, north, count)])]
    for lines, spreads in ((BORDERS.borders, (0.0, 0.002, 0.06)), (BORDERS.coasts, (0.0, 0.02, 0.2))):
        for spread in spreads:
            shapes = lines.shapes[rng.integers(0, len(lines.shapes), count)]
            on_line = shapely.line_interpolate_point(shapes, rng.uniform(0, 1, count), normalized=True)
            near = np.column_stack(from_mercator(shapely.get_coordinates(on_line)))
            made.append(near + rng.normal(0, spread, near.shape) if spread else near)
            for step in (1 / CELLS_PER_DEG, 1 / CELLS_PER_DEG / PARTS_PER_CELL):
                made.append(np.round((near - [west, south]) / step) * step + [west, south])
    for centre in MEETINGS:
        made.append(rng.normal(centre, 0.2, (count // 2, 2)))
    sides = rng.choice([180.0, np.nextafter(180, 0), np.nextafter(180, 999), west, east], count)
    made.append(np.column_stack([sides, rng.uniform(south, north, count)]))
    every = np.vstack(made)
    return every[(every[:, 0] >= west) & (every[:, 0] <= east) & (every[:, 1] >= south) & (every[:, 1] <= north)]


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_grid_says_what_polygons_and_distances_say(seed):
    places = places_to_compare(seed, 1500)
    rng = np.random.default_rng(seed)
    uncertainty = np.where(rng.random(len(places)) < 0.2, rng.exponential(8_000, len(places)), NAN)
    quick = label_by_position(places[:, 0], places[:, 1], uncertainty, BORDERS, PARAMETERS)
    slow = label_by_position(places[:, 0], places[:, 1], uncertainty, WITHOUT_GRID, PARAMETERS)
    assert (quick.country == slow.country).all()
    assert (quick.zone == slow.zone).all()
    assert (quick.basis == slow.basis).all()


def test_the_grid_knows_most_answers_and_not_all():
    rng = np.random.default_rng(2)
    code, _ = BORDERS.grid.look_up(rng.uniform(60, 191, 100_000), rng.uniform(-11, 82, 100_000))
    assert 0.0 < (code >= len(BORDERS.grid.answers)).mean() < 0.05


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_labels_do_not_depend_on_the_order_of_records(seed):
    places = places_to_compare(seed, 30)
    rng = np.random.default_rng(seed)
    frame = records(places, rng.choice(["", "CHN", "RUS", "KOR", "XXX"], len(places)))
    order = rng.permutation(len(frame))
    forth = assign_countries(frame, BORDERS, PARAMETERS)
    back = assign_countries(frame.iloc[order], BORDERS, PARAMETERS)
    pd.testing.assert_frame_equal(forth, back.sort_index())
    halves = [assign_countries(frame.iloc[part], BORDERS, PARAMETERS) for part in (slice(0, 40), slice(40, None))]
    pd.testing.assert_frame_equal(forth, pd.concat(halves))


def test_the_neighbour_is_the_nearest_other_country_within_the_landscape_s_width():
    places = {
        "Hunchun": (130.36, 42.87, "CHN"),
        "Khasan": (130.6447, 42.4289, "RUS"),
        "Erenhot": (111.98, 43.65, "CHN"),
        "Beijing": (116.40, 39.90, "CHN"),
        "Wakkanai, over the strait": (141.67, 45.40, "JPN"),
        "declared elsewhere": (111.98, 43.65, "MNG"),
        "no country": (165.0, 35.0, ""),
        "no position": (NAN, NAN, "CHN"),
        "not on the map": (111.98, 43.65, "NLD"),
    }
    made = neighbour_of(
        np.array([place[0] for place in places.values()]),
        np.array([place[1] for place in places.values()]),
        pd.Series([place[2] for place in places.values()], dtype="str"),
        BORDERS,
        PARAMETERS,
    )
    assert dict(zip(places, made.tolist(), strict=True)) == {
        "Hunchun": "PRK",
        "Khasan": "CHN",
        "Erenhot": "MNG",
        "Beijing": "",
        "Wakkanai, over the strait": "RUS",
        "declared elsewhere": "CHN",
        "no country": "",
        "no position": "",
        "not on the map": "",
    }
    near = replace(PARAMETERS, landscape_m=1_000.0)
    assert neighbour_of(np.array([111.98]), np.array([43.65]), np.array(["CHN"]), BORDERS, near).tolist() == [""]


def test_places_on_both_sides_of_a_border_and_one_beyond_180_degrees_are_measured_by_geodesics():
    longitude, latitude = np.array([-173.2]), np.array([64.5])
    frame = records([(-173.2, 64.5)], "RUS")
    assert assign_countries(frame, BORDERS, PARAMETERS)["is_contradicted"].tolist() == [False]
    ring, _ = BORDERS.coasts.nearest(longitude + 360, latitude, 50_000.0)
    shore = BORDERS.coasts.nearest(np.array([186.9]), latitude, 50_000.0)[0]
    moved = ELLIPSOID.inv(186.8, 64.5, 186.9, 64.5)[2]
    assert abs(ring[0] - shore[0]) <= moved


@pytest.mark.skipif(not STATIONS.exists(), reason="the example package is not beside the project")
def test_stations_of_the_camtrap_dp_example_are_beyond_the_map_and_in_no_country():
    stations = pd.read_csv(STATIONS)
    made = assign_countries(records(stations[["longitude", "latitude"]].to_numpy()), BORDERS, PARAMETERS)
    assert set(made["zone"]) == {"outside"}
    assert set(made["country_code"]) == {""}


@pytest.mark.skipif(not EXPECTED.exists(), reason="the data set is not beside the project")
def test_birds_are_in_the_countries_another_map_says_they_left_and_came_to():
    tracks = pd.read_csv(TRACKS, low_memory=False).dropna(subset=["location-long"])
    tracks["time"] = pd.to_datetime(tracks["timestamp"])
    made = assign_countries(records(tracks[["location-long", "location-lat"]].to_numpy()), BORDERS, PARAMETERS)
    tracks[["country_code", "zone"]] = made[["country_code", "zone"]].to_numpy()
    expected = pd.read_csv(EXPECTED, parse_dates=["left_at", "arrived_at"])
    short_names = {"India": "IND", "Myanmar": "MMR", "Nepal": "NPL", "Uzbekistan": "UZB", "Iran": "IRN"}
    codes = set(area_names())
    for country, time in (("from_c", "left_at"), ("to_c", "arrived_at")):
        joined = expected.merge(
            tracks, left_on=["ind", time], right_on=["individual-local-identifier", "time"], validate="1:m"
        )
        on_map = joined[joined["zone"] != "outside"]
        assert len(on_map) > 15
        assert (on_map[country].replace(short_names) == on_map["country_code"]).all()
        assert not set(joined.loc[joined["zone"] == "outside", country].replace(short_names)) & (codes - {"IRN"})
