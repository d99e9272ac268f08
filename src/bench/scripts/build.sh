# Builds the program and what measures it, and runs the latter. Sourced by ./bench.

build_benches() {
  ./strongroom --version >/dev/null
  mkdir -p target/bench
  if [ ! -f target/bench/classpath ] ||
    [ -n "$(find src/bench/pom.xml src/bench/java target/strongroom.jar -newer target/bench/classpath -print | head -n 1)" ]; then
    echo "building what measures (the first time Maven also downloads what is compared) ..." >&2
    find_jdk oldest 17 24 javac || find_jdk newest 17 999 javac || fail "a JDK with javac is needed"
    JAVA_HOME=$jdk_home mvn -B -q -ntp org.apache.maven.plugins:maven-install-plugin:3.1.4:install-file \
      -Dfile=target/strongroom.jar -DpomFile=pom.xml >&2
    JAVA_HOME=$jdk_home mvn -B -q -ntp -f src/bench/pom.xml compile dependency:build-classpath \
      -Dmdep.outputFile="$PWD/target/bench/classpath.new" -Dmdep.excludeArtifactIds=strongroom >&2
    mv target/bench/classpath.new target/bench/classpath
  fi
  find_jdk newest 17 999 java
  peer_options=(-Xmx1g -Djava.io.tmpdir="$work")
  if [ "$jdk_major" -ge 23 ]; then
    peer_options+=(--sun-misc-unsafe-memory-access=allow)
  fi
  if [ "$jdk_major" -ge 24 ]; then
    peer_options+=(--enable-native-access=ALL-UNNAMED)
  fi
  peer_path=target/bench/classes:target/strongroom.jar:$(cat target/bench/classpath)
}

# Runs a program of src/bench/java on the JDK that Strongroom runs on.
peer() {
  "$jdk_home/bin/java" "${peer_options[@]}" -cp "$peer_path" "org.strongroom.bench.$1" "${@:2}"
}
