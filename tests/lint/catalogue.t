#!/bin/sh
# The message catalogues are whole: each text of the program is translated, none is in doubt, the
# placeholders agree, and no text is left over.
n=0
failed=0
result() { # status what detail-file
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else
		failed=1
		echo "not ok $n - $2"
		sed 's/^/# /' "$3" | head -n 60
	fi
}
folder=$(mktemp -d "${TMPDIR:-/tmp}/pmt-lint.XXXXXX") || exit 1
trap 'rm -rf "$folder"' EXIT
export LC_ALL=C.UTF-8

sh .ci/messages "$folder/pmt.pot" 2>"$folder/said"
result $? 'texts marked for translation can be read' "$folder/said"
for po in lib/base/po/*.po; do
	name=${po##*/}
	msgfmt -c -o /dev/null "$po" 2>"$folder/said"
	result $? "$name: format and placeholders" "$folder/said"
	msgattrib --only-fuzzy "$po" >"$folder/fuzzy" 2>&1
	[ ! -s "$folder/fuzzy" ]
	result $? "$name: no entry in doubt" "$folder/fuzzy"
	msgmerge --quiet --no-fuzzy-matching --no-wrap -o "$folder/merged.po" "$po" "$folder/pmt.pot" &&
		msgattrib --untranslated --no-obsolete --no-wrap "$folder/merged.po" | grep '^msgid "..*' >"$folder/missing"
	msgcmp "$po" "$folder/pmt.pot" >>"$folder/missing" 2>&1
	result $? "$name: every text is translated (make po takes new ones in)" "$folder/missing"
	msgattrib --only-obsolete --no-wrap "$folder/merged.po" | grep '^#~ msgid "..*' >"$folder/idle"
	[ ! -s "$folder/idle" ]
	result $? "$name: no text is left over (make po drops them)" "$folder/idle"
done
echo "1..$n"
exit $failed
