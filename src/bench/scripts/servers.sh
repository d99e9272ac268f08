# Servers that are asked for residents, and their clients. Sourced by ./bench.

server=
# Who holds files in memory.
holder=

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

# Keeps the files that are its arguments in the system's memory, and no others any longer.
hold() {
  let_go
  : >"$work/hold.out"
  python3 src/bench/scripts/hold.py "$@" >"$work/hold.out" &
  holder=$!
  until grep -q held "$work/hold.out"; do
    kill -0 "$holder" 2>/dev/null || fail "files could not be held in memory: $*"
    sleep 0.1
  done
}

let_go() {
  [ -n "$holder" ] || return 0
  kill "$holder" 2>/dev/null || true
  wait "$holder" 2>/dev/null || true
  holder=
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
