# ./bench micro. Sourced by it; needs build.sh.

micro() {
  build_benches
  ./strongroom generate --count 1000 >"$work/residents.ndjson"
  mkdir -p docs/benchmarks
  # Each benchmark in a JVM of its own; the same options as the program's.
  peer_options+=("-Dstrongroom.residents=$work/residents.ndjson")
  "$jdk_home/bin/java" "${peer_options[@]}" -cp "$peer_path" org.openjdk.jmh.Main \
    -f 1 -wi 3 -w "$micro_seconds" -i "$rounds" -r "$micro_seconds" -foe true \
    -jvmArgsAppend -XX:+UseSerialGC -rf json -rff "$work/jmh.json" 'org\.strongroom\.bench\.micro\.' >&2
  python3 - "$work/jmh.json" "$jdk_version" >docs/benchmarks/micro.json <<'PYTHON'
import json, sys
out = []
for one in json.load(open(sys.argv[1])):
    score = one["primaryMetric"]
    out.append({"name": ".".join(one["benchmark"].split(".")[-2:]).replace("Benchmark", ""),
                "runs": [round(run, 1) for run in score["rawData"][0]]})
json.dump({"java": sys.argv[2], "benchmarks": out}, sys.stdout, indent=1)
PYTHON
  report
}

# Writes docs/benchmarks.md anew, of all sizes that were ever measured here.
report() {
  python3 src/bench/scripts/report.py docs
  echo "wrote docs/benchmarks.md" >&2
}
