#!/bin/sh
# Clones that work at one project at once and sync in random order: all come to the same, nothing is lost, no number
# stands twice. CLONES=8 EDITS=200 runs more than `make check` does.
. "${0%/*}/lib.sh"

cat >"$sandbox/crowd" <<'END'
clones=${CLONES:-3}
edits=${EDITS:-7}
random=7

# A number below $1, the same in every run.
dice() {
	random=$(((random * 1103515245 + 12345) % 2147483648))
	rolled=$((random / 65536 % $1))
}

# The id of some task.
some_task() {
	count=$(grep -h '^\[task' *.ini | wc -l)
	[ "$count" -gt 0 ] || return 1
	dice "$count"
	task=$(grep -h '^\[task' *.ini | sed -n "$((rolled + 1))s/^\[task \(.*\)\]$/\1/p")
}

edit() { # clone, number
	dice 10
	case $rolled in
	0 | 1 | 2)
		pmt -q task add "title-$1-$2" effort=1d && echo "title-$1-$2" >>../added ;;
	3)
		some_task && pmt -q task add "title-$1-$2" depends="$task" && echo "title-$1-$2" >>../added ;;
	4)
		some_task && pmt -q task set "$task" effort="$2d" ;;
	5)
		some_task && pmt -q task set "$task" priority="$((2 + $2 % 900))" ;;
	6)
		some_task && pmt -q task set "$task" tags+="tag-$1" ;;
	7)
		some_task && {
			title=$(pmt task show "$task" --format json | jq -r '.records[0].title')
			pmt -q task rm "$task" && echo "$title" >>../removed
		} ;;
	8)
		some_task && pmt -q task move "$task" --file "part-$1.ini" ;;
	9)
		pmt -q risk add "title-risk-$1-$2" && echo "title-risk-$1-$2" >>../added ;;
	esac
	git add -A
	git commit -q -m "$1 $2" || :
}

# What people would do about conflicts: keep ours, and drop links that lead nowhere or in a circle.
settle() {
	for file in $(git ls-files -u | cut -f 2 | sort -u); do
		[ ! -e "$file" ] || sed -i '/^; /d' "$file"
	done
	for task in $(pmt check --format json | jq -r '.diagnostics[] | select(.severity == "error") | .record // empty' |
		sed -n 's/^task //p' | sort -u); do
		pmt -q task set "$task" depends= || :
	done
	pmt -q merge --continue
}

sync() {
	status=0
	pmt -q sync >../said 2>&1 || status=$?
	while [ $status -eq 5 ] && [ -e .git/MERGE_HEAD ]; do
		settle
		status=0
		pmt -q sync >../said 2>&1 || status=$?
	done
	[ $status -eq 0 ] || { cat ../said; fail "sync: $status"; }
}
END

it 'comes to the same in all clones' <<'EOT'
    { . "$sandbox/crowd"; set +x; } 2>/dev/null
    git init -q --bare hub.git
    mkdir 1
    cd 1
    repository
    set +x
    echo '*.ini -text merge=pmt' >.gitattributes
    commit attributes
    git remote add origin ../hub.git
    pmt -q sync
    cd ..
    : >added
    : >removed
    for c in $(seq 2 "$clones"); do git clone -q hub.git "$c"; done
    for n in $(seq 1 "$edits"); do
        for c in $(seq 1 "$clones"); do
            cd "$c"
            edit "$c" "$n" >../said 2>&1
            dice 3
            [ "$rolled" != 0 ] || sync
            cd ..
        done
    done
    for turn in 1 2; do
        for c in $(seq 1 "$clones"); do cd "$c"; sync; cd ..; done
    done
    for c in $(seq 1 "$clones"); do
        [ "$(git -C "$c" rev-parse HEAD)" = "$(git -C hub.git rev-parse main)" ] || fail "clone $c is not in step"
    done
    cd 1
    pmt -q check || fail 'the project has errors'
    grep -h '^title' *.ini risks/*.ini | sed 's/^title *= *//' | sort >../there
    cd ..
    [ -z "$(uniq -d there)" ] || fail "twice: $(uniq -d there)"
    sort -u removed >gone
    sort added | comm -23 - gone | comm -23 - there >lost
    [ ! -s lost ] || fail "lost: $(cat lost)"
    [ "$(wc -l <there)" -gt "$edits" ]
EOT

finish
