# Vaults of synthetic residents. Sourced by ./bench.

# Residents into $work/residents.ndjson, and a vault of them.
make_vault() {
  echo "making a vault of $subjects residents ..." >&2
  ./strongroom generate --count "$subjects" >"$work/residents.ndjson"
  ./strongroom init --vault "$work/vault" >/dev/null
  ./strongroom import --vault "$work/vault" --collection residents "$work/residents.ndjson" >/dev/null
}

# Enrols somebody with role $1, whose token is then that of whoever asks.
enrol() {
  unset STRONGROOM_TOKEN
  STRONGROOM_TOKEN=$(./strongroom user add "bench-$1" --role "$1" --token --vault "$work/vault" --json |
    python3 -c 'import json,sys; print(json.load(sys.stdin)["token"])')
  export STRONGROOM_TOKEN
}

# Serves the vault until it has merged what came in, which a server does beside its other work; sets
# merging to the seconds of that.
settle_vault() {
  local files='' files_before now=0 before began=$SECONDS
  start_server ./strongroom serve --vault "$work/vault" --listen 127.0.0.1:0 --json
  while [ -r "/proc/$server/stat" ]; do
    before=$now files_before=$files
    sleep 3
    # In hundredths of a second: less than a twentieth of a processor is nothing. While it waits for
    # the disk it takes no more, but its files grow.
    now=$(awk '{print $14 + $15}' "/proc/$server/stat")
    # One may go while they are listed.
    files=$({ ls -l "$work"/vault/store/*.sst 2>/dev/null || true; } | cksum)
    [ $((now - before)) -ge 15 ] || [ "$files" != "$files_before" ] || break
  done
  # The last look found nothing to do.
  merging=$((SECONDS - began - 3))
  stop_server
}
