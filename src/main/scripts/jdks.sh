# Finds the JDKs of this machine, for ./strongroom and ./check. Sourced, not run; works with the
# bash 3.2 of macOS. Versions are read from the file "release" of each JDK: no JVM is started.

# Prints the file that the path $1 leads to in the end; readlink -f is missing on older systems.
resolved() {
  local path=$1 link
  while [ -L "$path" ]; do
    link=$(readlink "$path")
    case $link in
      /*) path=$link ;;
      *) path=$(dirname "$path")/$link ;;
    esac
  done
  printf '%s\n' "$(cd -P "$(dirname "$path")" && pwd)/$(basename "$path")"
}

# Sets release_version (such as 25.0.3) and release_major of the JDK in $1; fails if there is none.
read_release() {
  local line
  release_version='' release_major=''
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      JAVA_VERSION=*)
        release_version=${line#JAVA_VERSION=}
        release_version=${release_version//[\"$'\r']/}
        ;;
    esac
  done <"$1/release"
  release_major=${release_version%%[!0-9]*}
  [ -n "$release_major" ]
}

# Fills jdk_homes with the directories that may hold a JDK, the likeliest first.
list_jdks() {
  local on_path
  jdk_homes=()
  if [ -n "${JAVA_HOME:-}" ]; then
    jdk_homes+=("$JAVA_HOME")
  fi
  if on_path=$(command -v java); then
    on_path=$(resolved "$on_path")
    jdk_homes+=("${on_path%/bin/java}")
  fi
  jdk_homes+=(
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk*
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/*
    /Library/Java/JavaVirtualMachines/*/Contents/Home
    "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
  )
}

# Sets jdk_home, jdk_version and jdk_major to the JDK that suits best; fails if none does.
#   $1 newest or oldest; $2, $3 least and greatest major version; $4 a file it must have in bin
find_jdk() {
  local home
  jdk_home='' jdk_version='' jdk_major=''
  list_jdks
  for home in "${jdk_homes[@]}"; do
    [ -x "$home/bin/$4" ] && read_release "$home" || continue
    [ "$release_major" -ge "$2" ] && [ "$release_major" -le "$3" ] || continue
    if [ -n "$jdk_major" ]; then
      case $1 in
        newest) [ "$release_major" -gt "$jdk_major" ] || continue ;;
        oldest) [ "$release_major" -lt "$jdk_major" ] || continue ;;
      esac
    fi
    jdk_home=$home jdk_version=$release_version jdk_major=$release_major
  done
  [ -n "$jdk_home" ]
}
