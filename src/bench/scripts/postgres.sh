# A PostgreSQL of our own: installed where it is missing, started in a directory of its own on a
# spare port of 127.0.0.1, stopped afterwards. Sourced by ./bench; needs packages.sh.

# The settings that differ from PostgreSQL's own; the document repeats them.
postgres_settings=(
  shared_buffers=2GB effective_cache_size=6GB maintenance_work_mem=512MB
  max_wal_size=8GB min_wal_size=2GB checkpoint_timeout=15min
  fsync=on synchronous_commit=on full_page_writes=on wal_compression=off
  jit=off autovacuum=off
)

postgres_folder=
postgres_bin=

# Sets postgres_bin to the programs of PostgreSQL, 15 if it is there; fails if none are.
find_postgres() {
  local bin major
  for major in 15 16 17 18; do
    for bin in "/usr/lib/postgresql/$major/bin" "/usr/libexec/postgresql$major" "/usr/pgsql-$major/bin" \
      "/opt/homebrew/opt/postgresql@$major/bin" "/usr/local/opt/postgresql@$major/bin"; do
      if [ -x "$bin/initdb" ]; then
        postgres_bin=$bin
        return
      fi
    done
  done
  bin=$(command -v initdb) && postgres_bin=$(dirname "$bin")
}

# Debian would start a server of its own on the usual port, and keep it.
without_debian_cluster() {
  local told=/etc/postgresql-common/createcluster.d/strongroom-bench.conf status=0
  install_with apt-get postgresql-common
  as_root sh -c "mkdir -p '${told%/*}' && echo 'create_main_cluster = false' >'$told'"
  "$@" || status=$?
  as_root rm -f "$told"
  return "$status"
}

install_postgres() {
  local manager
  find_postgres && return
  manager=$(package_manager) || fail "PostgreSQL 15 is missing, and no package manager is known here; install it by hand"
  echo "installing PostgreSQL 15 with $manager ..." >&2
  case $manager in
    apt-get)
      as_root apt-get update -qq || true
      without_debian_cluster install_with apt-get postgresql-15
      ;;
    dnf) install_with dnf postgresql-server postgresql-contrib ;;
    apk) install_with apk postgresql15 postgresql15-contrib ;;
    pacman) install_with pacman postgresql ;;
    brew) install_with brew postgresql@15 ;;
  esac >&2 || true
  find_postgres || fail "PostgreSQL could not be installed, as said above; install it by hand"
}

# Runs its arguments as somebody whom PostgreSQL accepts: not root.
as_postgres() {
  if [ "$(id -u)" != 0 ]; then
    "$@"
  elif id postgres >/dev/null 2>&1; then
    (cd / && runuser -u postgres -- "$@")
  else
    (cd / && runuser -u nobody -- "$@")
  fi
}

# A port on which nobody listens.
spare_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# Starts it, and tells all clients how to reach it by PGHOST and the like; the password is random.
start_postgres() {
  local setting options=
  install_postgres
  postgres_folder=$(mktemp -d)
  export PGHOST=127.0.0.1 PGPORT PGUSER=bench PGDATABASE=postgres PGPASSWORD
  PGPORT=$(spare_port)
  PGPASSWORD=$(python3 -c 'import secrets; print(secrets.token_hex(16))')
  (umask 077 && echo "$PGPASSWORD" >"$postgres_folder/password")
  mkdir "$postgres_folder/socket"
  if [ "$(id -u)" = 0 ]; then
    chown -R "$(as_postgres id -u)" "$postgres_folder"
  fi
  as_postgres "$postgres_bin/initdb" -D "$postgres_folder/data" -U "$PGUSER" -E UTF8 --locale=C \
    --auth=scram-sha-256 --pwfile="$postgres_folder/password" >/dev/null
  rm "$postgres_folder/password"
  for setting in "${postgres_settings[@]}"; do
    options+=" -c $setting"
  done
  as_postgres "$postgres_bin/pg_ctl" -D "$postgres_folder/data" -l "$postgres_folder/log" -w -t 60 \
    -o "-c listen_addresses=127.0.0.1 -p $PGPORT -k $postgres_folder/socket $options" start >/dev/null ||
    { cat "$postgres_folder/log" >&2; fail "PostgreSQL does not start, as said above"; }
}

stop_postgres() {
  [ -n "$postgres_folder" ] || return 0
  as_postgres "$postgres_bin/pg_ctl" -D "$postgres_folder/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$postgres_folder"
  postgres_folder=
}

# Runs SQL: the arguments are psql's.
sql() {
  "$postgres_bin/psql" -X -q -A -t -v ON_ERROR_STOP=1 "$@"
}

# The files of table $1 and of its indexes.
table_files() {
  local each
  sql -c "select pg_relation_filepath(oid) from pg_class
    where oid = '$1'::regclass or oid in (select indexrelid from pg_index where indrelid = '$1'::regclass)" |
    while read -r each; do
      # A file for each gigabyte.
      ls "$postgres_folder/data/$each" "$postgres_folder/data/$each".* 2>/dev/null || true
    done
}
