"""Pairs of pictures: proposals until two sides confirm them, left and right apart until joined."""

import pytest

from neaspec.crossings.input.members import Input
from neaspec.crossings.joint.pictures import proposals, summary, told_pairs
from neaspec.crossings.readers.read import read
from neaspec.errors import InputError

HEAD = "id_a,id_b,data_set_a,data_set_b,flank,score,confirmed_by\n"


def pairs(*rows):
    return told_pairs(read([Input("pairs.csv", (HEAD + "\n".join(rows) + "\n").encode())]).picture_pairs)


def test_a_pair_is_confirmed_by_both_sides_only_when_two_parties_say_so():
    told = pairs(
        "C1,R1,CN,RU,left,0.5,NCTLNP | Land of the Leopard",
        "C2,R2,CN,RU,left,0.9,NCTLNP|nctlnp",
        "C3,R3,CN,RU,right,0.7,",
        "C4,R4,CN,RU,right,0.8,",
    )
    assert told[["id_a", "state"]].values.tolist() == [
        ["C1", "by_both_sides"],
        ["C2", "by_one_side"],
        ["C4", "proposed"],
        ["C3", "proposed"],
    ]


def test_left_and_right_are_two_lists_until_they_are_joined():
    told = pairs("C1,R1,CN,RU,left,1,a|b", "C2,R2,CN,RU,right,1,a|b", "C3,R3,CN,RU,left,1,a|b", "C3,R3,CN,RU,R,1,b;a")
    counted = summary(told).set_index("flank")
    assert counted["animals"].to_dict() == {"left": 2, "right": 2}
    assert counted["joined_animals"].to_dict() == {"left": 1, "right": 1}
    keys = proposals(told).set_index("individual")["individual_key"]
    assert keys["C3"] == keys["R3"] == "pictures 1"
    assert keys["C1"] == keys["R1"] == "pictures left 1"
    assert keys["C2"] == keys["R2"] == "pictures right 1"


def test_what_one_side_alone_confirmed_is_never_an_identity():
    assert proposals(pairs("C1,R1,CN,RU,both,1,a", "C2,R2,CN,RU,both,1,")).empty


def test_what_both_confirmed_can_be_given_back_as_a_table_of_identities():
    table = proposals(pairs("C1,R1,CN,RU,both,1,a|b"))
    again = read([Input("identities.csv", table.to_csv(index=False).encode())])
    assert again.identities[["data_set", "individual"]].values.tolist() == [["CN", "C1"], ["RU", "R1"]]


def test_pairs_that_cannot_be_right_are_told_all_at_once():
    with pytest.raises(InputError) as refused:
        pairs("C1,,CN,RU,left,1,", "C2,R2,CN,RU,top,1,", "C3,R3,CN,RU,,much,")
    assert refused.value.problems == [
        "pairs.csv, line 2, id_b: empty; a pair needs two sides",
        "pairs.csv, line 3, flank: not left, right or both",
        "pairs.csv, line 4, score: not a number",
    ]
