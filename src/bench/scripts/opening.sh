# ./bench opening. Sourced by it.

# The median of the numbers in file $1.
median() {
  python3 -c 'import statistics,sys; print("%.2f" % statistics.median(float(n) for n in open(sys.argv[1])))' "$1"
}

opening() {
  local round vault began
  ./strongroom init --vault "$work/long" >/dev/null
  ./strongroom init --vault "$work/short" >/dev/null
  mvn -B -q test-compile dependency:build-classpath -Dmdep.outputFile="$work/classpath" >/dev/null
  find_jdk newest 17 999 java
  echo "making a log of $entries entries ..." >&2
  "$jdk_home/bin/java" -Xmx1g -cp "target/test-classes:target/classes:$(cat "$work/classpath")" \
    org.strongroom.bench.LongLog "$work/long" "$entries" 2>"$work/making" || { cat "$work/making" >&2; exit 1; }
  ./strongroom audit checkpoint --vault "$work/long" >/dev/null
  for ((round = 1; round <= rounds; round++)); do
    for vault in long short; do
      began=$(date +%s%N)
      ./strongroom audit checkpoint --vault "$work/$vault" >"$work/$vault.note"
      echo $((($(date +%s%N) - began) / 1000000)) | sed 's/\(.*\)\(...\)$/0\1.\2/' >>"$work/$vault.seconds"
    done
  done
  echo "strongroom audit checkpoint, median of $rounds runs, on Java $jdk_version:"
  echo
  echo "| log of | seconds |"
  echo "|---|---|"
  echo "| $(sed -n 2p "$work/long.note") entries | $(median "$work/long.seconds") |"
  echo "| $(sed -n 2p "$work/short.note") entries | $(median "$work/short.seconds") |"
}
