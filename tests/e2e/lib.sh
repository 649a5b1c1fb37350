# The harness of the end-to-end tests: sourced first by every NAME.t.
#
#   . "${0%/*}/lib.sh"
#
#   it 'adds a task with the next id' <<'EOT'
#       project
#       pmt task add 调研 effort=5d
#       out pmt task --format csv
#       has 'T-1,'
#   EOT
#
#   finish
#
# A case is a shell script read from stdin. It runs with `set -e` in a fresh folder whose name has
# a blank and Chinese characters, so the first command that fails fails the case; then what it
# printed, with a trace, is shown. HOME is empty, git knows one author, and the clock, the time
# zone, the language and the width of the terminal are fixed; see "world" below.
#
#   project [LINE...]     pmt.ini of a small project, with LINEs added to [project]
#   repository            the same in a git repository, committed
#   file NAME             stdin becomes NAME, folders made
#   commit [MESSAGE]      everything, at the fixed date
#   out COMMAND...        runs it; stdout goes to $OUT, stderr to $ERR; must exit 0
#   exits N COMMAND...    the same, must exit N; "1|3" is either
#   is                    $OUT is exactly stdin
#   rows                  the same, of CSV, whose lines end in CR LF
#   has TEXT, lacks TEXT  $OUT has a line with TEXT in it (fixed string); none has
#   matches REGEX         a line of $OUT matches the extended expression
#   err_is, err_has, err_lacks, err_matches     the same of $ERR
#   silent                $ERR is empty
#   lines N               $OUT has N lines
#   json FILTER           jq -e FILTER holds of $OUT
#   same A B              two files are the same
#   golden NAME           $OUT is tests/golden/e2e/NAME (UPDATE_GOLDEN=1 writes it)
#   widest N              no line of $OUT is wider than N columns
#   skip WHY              this case cannot run here
#
# ONLY=3 runs the third case alone, KEEP=1 leaves the folders, V=1 shows every case's output.
set -u
here=$(cd "${0%/*}" && pwd)
SRC=${SRC:-$(cd "$here/../.." && pwd)}
B=${B:-$SRC/build}
case $B in /*) ;; *) B=$SRC/$B ;; esac
case_number=0
failed_cases=0

sandbox=$(mktemp -d "${TMPDIR:-/tmp}/pmt-e2e.XXXXXX") || exit 1
sandbox=$(cd "$sandbox" && pwd -P)
trap '[ "${KEEP:-}" ] && echo "# kept: $sandbox" || { chmod -R u+rwx "$sandbox" 2>/dev/null; rm -rf "$sandbox"; }' EXIT
trap 'exit 130' INT TERM

# world: what every case sees, and nothing else of the machine.
umask 022
OUT=$sandbox/out
ERR=$sandbox/err
HOME=$sandbox/home
# A repository begins with these empty folders, without git's samples.
mkdir -p "$HOME/template/hooks" "$HOME/template/info"
for name in $(env | sed -n 's/^\(\(LC\|PMT\|GIT\|XDG\)_[A-Za-z0-9_]*\)=.*/\1/p'); do unset "$name"; done
unset LANG LANGUAGE PAGER NO_COLOR CLICOLOR_FORCE COLUMNS LINES EDITOR VISUAL CDPATH ENV
PATH=$B:$PATH
TZ=CST-8
LC_ALL=C.UTF-8
TERM=dumb
PMT_NOW=2026-06-10
PMT_LOCALEDIR=$B/locale
GIT_CONFIG_NOSYSTEM=1
GIT_AUTHOR_DATE='2026-06-01T09:00:00+0800'
GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE
GIT_CEILING_DIRECTORIES=$sandbox
export HOME PATH TZ LC_ALL TERM PMT_NOW PMT_LOCALEDIR SRC B OUT ERR
export GIT_CONFIG_NOSYSTEM GIT_AUTHOR_DATE GIT_COMMITTER_DATE GIT_CEILING_DIRECTORIES
cat >"$HOME/.gitconfig" <<'END'
[user]
	name = 李伟
	email = li.wei@example.org
[init]
	defaultBranch = main
	templateDir = ~/template
[commit]
	gpgSign = false
[core]
	autocrlf = false
[maintenance]
	auto = false
[gc]
	auto = 0
[receive]
	autogc = false
[advice]
	detachedHead = false
END

it() { # title; script on stdin
	case_number=$((case_number + 1))
	script=$(cat)
	if [ -n "${ONLY:-}" ] && [ "$ONLY" != "$case_number" ]; then
		echo "ok $case_number - $1 # skip not asked for"
		return
	fi
	case_folder=$sandbox/$case_number/项目\ $case_number
	mkdir -p "$case_folder"
	: >"$OUT"
	: >"$ERR"
	rm -f "$sandbox/skipped"
	# Not in a condition: there the shell would ignore set -e.
	(
		cd "$case_folder"
		PS4='+ '
		set -ex
		eval "$script"
	) >"$sandbox/log" 2>&1 </dev/null
	case_status=$?
	if [ -f "$sandbox/skipped" ]; then
		echo "ok $case_number - $1 # skip $(cat "$sandbox/skipped")"
	elif [ $case_status -eq 0 ]; then
		echo "ok $case_number - $1"
	else
		failed_cases=$((failed_cases + 1))
		echo "not ok $case_number - $1"
	fi
	if [ $case_status -ne 0 ] || [ "${V:-}" ]; then
		sed 's/^/#   /' "$sandbox/log"
		[ -s "$ERR" ] && head -n 20 "$ERR" | sed 's/^/#   stderr: /'
		[ -s "$OUT" ] && head -n 40 "$OUT" | sed 's/^/#   stdout: /'
	fi
	[ "${KEEP:-}" ] || { chmod -R u+rwx "$sandbox/$case_number" 2>/dev/null; rm -rf "${sandbox:?}/$case_number"; }
}

finish() {
	echo "1..$case_number"
	[ $failed_cases -eq 0 ]
	exit
}

# What follows runs inside cases; the trace of it would only hide the case's own lines.
fail() {
	echo "FAILED: $*" >&2
	exit 1
}

skip() {
	echo "$*" >"$sandbox/skipped"
	exit 0
}

project() { # lines of [project]
	{ set +x; } 2>/dev/null
	{
		printf '[project]\nformat   = 1\nuid      = 7K3QW9M2XH4T8R5B\nkey      = DM\nname     = Demo\n'
		printf 'start    = 2026-03-02\ncurrency = CNY\n'
		for line; do printf '%s\n' "$line"; done
	} >pmt.ini
	set -x
}

repository() {
	project "$@"
	git init -q .
	commit 'project: start'
}

commit() {
	git add -A
	git commit -q -m "${1:-edit}"
}

file() {
	{ set +x; } 2>/dev/null
	case $1 in */*) mkdir -p "${1%/*}" ;; esac
	cat >"$1"
	set -x
}

exits() { # status command...
	{ set +x; } 2>/dev/null
	wanted=$1
	shift
	status=0
	"$@" >"$OUT" 2>"$ERR" || status=$?
	case "|$wanted|" in
	*"|$status|"*) ;;
	*) fail "exit status $status, not $wanted: $*" ;;
	esac
	set -x
}

out() { exits 0 "$@"; }

text_is() { # file; wanted on stdin
	cat >"$sandbox/wanted"
	diff -u "$sandbox/wanted" "$1" >&2 || fail "${1##*/} is not what was expected"
}
text_has() { grep -qF -e "$2" "$1" || fail "no line of ${1##*/} has: $2"; }
text_lacks() { ! grep -nF -e "$2" "$1" >&2 || fail "${1##*/} has: $2"; }
text_matches() { grep -qE -e "$2" "$1" || fail "no line of ${1##*/} matches: $2"; }

is() { { set +x; } 2>/dev/null; text_is "$OUT"; set -x; }
rows() {
	{ set +x; } 2>/dev/null
	tr -d '\r' <"$OUT" >"$sandbox/rows"
	text_is "$sandbox/rows"
	set -x
}
has() { { set +x; } 2>/dev/null; text_has "$OUT" "$1"; set -x; }
lacks() { { set +x; } 2>/dev/null; text_lacks "$OUT" "$1"; set -x; }
matches() { { set +x; } 2>/dev/null; text_matches "$OUT" "$1"; set -x; }
err_is() { { set +x; } 2>/dev/null; text_is "$ERR"; set -x; }
err_has() { { set +x; } 2>/dev/null; text_has "$ERR" "$1"; set -x; }
err_lacks() { { set +x; } 2>/dev/null; text_lacks "$ERR" "$1"; set -x; }
err_matches() { { set +x; } 2>/dev/null; text_matches "$ERR" "$1"; set -x; }
silent() { [ ! -s "$ERR" ] || fail 'something on stderr'; }

lines() {
	counted=$(wc -l <"$OUT")
	[ "$counted" -eq "$1" ] || fail "$counted lines, not $1"
}

json() {
	jq -e "$1" "$OUT" >/dev/null || fail "does not hold: $1"
}

same() { cmp "$1" "$2" >&2 || { diff -u "$1" "$2" >&2; fail "$1 and $2 differ"; }; }

golden() {
	{ set +x; } 2>/dev/null
	good=$SRC/tests/golden/e2e/$1
	if [ "${UPDATE_GOLDEN:-}" ]; then
		mkdir -p "${good%/*}"
		cp "$OUT" "$good"
	fi
	[ -f "$good" ] || fail "no tests/golden/e2e/$1: UPDATE_GOLDEN=1 writes it"
	diff -u "$good" "$OUT" >&2 || fail "not as in tests/golden/e2e/$1 (UPDATE_GOLDEN=1 writes it anew)"
	set -x
}

# Columns as a terminal counts them: wide East Asian characters take two, combining marks none.
widest() {
	{ set +x; } 2>/dev/null
	perl -CSD -Mutf8 -ne 'BEGIN { $limit = shift }
		chomp;
		my $width = 0;
		for my $c (split //) {
			$width += $c =~ /\p{Mn}|\p{Me}|\p{Cf}/ ? 0 : $c =~ /\p{EastAsianWidth=W}|\p{EastAsianWidth=F}/ ? 2 : 1;
		}
		if ($width > $limit) { print STDERR "$width columns: $_\n"; $bad = 1 }
		END { $? = $bad ? 1 : 0 }' "$1" "$OUT" || fail "wider than $1 columns"
	set -x
}
