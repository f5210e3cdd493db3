"""Opens every form of one release and holds it against the release file. Usage: formats.py FOLDER [--codes]"""

import csv
import json
import os
import re
import sys
import zipfile

import frictionless
import openpyxl
import yaml

folder, codes = sys.argv[1], "--codes" in sys.argv
path = lambda name: os.path.join(folder, "report." + name)
release = json.load(open(path("json"), encoding="utf-8"))
dimensions = []
for measure in release["measures"]:
    for table in measure["breakdowns"]:
        dimensions += [d for d in table["by"] if d != "week" and d not in dimensions]
header = ["period", "measure", "by", *dimensions, "week", "estimate", "stdev", "low95", "high95", "reported", "quality", "unit"]


def expected():
    """Each cell of the release as a row; empty is None."""
    for measure in release["measures"]:
        for table in measure["breakdowns"]:
            for cell in table["cells"]:
                row = [release["period"], measure["id"], "+".join(table["by"]) or None]
                row += [cell.get(d) for d in [*dimensions, "week"]]
                row += [cell["estimate"], table["stdev"], cell["low"], cell["high"], cell["reported"]]
                yield row + [cell["quality"], measure["unit"]]


rows = list(expected())
assert rows, "no rows"

# CSV and its description.
package = os.path.join(folder, "datapackage.json")
report = frictionless.validate(package)
assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
[resource] = frictionless.Package(package).resources
assert resource.path == "report.csv" and [f.name for f in resource.schema.fields] == header
found = [[row[name] for name in header] for row in resource.read_rows()]
plain = lambda row: [float(v) if not isinstance(v, (str, type(None))) else v for v in row]
assert [plain(r) for r in found] == [plain(r) for r in rows], "the CSV differs"
for row in csv.reader(open(path("csv"), newline="", encoding="utf-8")):
    assert not any(re.match(r"[=+@\t]|-(?!\d)", cell) or re.fullmatch(r"-?[\d.]+[eE].*", cell) for cell in row), row

# Workbook.
book = openpyxl.load_workbook(path("xlsx"))
assert book.sheetnames == ["data", "notes"]
data, notes = book["data"], book["notes"]
values = [list(row) for row in data.iter_rows(values_only=True)]
assert values[0] == header and data.freeze_panes == "A2" and all(c.font.b for c in data[1])
assert values[1:] == rows, "the workbook differs"
kinds = [{type(v) for v in column} for column in zip(*values[1:])]
assert all(k <= {int, float} for k in kinds[-7:-2]), kinds
cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
assert all(cell.data_type in "ns" for cell in cells), "a formula"
words = {row[0]: row[1] for row in notes.iter_rows(values_only=True) if row[0] and len(row) > 1}
assert words["programme"] == release["programme"] and words["rho"] == release["guarantee"]["rho"]
assert "Never add up `reported`" in words["reported"] and len(words["release file, SHA-256"]) == 64
for measure in release["measures"]:
    assert words[measure["id"]] and words[measure["id"]] != measure["id"]
assert not book.properties.creator and not book.properties.lastModifiedBy
with zipfile.ZipFile(path("xlsx")) as container:
    assert container.testzip() is None
    for entry in container.infolist():
        assert entry.date_time == (1980, 1, 1, 0, 0, 0) and not entry.extra and not entry.comment, entry
        text = container.read(entry).decode()
        assert "dcterms" not in text and not re.search(r"\d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT", text), entry
        assert entry.filename.startswith("xl/worksheets") or not re.search(r"\b20\d\d-\d\d-\d\d\b", text), entry

# DHIS2.
raw = open(path("dhis2.json"), encoding="utf-8").read()
assert not re.search("storedBy|lastUpdated|created|completeDate|Date", raw)
dhis2 = json.loads(raw)
weekly = any("week" in t["by"] for m in release["measures"] for t in m["breakdowns"])
whole = release["period"].replace("-M", "").replace("-", "")
assert set(dhis2) == {"idScheme", "orgUnit", "dataValues"} | ({"dataSet"} if codes else set()) | (set() if weekly else {"period"})
assert dhis2["idScheme"] == "CODE" and dhis2.get("period", whole) == whole and len(dhis2["dataValues"]) == len(rows)
elements, places = {}, set()
for value, row in zip(dhis2["dataValues"], rows):
    row = dict(zip(header, row))
    combo = [row[d] for d in dimensions if row[d]]
    assert set(value) == {"dataElement", "period", "orgUnit", "value", "comment"} | ({"categoryOptionCombo"} if combo else set())
    assert re.fullmatch(r"\d+", value["value"]) and int(value["value"]) == row["reported"] >= 0
    year, week = (row["week"] or "-W0").split("-W")
    assert value["period"] == (f"{year}W{int(week)}" if row["week"] else whole)
    by = (row["by"] or "").split("+") if row["by"] else []
    if codes:
        assert value["orgUnit"] == "OU" and value["dataElement"] == "_".join(["PEER", row["measure"], *by]).upper()
        assert value.get("categoryOptionCombo", "") == "_".join(combo).upper() and "ids of peertally" not in value["comment"]
    else:
        assert value["orgUnit"] == "programme" and value["dataElement"] == "_".join([row["measure"], *by])
        assert value.get("categoryOptionCombo", "") == "_".join(combo) and "ids of peertally" in value["comment"]
    low, high = re.match(r"95 % interval (\d+) to (\d+); quality: " + row["quality"], value["comment"]).groups()
    assert abs(int(low) - row["low95"]) <= 0.5 and abs(int(high) - row["high95"]) <= 0.5
    assert elements.setdefault(value["dataElement"], (row["measure"], row["by"])) == (row["measure"], row["by"])
    assert len(value["dataElement"]) <= 50
    places.add((value["dataElement"], value["period"], value.get("categoryOptionCombo")))
assert len(places) == len(rows), "two figures share a place"

# Registry: what its schema requires, at each level, and its word lists.
entry = yaml.safe_load(open(path("registry.yaml"), encoding="utf-8"))
assert set(entry) == {"url_slug", "status", "tier", "deployment"} and entry["tier"] == 3 and entry["status"] == "Draft"
assert re.fullmatch(r"[a-z0-9-]+", entry["url_slug"])
deployment = entry["deployment"]
assert set(deployment) == {
    "basic", "dp_variant", "privacy_loss", "deployment_model", "accounting", "implementation", "administrative",
}
basic = deployment["basic"]
lists = {"data_curators", "registry_authors"}
required = ["name", "data_curators", "description", "intended_use", "data_product_type", "data_product_region"]
for part, keys in [(basic, [*required, "publication_date"]), (deployment["administrative"], ["registry_authors"])]:
    for key in keys:
        assert isinstance(part[key], list if key in lists else str) and part[key], key
assert basic["name"] == release["programme"] and basic["publication_date"] == release["published"]
assert basic["data_product_type"] == "Summary statistics" and basic["data_product_sector"] == "Healthcare"
assert deployment["dp_variant"]["variant_name"] == "Zero-concentrated DP"
parameters = deployment["privacy_loss"]["privacy_parameters"]
assert parameters == {k: release["guarantee"][k] for k in ("epsilon", "delta", "rho")}, parameters
model = deployment["deployment_model"]
assert [model[k] for k in ("model_name", "release_type", "data_source_type", "access_type")] == [
    "Central", "Many releases", "Dynamic", "Non-interactive",
]
if codes:
    assert basic["data_curators"] == ['Peers: "here" # not a comment'] and basic["data_product_region"] == "no"
    assert basic["intended_use"] == "- to see: [what] was done" and entry["url_slug"] == "peers-here"
print(f"{os.path.basename(folder)}: {len(rows)} rows in every form")
