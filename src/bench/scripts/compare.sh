# ./bench without a word: Strongroom and its peers, interleaved. Sourced by it; needs all others.

# More would take the slow peers hours; their rates are per record, and smaller tables favour them.
most_for_slow=1000000
copy_columns="resident_id, name, former_name, sex, date_of_birth, ethnicity, native_place, address, phone, email, occupation, employer, education, marital_status"
round=0

# From so many residents on, what takes a large vault to mean anything is measured as well.
large=1000000
# Who come while the vault serves: enough for the import to last as long as finds are measured.
newcomers=600000

say() {
  printf '%s  round %d of %d: %s\n' "$(date +%H:%M:%S)" "$round" "$rounds" "$*" >&2
}

# Keeps what was measured: $1 the measure, $2 whose, $3 a file or text of JSON.
keep() {
  local text=$3
  [ ! -f "$text" ] || text=$(cat "$text")
  printf '{"round":%d,"measure":"%s","who":"%s",%s\n' "$round" "$1" "$2" "${text#\{}" >>"$work/results"
}

timed() {
  python3 src/bench/scripts/timed.py "$work/took" "$@"
}

# The same with the number of records in it: $1 the measure, $2 whose, $3 how many records.
keep_records() {
  keep "$1" "$2" "{\"records\":$3,$(sed 's/^{//' "$work/took")"
}

prepare() {
  local sample
  build_benches
  install_wrk
  start_postgres
  (umask 077 && head -c 64 /dev/urandom >"$work/keys")
  say "generating $subjects residents"
  timed ./strongroom generate --count "$subjects" >"$work/residents.ndjson"
  keep_records generate strongroom "$subjects"
  peer peers.CopyText "$work/residents.ndjson" "$work/copy1" "$work/copy2"
  slow=$((subjects < most_for_slow ? subjects : most_for_slow))
  head -n "$slow" "$work/residents.ndjson" >"$work/slow.ndjson"
  # To see whether the rate holds as a vault grows.
  small=100000
  head -n "$small" "$work/residents.ndjson" >"$work/small.ndjson"
  choose_ids "$work/residents.ndjson"
  one_id=$(head -n 1 "$work/ids")
  if [ "$subjects" -ge "$large" ]; then
    # Half of the sample: no resident takes less than 200 bytes.
    make_strangers $((megabytes * 1000000 / 2 / 200 + newcomers))
    tail -n "$newcomers" "$work/strangers.ndjson" >"$work/newcomers.ndjson"
    mixed_sample whole "$megabytes"
    rm "$work/strangers.ndjson"
  fi
}

# A fresh vault of file $1, whose import is kept under the name $2.
import_strongroom() {
  rm -rf "$work/vault" "$work/vault.key"
  ./strongroom init --vault "$work/vault" >/dev/null
  say "$2: import"
  timed ./strongroom import --vault "$work/vault" --collection residents --json "$work/$1.ndjson" >"$work/imported"
  keep_records import "$2" "$3"
  keep reported "$2" "$(python3 -c 'import json,sys
said = json.load(open(sys.argv[1]))
assert said["kept"] == int(sys.argv[2]), "not every resident was kept"
print(json.dumps({"records": said["kept"], "seconds": said["seconds"]}))' "$work/imported" "$3")"
}

fresh_table() {
  sql -c 'set client_min_messages = warning' -f "src/bench/sql/$1.sql" -c checkpoint 2>/dev/null
}

# COPY of the files $2 into the plain table, each by a psql of its own, kept under the name $1.
import_copy() {
  local who=$1
  shift
  fresh_table plain
  say "$who: import"
  # shellcheck disable=SC2016
  timed bash -c '
    set -e
    command="copy residents ($1) from stdin"
    shift
    pids=()
    for files in "$@"; do
      # Split at blanks on purpose: names of ours, without any.
      cat $files | "$PSQL" -X -q -v ON_ERROR_STOP=1 -c "$command" &
      pids+=($!)
    done
    for pid in "${pids[@]}"; do wait "$pid"; done' import "$copy_columns" "$@"
  keep_records import "$who" "$subjects"
}

# An import by a program of ours: $1 whose, $2 the file, $3 seconds to warm up.
import_peer() {
  fresh_table "$1"
  say "$1: import"
  peer peers.PeerImport "$1" "$work/$2.ndjson" "$work/keys" "$3" >"$work/took" 2>"$work/peer.err" ||
    { cat "$work/peer.err" >&2; fail "the import by $1 failed"; }
  keep import "$1" "$work/took"
}

limit() {
  say "limit: $1"
  peer limits.Limits "$1" "$slow" "$work" "$work/residents.ndjson" >"$work/took" 2>"$work/peer.err" ||
    { cat "$work/peer.err" >&2; fail "the limit $1 could not be measured"; }
  keep limit "$1" "$work/took"
}

# One client, while residents are brought into the vault that is served.
finds_while_importing() {
  local importing began
  say "strongroom: finds while it imports"
  began=$(date +%s)
  STRONGROOM_TOKEN=$import_token ./strongroom import --vault "$address" --ca "$work/vault/certificate.pem" \
    --collection residents "$work/newcomers.ndjson" >/dev/null 2>"$work/importing.err" &
  importing=$!
  # Its start, and the first batches.
  sleep 3
  ask_as 1 $(((seconds + 2) / 3)) >"$work/clients.out"
  if kill -0 "$importing" 2>/dev/null; then
    keep finds-importing strongroom "$work/clients.out"
  else
    say "the import was over before the finds were, which do not count"
  fi
  wait "$importing" || { cat "$work/importing.err" >&2; fail "the import into the served vault failed"; }
  printf '{"seconds":%d}' $(($(date +%s) - began)) >"$work/took"
  keep_records import-served strongroom "$newcomers"
}

# What the server holds, and held at most, kept under the name $1 of $2.
keep_memory() {
  [ -r "/proc/$server/status" ] || return 0
  keep "$1" "$2" "$(awk '/^VmHWM/ {peak = $2} /^VmRSS/ {now = $2}
    END {printf "{\"peak_bytes\":%d,\"bytes\":%d}", peak * 1024, now * 1024}' "/proc/$server/status")"
}

# 64 clients, then one, of the server that the other arguments start; kept under the name $1.
finds() {
  local who=$1
  shift
  say "$who: finds"
  start_server "$@"
  python3 src/bench/scripts/ask.py "$address" "$one_id"
  ask_as 64 $((2 * seconds)) >/dev/null
  ask_as 64 "$seconds" >"$work/clients.out"
  keep finds-64 "$who" "$work/clients.out"
  ask_as 1 $(((seconds + 2) / 3)) >/dev/null
  ask_as 1 "$seconds" >"$work/clients.out"
  keep finds-1 "$who" "$work/clients.out"
  keep_memory memory "$who"
  if [ "$who" = strongroom ] && [ -f "$work/newcomers.ndjson" ]; then
    finds_while_importing
    keep_memory memory-importing "$who"
  fi
  stop_server
}

# $1 whose, $2 the table, if there is one.
serve_peer() {
  local files=()
  if [ -n "${2:-}" ]; then
    mapfile -t files < <(table_files "$2")
  fi
  hold "${files[@]}"
  finds "$1" "$jdk_home/bin/java" "${peer_options[@]}" -cp "$peer_path" org.strongroom.bench.peers.PeerServer "$1" "$work/keys"
}

sizes() {
  local table bytes
  keep bytes json "{\"bytes\":$(wc -c <"$work/residents.ndjson"),\"records\":$subjects}"
  keep bytes strongroom "{\"bytes\":$(($(du -sk "$work/vault" | cut -f1) * 1024)),\"records\":$subjects}"
  for table in residents:plain:$subjects sealed_residents:sealed:$subjects \
    pgcrypto_residents:pgcrypto:$slow cipher_residents:shardingsphere:$slow; do
    bytes=$(sql -c "select pg_total_relation_size('${table%%:*}')")
    keep bytes "$(cut -d: -f2 <<<"$table")" "{\"bytes\":$bytes,\"records\":${table##*:}}"
  done
}

one_round() {
  hold "$work/residents.ndjson" "$work/slow.ndjson" "$work/small.ndjson" "$work/copy1" "$work/copy2"
  # Each of the big ones, and the limits, beside the import that they are held against: within an
  # hour, the speed of a shared machine changes by half.
  if [ "$subjects" -gt "$small" ]; then
    import_strongroom small strongroom-small "$small"
  fi
  import_copy plain "$work/copy1 $work/copy2"
  import_strongroom residents strongroom "$subjects"
  limit parse
  limit seal
  limit sst
  import_peer sealed residents 5
  import_copy plain-twice "$work/copy1" "$work/copy2"
  import_peer pgcrypto slow 5
  import_peer shardingsphere slow 15
  limit puts
  # What each would do sooner or later by itself, so that it does not do it while others run.
  say "PostgreSQL is vacuumed, and Strongroom merges"
  sql -c 'vacuum (analyze)' -c checkpoint
  settle_vault
  keep merging strongroom "{\"seconds\":$merging}"
  sizes
  if [ -f "$work/whole.json" ]; then
    hold "$work"/vault/store/*.sst "$work/whole.json"
    enrol investigator
    say "strongroom: leak check"
    check_sample whole >"$work/checked"
    keep leak-check strongroom "$work/checked"
    enrol administrator
    import_token=$STRONGROOM_TOKEN
  fi
  enrol clerk
  hold "$work"/vault/store/*.sst
  say "strongroom: start"
  python3 src/bench/scripts/ask.py --start "$one_id" \
    ./strongroom serve --vault "$work/vault" --listen 127.0.0.1:0 --json >"$work/took"
  keep start strongroom "$work/took"
  finds strongroom ./strongroom serve --vault "$work/vault" --listen 127.0.0.1:0 --json
  serve_peer plain residents
  serve_peer sealed sealed_residents
  serve_peer trivial
  let_go
  unset STRONGROOM_TOKEN
}

compare() {
  export PSQL
  prepare
  PSQL=$postgres_bin/psql
  for ((round = 1; round <= rounds; round++)); do
    one_round
  done
  mkdir -p docs/benchmarks
  python3 src/bench/scripts/machine.py "$work" "$jdk_version" "$("$postgres_bin/postgres" --version)" \
    "${postgres_settings[*]}" "$subjects" "$rounds" "$seconds" "$work/results" >"docs/benchmarks/$subjects.json"
  report
}
