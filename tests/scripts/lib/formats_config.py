"""Programme files for tests/scripts/formats, made from the shipped ones."""

import re
import sys
import tomllib


def codes(text):
    """Codes for everything."""
    programme = tomllib.loads(text)
    pairs = lambda ids, before="": "{ " + ", ".join(f'{i} = "{before}{i.upper()}"' for i in ids) + " }"
    lines = ["", "[dhis2]", 'org_unit = "OU"', 'data_set = "DS"']
    lines.append("measure = " + pairs([m["id"] for m in programme["measure"]], "PEER_"))
    lines.append("dimension = " + pairs([d["id"] for d in programme["dimension"]] + ["week"]))
    for dimension in programme["dimension"]:
        lines.append(f"category.{dimension['id']} = " + pairs([c["id"] for c in dimension["category"]]))
    lines += ["[registry]", 'slug = "peers-here"', 'curators = ["Peers: \\"here\\" # not a comment"]', 'region = "no"']
    lines += ['authors = ["Peers"]', 'sources = "https://example.org/reports"', 'intended_use = "- to see: [what] was done"']
    return text + "\n".join(lines) + "\n"


def single(text):
    """One dimension with one category, months, only a total and that one area, a name like a formula."""
    text = text.replace('name = "Peer outreach programme"', "name = '=HYPERLINK(\"x\") & <ø>'", 1)
    text = text.replace('period = "quarter"', 'period = "month"', 1).replace("rho_per_year = 2.0", "rho_per_year = 6.0", 1)
    first, rest = text.split("[[dimension]]", 1)
    measures = rest[rest.index("# --- Measures"):]
    label = lambda word: "label = { " + ", ".join(f'{l} = "{word}"' for l in tomllib.loads(text)["locales"]) + " }"
    one = f'[[dimension]]\nid = "place"\n{label("Place")}\ncategory = [ {{ id = "here", {label("Here")} }} ]\n'
    measures = re.sub(r"\[\[privacy\.breakdown\]\]\nby = \[\"area\"\]", '[[privacy.breakdown]]\nby = ["place"]', measures)
    measures = re.sub(r"\[\[privacy\.breakdown\]\]\nby = \[\"setting\"\]\n", "", measures)
    return first + one + measures


print({"codes": codes, "single": single}[sys.argv[1]](open(sys.argv[2], encoding="utf-8").read()), end="")
