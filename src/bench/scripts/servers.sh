# Servers that are asked for residents, and their clients. Sourced by ./bench.

server=

# Starts a server, whose command is the arguments and which prints its address as JSON; sets
# server and address.
start_server() {
  : >"$work/server.out"
  STRONGROOM_TOKEN='' "$@" >"$work/server.out" 2>"$work/server.err" &
  server=$!
  until grep -q address "$work/server.out"; do
    kill -0 "$server" 2>/dev/null || { cat "$work/server.err" >&2; fail "the server did not start"; }
    sleep 0.1
  done
  address=$(python3 -c 'import json,sys; print(json.loads(open(sys.argv[1]).readline())["address"])' "$work/server.out")
}

stop_server() {
  [ -n "$server" ] || return 0
  kill "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  server=
}

install_wrk() {
  local manager
  command -v wrk >/dev/null && return
  manager=$(package_manager) || fail "wrk is missing, and no package manager is known here; install it by hand"
  echo "installing wrk with $manager ..." >&2
  [ "$manager" != apt-get ] || as_root apt-get update -qq || true
  install_with "$manager" wrk >&2 || true
  command -v wrk >/dev/null || fail "wrk could not be installed, as said above; install it by hand"
}

# Writes ID numbers of residents in $1, evenly chosen, to $work/ids: a million at most.
choose_ids() {
  awk -v every=$(((subjects + 999999) / 1000000)) 'NR % every == 0' "$1" |
    sed -n 's/.*"resident_id":"\([^"]*\)".*/\1/p' >"$work/ids"
}

# $1 clients, each over one connection that stays open, ask at $address for $2 seconds; prints a
# line of JSON. wrk, because it takes a third of the processor time that clients in Java do.
ask_as() {
  wrk -t1 -c"$1" -d"${2}s" --timeout 60s -s src/bench/scripts/finds.lua "$address" -- "$work/ids" >"$work/wrk.out" ||
    { cat "$work/wrk.out" >&2; fail "wrk failed"; }
  tail -n 1 "$work/wrk.out" | grep -q '"failed":0}' || { cat "$work/wrk.out" >&2; fail "not every find was answered"; }
  ! tail -n 1 "$work/wrk.out" | grep -q '"answers":0,' || fail "no find was answered within $2 s; give more --seconds"
  tail -n 1 "$work/wrk.out"
}
