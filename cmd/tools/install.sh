#!/bin/sh
# Installs Debian packages that the tests use, and nothing they bring along:
#
#     sh cmd/tools/install.sh chromium postgresql nodejs npm
#
# Asks nothing, starts no service and makes no database cluster. Needs root, or
# sudo without a password; says so and fails otherwise.
set -eu

if [ $# -eq 0 ]; then
	echo "usage: sh cmd/tools/install.sh PACKAGE..." >&2
	exit 2
fi
if ! command -v apt-get >/dev/null 2>&1; then
	echo "install.sh: there is no apt-get here; install these yourself: $*" >&2
	exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
	if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
		exec sudo -n sh "$0" "$@"
	fi
	echo "install.sh: needs root, or sudo without a password" >&2
	exit 1
fi

# While packages are set up, a policy forbids their services to start and a
# drop-in tells PostgreSQL to make no cluster. Both go again afterwards.
policy=/usr/sbin/policy-rc.d
dropin=/etc/postgresql-common/createcluster.d/colloquy-tests.conf
made=
clean() {
	# shellcheck disable=SC2086 # a list of paths without blanks
	rm -f $made
}
trap clean EXIT
trap 'exit 130' INT TERM
if [ ! -e "$policy" ]; then
	made="$made $policy"
	printf '#!/bin/sh\nexit 101\n' >"$policy"
	chmod 755 "$policy"
fi
mkdir -p "${dropin%/*}"
made="$made $dropin"
printf 'create_main_cluster = false\n' >"$dropin"

export DEBIAN_FRONTEND=noninteractive
get() { apt-get -y -q -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold "$@" </dev/null; }
if ! get install --no-install-recommends "$@"; then
	get update
	get install --no-install-recommends "$@"
fi
