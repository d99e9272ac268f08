# ./bench leaks. Sourced by it; needs vaults.sh.

# The first $2 megabytes of the lines of standard input, no line cut.
sample() {
  head -c "$(($2 * 1000000))" | sed '$d' >"$work/$1.json"
}

# Residents of the same seed that the vault does not hold, $1 of them, into $work/strangers.ndjson.
make_strangers() {
  ./strongroom generate --count $((subjects + $1)) | tail -n "$1" >"$work/strangers.ndjson"
}

# A sample of $2 megabytes called $1, every other line the vault's.
mixed_sample() {
  paste -d '\n' "$work/residents.ndjson" "$work/strangers.ndjson" 2>/dev/null | sample "$1" "$2" || true
}

# Checks the sample called $1 once, as an enrolled investigator; prints what came of it as JSON.
check_sample() {
  python3 src/bench/scripts/timed.py "$work/took" \
    ./strongroom leak check "$work/$1.json" --vault "$work/vault" --json >"$work/report"
  python3 - "$work/report" "$work/took" <<'PYTHON'
import json, sys
report, took = (json.load(open(name)) for name in sys.argv[1:])
print(json.dumps({"seconds": took["seconds"], "bytes": report["sample"]["bytes"],
                  "records": report["records"], "matched": report["matched"]}))
PYTHON
}

leaks() {
  local round name
  make_vault
  make_strangers "$subjects"
  mixed_sample tenth $((megabytes / 10))
  mixed_sample whole "$megabytes"
  mixed_sample tenfold $((megabytes * 10))
  sample ours "$megabytes" <"$work/residents.ndjson"
  rm "$work/strangers.ndjson"
  enrol investigator
  find_jdk newest 17 999 java
  for ((round = 1; round <= rounds; round++)); do
    for name in tenth whole ours tenfold; do
      # The largest once: it tells whether the line is straight, not to the second.
      [ "$name" != tenfold ] || [ "$round" = 1 ] || continue
      echo "round $round of $rounds: $name ..." >&2
      check_sample "$name" >>"$work/runs"
    done
  done
  echo "strongroom leak check against $subjects residents, heap 1 GiB, min / median / max of $rounds runs (the largest: one), on Java $jdk_version:"
  echo
  python3 - "$work/runs" <<'PYTHON'
import collections, json, statistics, sys
runs = collections.defaultdict(list)
for line in open(sys.argv[1]):
    one = json.loads(line)
    runs[(one["bytes"], one["records"], one["matched"])].append(one["seconds"])
print("| sample, MB | records | the vault's | seconds | microseconds a record |")
print("|---|---|---|---|---|")
for (size, records, matched), each in sorted(runs.items()):
    each.sort()
    print("| %.0f | %d | %d | %.1f / %.1f / %.1f | %.1f |" % (
        size / 1e6, records, matched, each[0], statistics.median(each), each[-1],
        statistics.median(each) * 1e6 / records))
PYTHON
}
