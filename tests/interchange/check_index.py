"""Reads an index with what Python has for Parquet and compares every type, cell and key.

Usage: python check_index.py INDEX.parquet EXPECTED.json

EXPECTED.json is what `interchange.ts` writes: columns, rows and metadata. A library that is not
installed is named and passed over; with none of them the exit status is 3.
"""

import json
import math
import sys

DUCKDB = {
    "int32": "INTEGER",
    "uint32": "UINTEGER",
    "int64": "BIGINT",
    "uint64": "UBIGINT",
    "float32": "FLOAT",
    "float64": "DOUBLE",
    "utf8": "VARCHAR",
}
ARROW = {"float32": "float", "float64": "double", "utf8": "string"}
POLARS = {
    "int32": "Int32",
    "uint32": "UInt32",
    "int64": "Int64",
    "uint64": "UInt64",
    "float32": "Float32",
    "float64": "Float64",
    "utf8": "String",
}


def revive(value):
    """Turns back what JSON has no numbers for."""
    if isinstance(value, list):
        return [revive(each) for each in value]
    if isinstance(value, dict):
        return int(value["integer"]) if "integer" in value else float(value["float"])
    return value


def same(found, wanted):
    if isinstance(wanted, list):
        return (
            found is not None
            and len(found) == len(wanted)
            and all(same(a, b) for a, b in zip(found, wanted))
        )
    if isinstance(wanted, float) and math.isnan(wanted):
        return isinstance(found, float) and math.isnan(found)
    return found == wanted and (found is None) == (wanted is None)


class Check:
    def __init__(self, path, expected):
        self.path = path
        self.columns = expected["columns"]
        self.rows = [[revive(cell) for cell in row] for row in expected["rows"]]
        self.metadata = expected["metadata"]

    def compare(self, types, rows, metadata):
        """Compares what a library found: types by column, rows of cells, and key-value pairs."""
        names = [column["name"] for column in self.columns]
        assert list(types) == names, f"columns {list(types)}"
        for column in self.columns:
            found = types[column["name"]]
            assert found == column["wanted"], f"{column['name']} is {found}, not {column['wanted']}"
        assert len(rows) == len(self.rows), f"{len(rows)} rows"
        for number, (found, wanted) in enumerate(zip(rows, self.rows)):
            for name, a, b in zip(names, found, wanted):
                assert same(a, b), f"{name}, row {number}: {a!r} is not {b!r}"
        for key, value in self.metadata.items():
            assert metadata.get(key) == value, f"metadata {key}: {metadata.get(key)!r}"

    def want(self, type_of):
        for column in self.columns:
            column["wanted"] = type_of(column["type"], column["list"])

    def pyarrow(self):
        import pyarrow.parquet as parquet

        table = parquet.read_table(self.path)
        self.want(
            lambda type, list: f"list<element: {ARROW.get(type, type)}>"
            if list
            else ARROW.get(type, type)
        )
        types = {field.name: str(field.type) for field in table.schema}
        rows = [list(row.values()) for row in table.to_pylist()]
        pairs = {k.decode(): v.decode() for k, v in table.schema.metadata.items()}
        self.compare(types, rows, pairs)

    def duckdb(self):
        import duckdb

        self.want(lambda type, list: DUCKDB[type] + ("[]" if list else ""))
        query = duckdb.execute("SELECT * FROM read_parquet(?)", [self.path])
        types = {name: str(type) for name, type, *_ in query.description}
        rows = query.fetchall()
        pairs = duckdb.execute("SELECT key, value FROM parquet_kv_metadata(?)", [self.path])
        metadata = {bytes(k).decode(): bytes(v).decode() for k, v in pairs.fetchall()}
        self.compare(types, rows, metadata)

    def polars(self):
        import polars

        frame = polars.read_parquet(self.path)
        self.want(lambda type, list: f"List({POLARS[type]})" if list else POLARS[type])
        types = {name: str(type) for name, type in frame.schema.items()}
        self.compare(types, frame.rows(), polars.read_parquet_metadata(self.path))

    def pandas(self):
        import pandas

        frame = pandas.read_parquet(self.path, dtype_backend="pyarrow")
        self.want(
            lambda type, list: f"list<element: {ARROW.get(type, type)}>"
            if list
            else ARROW.get(type, type)
        )
        types = {name: str(dtype.pyarrow_dtype) for name, dtype in frame.dtypes.items()}
        cells = [frame[name].array.__arrow_array__().to_pylist() for name in frame.columns]
        rows = [list(row) for row in zip(*cells)] if len(frame) else []
        # pandas takes no notice of key-value pairs.
        self.compare(types, rows, self.metadata)


def main():
    path, expected = sys.argv[1:]
    with open(expected, encoding="utf-8") as file:
        check = Check(path, json.load(file))
    tried = 0
    for name in ("duckdb", "polars", "pandas", "pyarrow"):
        try:
            getattr(check, name)()
        except ImportError as error:
            print(f"skipped, {name}: {error}")
            continue
        tried += 1
        print(f"ok, {name}: {len(check.rows)} rows of {len(check.columns)} columns")
    return 0 if tried else 3


if __name__ == "__main__":
    sys.exit(main())
