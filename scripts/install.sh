#!/bin/sh
# Installs Mission Control from an archive of scripts/release, or from the unpacked one that this script lies in.
#
#   ./install.sh [--user|--system] [--no-start] [ARCHIVE]
#
# --system (as root, the default there): programs in /usr/local/bin, system units, a user mission-control, settings in
# /etc/mission-control/env, data in /var/lib/mission-control.
# --user (the default otherwise): programs in ~/.local/bin, units of `systemctl --user`, settings in ~/.config/mission-control/env,
# data in ~/.local/share/mission-control.
#
# An ARCHIVE is compared with the SHA256SUMS beside it first. Installing again upgrades: settings and data stay.
set -eu

say() { echo "install.sh: $*"; }
fail() {
    echo "install.sh: $*" >&2
    exit 1
}

kind=""
start=yes
archive=""
for argument in "$@"; do
    case "$argument" in
    --user) kind=user ;;
    --system) kind=system ;;
    --no-start) start=no ;;
    -h | --help)
        sed -n '2,12s/^# \{0,1\}//p' "$0"
        exit 0
        ;;
    -*) fail "$argument is unknown; --help says what there is" ;;
    *) archive="$argument" ;;
    esac
done
[ -n "$kind" ] || { [ "$(id -u)" -eq 0 ] && kind=system || kind=user; }
[ "$kind" = user ] || [ "$(id -u)" -eq 0 ] || fail "--system is for root: sudo $0 --system, or --user for yourself alone"

if [ -n "$archive" ]; then
    [ -f "$archive" ] || fail "$archive is not there"
    sums="$(dirname "$archive")/SHA256SUMS"
    [ -f "$sums" ] || fail "$sums is not there: get it from where the archive came from"
    name="$(basename "$archive")"
    wanted="$(awk -v name="$name" '$2 == name || $2 == "*" name { print $1 }' "$sums")"
    [ -n "$wanted" ] || fail "$sums says nothing of $name"
    [ "$(sha256sum "$archive" | cut -d' ' -f1)" = "$wanted" ] ||
        fail "$archive is not what $sums says: it is damaged, or another file; get it again"
    unpacked="$(mktemp -d)"
    trap 'rm -rf "$unpacked"' EXIT
    tar -xzf "$archive" -C "$unpacked" --strip-components=1 --no-same-owner
    from="$unpacked"
else
    from="$(cd "$(dirname "$0")" && pwd)"
fi
[ -x "$from/bin/mission-control-api" ] || fail "there are no programs in $from/bin; give the archive"
"$from/bin/mission-control-api" --version >/dev/null 2>&1 || fail "the programs do not run here: they are for another machine"

if [ "$kind" = system ]; then
    bin=/usr/local/bin
    units=/etc/systemd/system
    unit_files="$from/deploy/systemd"
    share=/usr/local/share
    env=/etc/mission-control/env
    data=/var/lib/mission-control
    control="systemctl"
    running=/run/systemd/system
    getent passwd mission-control >/dev/null ||
        useradd --system --home-dir "$data" --shell /usr/sbin/nologin mission-control
    install -d -m 755 /etc/mission-control
    install -d -m 700 -o mission-control -g mission-control "$data"
    [ -e "$env" ] || install -m 640 -g mission-control "$from/.env.example" "$env"
else
    bin="$HOME/.local/bin"
    units="${XDG_CONFIG_HOME:-$HOME/.config}/systemd/user"
    unit_files="$from/deploy/systemd/user"
    share="${XDG_DATA_HOME:-$HOME/.local/share}"
    env="$HOME/.config/mission-control/env"
    data="$share/mission-control"
    control="systemctl --user"
    running="${XDG_RUNTIME_DIR:-/run/user/$(id -u)}/systemd"
    install -d -m 700 "$(dirname "$env")"
    [ -e "$env" ] || install -m 600 "$from/.env.example" "$env"
fi

install -d "$bin" "$units" "$share/man/man1" "$share/bash-completion/completions" "$share/zsh/site-functions" \
    "$share/fish/vendor_completions.d"
for program in "$from"/bin/*; do
    # A program that runs cannot be written over; it can be replaced.
    install -m 755 "$program" "$bin/.$(basename "$program").new"
    mv "$bin/.$(basename "$program").new" "$bin/$(basename "$program")"
done
install -m 644 "$unit_files"/*.service "$units/"
install -m 644 "$from"/share/man/man1/*.1 "$share/man/man1/"
for script in "$from"/share/completions/*.bash; do
    program="$(basename "$script" .bash)"
    install -m 644 "$script" "$share/bash-completion/completions/$program"
    install -m 644 "$from/share/completions/$program.zsh" "$share/zsh/site-functions/_$program"
    install -m 644 "$from/share/completions/$program.fish" "$share/fish/vendor_completions.d/$program.fish"
done

say "installed $("$bin/mission-control-api" --version) in $bin; settings are in $env"
if [ "$start" = no ] || [ ! -d "$running" ]; then
    [ "$start" = no ] || say "systemd does not run here for this user; start it yourself:"
    say "$control daemon-reload && $control enable --now mission-control-api"
    exit 0
fi
$control daemon-reload
$control enable mission-control-api
# Returns when it is ready to work; what runs already is replaced.
$control restart mission-control-api || fail "it did not start: journalctl ${control#systemctl} -u mission-control-api says why"
for unit in mission-control-worker mission-control-gateway; do
    ! $control --quiet is-active "$unit" || $control restart "$unit"
done

setting() { sed -n "s/^$1=//p" "$env" | tail -n 1; }
address="$(setting BASE_URL)"
[ -n "$address" ] || address="http://127.0.0.1:$(setting PORT)"
case "$address" in *:) address="${address}8000" ;; esac
say "Mission Control is at $address"
[ -n "$(setting LOCAL_AUTH_TOKEN)" ] || say "the access token is in $data/local-auth-token"
case ":$PATH:" in *":$bin:"*) ;; *) say "put $bin into your PATH for mc and the operator's commands" ;; esac
[ "$kind" = system ] || say "for it to run while you are not logged in: loginctl enable-linger"
