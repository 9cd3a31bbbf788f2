"""Files that once made a reader fail in another way than an InputError (found by tests/support/fuzz_readers.py)."""

import base64
import io

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from neaspec.crossings.input.members import PAGE, Input
from neaspec.crossings.readers.read import read
from neaspec.errors import InputError

FOUND = {
    "a zip in whose list a file has no name": (
        "a.zip",
        "UEsDBAAAAAAAAAFSdV2dY3EjkAEAANsEAAAIAAAAw38BUEsBAhQDFAAAAAgA0YVlb79BYWAezKix/pQHAAAAAAAAB2QVNF3N4AAA"
        "AAAAAABaBWEueG1sUEsBAhQDFAAAAAgA0YV1XRSmVMgIAAAABgAAAAdfAAAAQUIPAAAAAAABtgEAAGVtbC54bWxQSwECrwMUAAAA"
        "CADRhXVdfT4Lnu8AAAC6AQAADgAAAAAAAAAAAAAAgAHjAQAAb2NjdXJyZW5jZS50eHRQSwUGAAAAAAMAAwCnAAAA/gIAAAAA"
        "",
    ),
}


@pytest.mark.parametrize(("name", "content"), FOUND.values(), ids=FOUND)
def test_a_file_found_by_searching_is_refused_in_words(name, content):
    with pytest.raises(InputError) as caught:
        read([Input(name, base64.b64decode(content))], limits=PAGE)
    assert all(problem.startswith(name) for problem in caught.value.problems)


@pytest.mark.parametrize("as_dictionary", [True, False])
@pytest.mark.parametrize("column", ["individual", "taxon", "declared_country", "evidence", "time"])
def test_bytes_that_are_no_text_in_a_parquet_file_are_refused(column, as_dictionary):
    columns = dict.fromkeys(("individual", "taxon", "time", "evidence", "declared_country"), pa.array(["2020-01-01"]))
    columns[column] = pc.cast(pa.array([b"\xff\xfe\xc3"], pa.binary()), pa.string(), safe=False)
    held = io.BytesIO()
    pq.write_table(pa.table(columns), held, use_dictionary=as_dictionary)
    with pytest.raises(InputError, match=r"a\.parquet: a Parquet file that cannot be read"):
        read([Input("a.parquet", held.getvalue())], limits=PAGE)
