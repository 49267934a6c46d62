# What scripts that try a running server share. Source it from the repository's root.

# Says why something is left out, and ends the script as if it had passed; with CI=true as if it had not.
skip() {
    [ "${CI:-}" != true ] || fail "$*"
    echo "$(basename "$0"): SKIPPED: $*" >&2
    exit 0
}

fail() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}

# python_with VENV PACKAGE...: makes sure that target/VENV is a virtual environment with the packages, and sets $python.
python_with() {
    local venv="${CARGO_TARGET_DIR:-target}/$1"
    shift
    python="$venv/bin/python"
    if [ -x "$python" ] && [ "$(cat "$venv/packages" 2>/dev/null)" = "$*" ]; then
        return
    fi
    command -v python3 >/dev/null || skip "python3 is not installed"
    rm -rf "$venv"
    python3 -m venv "$venv" >/dev/null 2>&1 || skip "python3 cannot make virtual environments (package python3-venv)"
    "$venv/bin/pip" install --quiet --disable-pip-version-check "$@" || skip "pip cannot install $*"
    echo "$*" >"$venv/packages"
}

# A port on which nobody listens.
free_port() {
    "$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

scratch=""
pids=()

clean_up() {
    local pid
    for pid in "${pids[@]}"; do
        kill "$pid" 2>/dev/null || true
    done
    for pid in "${pids[@]}"; do
        wait "$pid" 2>/dev/null || true
    done
    if [ -n "$scratch" ]; then
        rm -rf "$scratch"
    fi
}

# Sets $scratch, a directory that goes with the script, as do the programs it started.
make_scratch() {
    scratch="$(mktemp -d "${TMPDIR:-/tmp}/mission-control.XXXXXX")"
    trap clean_up EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

# start NAME VARIABLE=value... PROGRAM ARGUMENT...: starts a program whose log goes to $scratch/NAME.log.
start() {
    local name="$1"
    shift
    env "$@" >"$scratch/$name.log" 2>&1 </dev/null &
    pids+=("$!")
}

# Waits until the API at $1 is ready, at most a minute.
wait_ready() {
    local try
    for try in $(seq 600); do
        if "$python" -c 'import sys, urllib.request as r; r.urlopen(sys.argv[1] + "/readyz", timeout=2)' "$1" 2>/dev/null; then
            return
        fi
        kill -0 "${pids[0]}" 2>/dev/null || break
        sleep 0.1
    done
    tail -n 20 "$scratch"/*.log >&2
    fail "the server did not become ready"
}

# The programs as the tests run them: with the tests' crates in the same build, so that nothing is compiled a second time for
# another set of features.
build_programs() {
    [ -z "${MISSION_CONTROL_BUILT:-}" ] || return 0
    cargo build --quiet --locked --workspace --bins --tests
}
