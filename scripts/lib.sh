# Sourced by the scripts: where things are kept, and how to speak.
# shellcheck shell=bash
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"

CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/relink
TOOLS=$CACHE/tools
# Outside the clone, so that a fresh clone (CI) finds its dependencies compiled.
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$CACHE/target}
# Cargo knows our own crates by their place in the workspace and by their files'
# times, so a newer build of another clone would pass for a build of this one.
if [[ $(cat "$CARGO_TARGET_DIR/clone" 2>/dev/null) != "$ROOT" ]]; then
  mkdir -p "$CARGO_TARGET_DIR"
  find app server src xtask -type f -exec touch {} +
  printf '%s\n' "$ROOT" >"$CARGO_TARGET_DIR/clone"
fi
export PATH=$PATH:$TOOLS/bin
# Written by scripts/setup where rustup has no wasm target.
if [[ -f $CACHE/wasm-toolchain ]]; then
  WASM_TOOLCHAIN=$(<"$CACHE/wasm-toolchain")
  export WASM_TOOLCHAIN
fi

say() { printf '\033[1m%s\033[0m\n' "relink: $*" >&2; }
die() {
  say "$*"
  exit 1
}
# A program, and no function of that name.
have() { type -P "$1" >/dev/null; }

# The folder of initdb and pg_ctl: distributions keep them off the path.
postgres_bin() {
  local folder
  if have initdb; then
    dirname "$(readlink -f "$(command -v initdb)")"
    return
  fi
  folder=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1) || return 1
  [[ -x $folder/initdb ]] && printf '%s\n' "$folder"
}

# A port of 127.0.0.1 that nothing listens on now.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 20000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  printf '%s\n' "$port"
}
