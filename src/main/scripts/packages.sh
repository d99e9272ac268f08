# Installs what is missing through the system's package manager. Sourced, not run.

# Prints the package manager of this machine; fails if none is known.
package_manager() {
  local manager
  for manager in apt-get dnf apk pacman brew; do
    if command -v "$manager" >/dev/null; then
      echo "$manager"
      return
    fi
  done
  return 1
}

# Runs its arguments as root: directly, or through sudo.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    # Without a terminal nobody could type a password.
    if [ -t 0 ]; then sudo "$@"; else sudo -n "$@"; fi
  else
    echo "this needs root, and there is no sudo: $*" >&2
    return 1
  fi
}

# Installs packages $2... with package manager $1.
install_with() {
  local manager=$1
  shift
  case $manager in
    apt-get) as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" ;;
    dnf) as_root dnf install -y "$@" ;;
    apk) as_root apk add "$@" ;;
    pacman) as_root pacman -S --needed --noconfirm "$@" ;;
    brew) brew install "$@" ;;
  esac
}
