#!/bin/sh
# Every script can at least be read by its interpreter, and every end-to-end test ends as it must.
n=0
failed=0
result() { # status what
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else
		failed=1
		echo "not ok $n - $2"
		printf '%s\n' "$said" | sed 's/^/# /'
	fi
}
for file in .ci/* tests/run tests/mutate tests/rules tests/*.pm tests/run-man-examples tests/*/run tests/lint/*.t tests/lint/*.pm \
	tests/lint/tools/* tests/e2e/*.sh tests/e2e/*.pl tests/e2e/*.t; do
	[ -f "$file" ] || continue
	case $(head -n 1 "$file") in
	*perl*) said=$(perl -I tests/lint -c "$file" 2>&1) ;;
	'#!'*sh | '# '*) case $file in
		*.pm) said=$(perl -I tests/lint -c "$file" 2>&1) ;;
		*) said=$(sh -n "$file" 2>&1) ;;
		esac ;;
	*) continue ;;
	esac
	result $? "$file"
done
for file in tests/e2e/*.t; do
	said='it must source lib.sh first and call finish last'
	grep -q '^\. "${0%/\*}/lib.sh"$' "$file" && [ "$(tail -n 1 "$file")" = finish ]
	result $? "$file: shape"
done
echo "1..$n"
exit $failed
