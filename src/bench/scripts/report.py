"""Writes benchmarks.md, with charts, from what was measured: benchmarks/N.json for each size, and
benchmarks/micro.json.

Usage: report.py FOLDER
"""
import json
import os
import re
import statistics
import sys
import textwrap

import charts
import words

folder = sys.argv[1]
kept = os.path.join(folder, "benchmarks")


def number(value):
    """With as many digits as tell something."""
    if value is None:
        return "-"
    if value >= 100:
        return "{:,.0f}".format(value)
    return "%.1f" % value if value >= 10 else "%.2f" % value


class Size:
    """All runs with one number of residents."""

    def __init__(self, document):
        self.document = document
        self.subjects = document["subjects"]
        self.rounds = range(1, document["rounds"] + 1)
        self.results = {(r["measure"], r["who"], r["round"]): r for r in document["results"]}

    def values(self, measure, who, value):
        """By round, what the function says of each result; rounds without one are left out."""
        return {n: value(self.results[measure, who, n]) for n in self.rounds if (measure, who, n) in self.results}

    def rates(self, measure, who):
        return self.values(measure, who, lambda r: r["records"] / r["seconds"])

    def field(self, measure, who, name):
        return self.values(measure, who, lambda r: r[name])

    def bytes_each(self, who):
        return self.values("bytes", who, lambda r: r["bytes"] / r["records"])

    def limits(self):
        """Records a second when parsing, sealing and sorted ingestion follow each other."""
        parts = [self.rates("limit", each) for each in ("parse", "seal", "sst")]
        return {n: 1 / sum(1 / part[n] for part in parts) for n in self.rounds if all(n in part for part in parts)}


def ratio(ours, theirs):
    """Round by round: what was run side by side is held against each other."""
    return {n: ours[n] / theirs[n] for n in ours if n in theirs}


def span(values, form=number):
    """min / median / max, or one value where there is one."""
    each = sorted(values.values())
    if not each:
        return "-"
    if len(each) == 1:
        return form(each[0])
    return " / ".join(form(v) for v in (each[0], statistics.median(each), each[-1]))


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows] + [""]


def targets(size):
    """(what, target as text, measured by round, whether at least, target); in the issue's order."""
    ours = size.rates("import", "strongroom")
    served = size.field("finds-64", "strongroom", "per_second")
    generated = {0: r["records"] / r["seconds"] for (m, _, _), r in size.results.items() if m == "generate"}
    out = [("import, times " + words.NAMES[who], least, ratio(ours, size.rates("import", who)), True)
           for who, least in (("plain", 1.5), ("sealed", 3), ("pgcrypto", 6), ("shardingsphere", 12))]
    out += [
        ("import, share of its limits one after the other", 0.7, ratio(ours, size.limits()), True),
        ("disclosures a second, 64 clients, times " + words.SERVERS["plain"], 1.2,
         ratio(served, size.field("finds-64", "plain", "per_second")), True),
        ("disclosures a second, 64 clients, times " + words.SERVERS["sealed"], 4,
         ratio(served, size.field("finds-64", "sealed", "per_second")), True),
        ("one find, one client, p50, ms", 1.5, size.field("finds-1", "strongroom", "p50_ms"), False),
        ("one find, one client, p99, ms", 10, size.field("finds-1", "strongroom", "p99_ms"), False),
        ("import rate, times that of 100,000", 0.8, ratio(ours, size.rates("import", "strongroom-small")), True),
        ("bytes on disk a subject, times its JSON", 1.5,
         ratio(size.bytes_each("strongroom"), size.bytes_each("json")), False),
        ("leak check of %s MB, seconds" % number(leak_megabytes(size)), 60,
         size.field("leak-check", "strongroom", "seconds"), False),
        ("synthetic residents a second", 300_000, generated, True),
        ("start to first answer, seconds", 2, size.field("start", "strongroom", "seconds"), False),
        ("memory of the server, MiB", 1024,
         size.values("memory", "strongroom", lambda r: r["peak_bytes"] / 2**20), False),
        ("p50 of one find while the vault imports, times its usual", 2,
         ratio(size.field("finds-importing", "strongroom", "p50_ms"), size.field("finds-1", "strongroom", "p50_ms")), False),
        ("memory of the import (heap at most 1,024), MiB", None,
         size.values("import", "strongroom", lambda r: r["peak_bytes"] / 2**20), False),
    ]
    return out


def leak_megabytes(size):
    each = size.values("leak-check", "strongroom", lambda r: r["bytes"] / 1e6)
    return statistics.median(each.values()) if each else 560


def newcomers(size):
    return max(size.field("import-served", "strongroom", "records").values(), default=600_000)


def verdict(values, target, at_least):
    if not values or target is None:
        return "-"
    median = statistics.median(values.values())
    return "yes" if (median >= target if at_least else median <= target) else "**no**"


def targets_table(size):
    rows = []
    for what, target, values, at_least in targets(size):
        aim = "-" if target is None else ("at least " if at_least else "at most ") + "{:,}".format(target)
        rows.append([what, aim, span(values), verdict(values, target, at_least)])
    return table(["what", "target", "measured", "met"], rows)


def chart(name, title, rows):
    rows = [(label, *ends(values), ours) for label, values, ours in rows if values]
    if not rows:
        return []
    with open(os.path.join(kept, name + ".svg"), "w") as out:
        out.write(charts.bars(title, rows, number))
    return ["![%s](benchmarks/%s.svg)" % (title, name), ""]


def wrapped(text):
    """Paragraphs and list items in lines of at most 140 characters."""
    out = []
    for block in re.split(r"\n\n|\n(?=- )", text):
        item = block.startswith("- ")
        lines = textwrap.fill(" ".join(block.split()), 140, subsequent_indent="  " if item else "",
                              break_long_words=False, break_on_hyphens=False)
        out += [lines] if item and out and out[-1].startswith("- ") else ["", lines]
    return "\n".join(out[1:]) + "\n"


def ends(values):
    each = sorted(values.values())
    return each[0], statistics.median(each), each[-1]


def imports(size):
    rows, drawn = [], []
    ours = size.rates("import", "strongroom")
    reported = size.rates("reported", "strongroom")
    for who in words.NAMES:
        rates = size.rates("import", who)
        if rates:
            records = next(iter(size.field("import", who, "records").values()))
            times = "" if who.startswith("strongroom") else span(ratio(ours, rates))
            rows.append([words.NAMES[who], "{:,}".format(records), span(rates), times])
            drawn.append((words.NAMES[who], rates, who.startswith("strongroom")))
    merging = size.field("merging", "strongroom", "seconds")
    if merging:
        took = size.field("import", "strongroom", "seconds")
        merged = {round: size.subjects / (took[round] + merging[round]) for round in merging if round in took}
        rows.insert(1, ["Strongroom, until a server has merged it as well", "{:,}".format(size.subjects), span(merged), ""])
    if reported:
        rows.insert(1, ["Strongroom, by its own clock: without start and end", "{:,}".format(size.subjects), span(reported), ""])
    return (chart("import-%d" % size.subjects, "Records imported a second", drawn)
            + table(["import", "records", "records a second", "Strongroom is so many times as fast"], rows))


def limits(size):
    rows = [[text, span(size.rates("limit", who))] for who, text in words.LIMITS.items()]
    rows.append(["the first three one after the other: what an import cannot exceed that does nothing else",
                 span(size.limits())])
    return table(["alone, on two threads", "records a second"], rows)


def finds(size):
    rows, drawn = [], []
    ours = size.field("finds-64", "strongroom", "per_second")
    for who, name in words.SERVERS.items():
        rate = size.field("finds-64", who, "per_second")
        times = "" if who == "strongroom" else span(ratio(ours, rate))
        rows.append([name, span(rate), times]
                    + [span(size.field(m, who, p)) for m, p in
                       (("finds-64", "p50_ms"), ("finds-64", "p99_ms"), ("finds-1", "p50_ms"), ("finds-1", "p99_ms"))])
        drawn.append((name, rate, who == "strongroom"))
    return (chart("finds-%d" % size.subjects, "Finds answered a second, 64 clients, https", drawn)
            + table(["answers", "a second, 64 clients", "Strongroom is so many times as fast", "p50, ms", "p99, ms",
                     "one client: p50, ms", "p99, ms"], rows))


def disk(size):
    plain = size.bytes_each("json")
    rows = [[words.STORED[who], span(size.bytes_each(who)), span(ratio(size.bytes_each(who), plain))] for who in words.STORED]
    return table(["kept as", "bytes a resident", "times the JSON"], rows)


def others(size):
    rows = [
        ["synthetic residents generated a second", span({0: r["records"] / r["seconds"]
         for (m, _, _), r in size.results.items() if m == "generate"})],
        ["Strongroom's import: processor time a record, microseconds",
         span(size.values("import", "strongroom", lambda r: r["cpu_seconds"] / r["records"] * 1e6))],
        ["its memory at most, MiB", span(size.values("import", "strongroom", lambda r: r["peak_bytes"] / 2**20))],
        ["merging after the import, while it serves, seconds", span(size.field("merging", "strongroom", "seconds"))],
        ["from start of `strongroom serve` to its first answer, seconds", span(size.field("start", "strongroom", "seconds"))],
        ["memory of the server after its finds, MiB", span(size.values("memory", "strongroom", lambda r: r["bytes"] / 2**20))],
        ["the same, at most, when it has imported as well, MiB",
         span(size.values("memory-importing", "strongroom", lambda r: r["peak_bytes"] / 2**20))],
        ["import of {:,} into the vault while it serves, records a second".format(newcomers(size)),
         span(size.rates("import-served", "strongroom"))],
        ["one find, one client, while it imports: p50, ms", span(size.field("finds-importing", "strongroom", "p50_ms"))],
        ["p99, ms", span(size.field("finds-importing", "strongroom", "p99_ms"))],
        ["leak check of %s MB, seconds" % number(leak_megabytes(size)), span(size.field("leak-check", "strongroom", "seconds"))],
    ]
    return table(["what", "measured"], rows)


def conditions(size):
    document, machine = size.document, size.document["machine"]
    versions = ", ".join("%s %s" % each for each in document["versions"].items())
    return [
        "%s on %s: %s, %d cores, %s GiB of memory, %s; the disk syncs %s times a second."
        % ("%d rounds" % document["rounds"] if document["rounds"] > 1 else "One round", document["date"],
           machine["processor"], machine["cores"], number(machine["memory_bytes"] / 2**30), machine["system"],
           number(machine["syncs_a_second"]))
        + (" Source: commit %s." % document["commit"] if document["commit"] else ""),
        "",
        versions + ".",
        "",
    ]


def micro():
    name = os.path.join(kept, "micro.json")
    if not os.path.exists(name):
        return []
    document = json.load(open(name))
    rows = [[one["name"], number(min(one["runs"])) + " / " + number(statistics.median(one["runs"])) + " / "
             + number(max(one["runs"]))] for one in document["benchmarks"]]
    return (["## Single operations", "", words.MICRO % document["java"], ""]
            + table(["operation", "nanoseconds, min / median / max"], rows))


def main():
    sizes = sorted((Size(json.load(open(os.path.join(kept, name)))) for name in os.listdir(kept)
                    if re.fullmatch(r"[0-9]+\.json", name)), key=lambda size: -size.subjects)
    out = [words.HEAD]
    if sizes:
        largest = sizes[0]
        settings = largest.document["postgres_settings"]
        out += ["## The targets, among {:,} residents".format(largest.subjects), "", words.TARGETS, ""]
        out += targets_table(largest)
        out += [wrapped(words.COMPARED % ", ".join("`%s`" % each for each in settings))]
        if len(sizes) > 1:
            out += ["## As a vault grows", ""]
            out += table(["residents", "import, records a second", "disclosures a second, 64 clients", "one client: p50, ms", "p99, ms"],
                         [["{:,}".format(size.subjects), span(size.rates("import", "strongroom")),
                           span(size.field("finds-64", "strongroom", "per_second")),
                           span(size.field("finds-1", "strongroom", "p50_ms")),
                           span(size.field("finds-1", "strongroom", "p99_ms"))] for size in reversed(sizes)])
    for size in sizes:
        out += ["## Measured among {:,} residents".format(size.subjects), ""] + conditions(size)
        for title, part in (("Import", imports), ("What an import cannot exceed", limits), ("Finds", finds),
                            ("On disk", disk), ("And else", others)):
            out += ["### " + title, ""] + part(size)
    out += micro()
    with open(os.path.join(folder, "benchmarks.md"), "w") as page:
        page.write("\n".join(out).rstrip() + "\n")


main()
