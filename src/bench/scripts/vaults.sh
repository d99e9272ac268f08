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
