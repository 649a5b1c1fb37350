#!/bin/sh
# `pmt whatif`: edits in memory, and what they change.
. "${0%/*}/lib.sh"

it 'answers without touching a file' <<'EOT'
    repository
    pmt task add A effort=5d
    pmt task add B effort=5d depends=T-1
    commit plan
    find . -name .git -prune -o -type f -exec cksum {} + | sort >../before
    out pmt whatif 'T-1 effort=7d' 'add task C duration=1d depends=T-2' --format json
    find . -name .git -prune -o -type f -exec cksum {} + | sort >../after
    same ../before ../after
    git status --porcelain >../status
    [ ! -s ../status ]
    json '.summary.finish_slip == 3 * 480'
    json '[.records[].id] == ["T-1", "T-2", "T-3"]'
    json '.edits == ["T-1 effort=7d", "add task C duration=1d depends=T-2"]'
EOT

it 'says the same as doing it' <<'EOT'
    repository
    pmt task add A effort=5d
    pmt task add B effort=5d depends=T-1
    commit plan
    pmt baseline freeze 1
    commit baseline
    out pmt whatif 'T-1 effort=7d' --format json
    jq '[.records[] | {id, finish, slip}]' "$OUT" >../asked
    pmt task set T-1 effort=7d
    out pmt baseline diff --format json
    jq '[.records[] | {id, finish, slip}]' "$OUT" >../done
    same ../asked ../done
EOT

it 'refuses what cannot be set, as the editing does' <<'EOT'
    project
    pmt task add A effort=5d
    exits 2 pmt whatif 'T-1 effrt=7d'
    err_has "'effort'"
    exits 2 pmt whatif 'T-9 effort=7d'
    err_has T-9
    exits 2 pmt whatif
    exits 2 pmt whatif 'T-1'
    exits 2 pmt whatif 'T-1 depends=T-1'
EOT

finish
