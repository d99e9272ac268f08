# ./bench disclosures. Sourced by it; needs servers.sh and vaults.sh.

clients=(1 8 64)

# One run: prints the clients' line of JSON, with what the server says of its writes.
run() {
  start_server ./strongroom serve --vault "$work/vault" --listen 127.0.0.1:0 --json
  ask_as "$1" $((seconds * 2)) >/dev/null
  ask_as "$1" "$seconds" >"$work/clients.out"
  stop_server
  python3 - "$work/clients.out" "$work/server.err" "$1" <<'PYTHON'
import json, re, sys
line = json.loads(open(sys.argv[1]).read())
entries, syncs = re.search(r"closed after (\d+) entries in (\d+) synced", open(sys.argv[2]).read()).groups()
line["clients"] = int(sys.argv[3])
line["per_sync"] = int(entries) / int(syncs)
line["syncs_per_second"] = line["per_second"] / line["per_sync"]
print(json.dumps(line))
PYTHON
}

# From lines of JSON to a table: for each number of clients min / median / max.
table() {
  python3 - "$1" <<'PYTHON'
import collections, json, statistics, sys
runs = collections.defaultdict(list)
for line in open(sys.argv[1]):
    one = json.loads(line)
    runs[one["clients"]].append(one)
columns = [("disclosures a second", "per_second", "%.0f"), ("synced writes a second", "syncs_per_second", "%.0f"),
           ("disclosures a sync", "per_sync", "%.1f"), ("p50, ms", "p50_ms", "%.2f"), ("p99, ms", "p99_ms", "%.2f")]
print("| clients | " + " | ".join(name for name, _, _ in columns) + " |")
print("|---" * (len(columns) + 1) + "|")
for clients, each in sorted(runs.items()):
    cells = []
    for _, key, form in columns:
        values = sorted(one[key] for one in each)
        cells.append(" / ".join(form % v for v in (values[0], statistics.median(values), values[-1])))
    print("| %d | %s |" % (clients, " | ".join(cells)))
PYTHON
}

disclosures() {
  local round count
  install_wrk
  make_vault
  enrol clerk
  choose_ids "$work/residents.ndjson"
  find_jdk newest 17 999 java
  for ((round = 1; round <= rounds; round++)); do
    for count in "${clients[@]}"; do
      echo "round $round of $rounds: $count clients ..." >&2
      run "$count" >>"$work/runs"
    done
  done
  echo "Finds by ID number over https among $subjects residents, min / median / max of $rounds runs of $seconds s, on Java $jdk_version:"
  echo
  table "$work/runs"
}
