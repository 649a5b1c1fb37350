#!/bin/sh
# `pmt blame`: who set each field of a record.
. "${0%/*}/lib.sh"

it 'names who set each field, through renamings and moves' <<'EOT'
    repository
    pmt task add A effort=1d priority=600
    commit one
    pmt task set T-1 effort=2d
    git commit -q --author='王芳 <wang@example.org>' -am two
    pmt task rename T-1 T-5
    commit three
    mkdir sub
    git mv plan.ini sub/
    commit four
    pmt task set T-5 status=doing
    out pmt blame T-5 --format json
    json '[.records[] | "\(.field) \(.author) \(.subject)"] == ["id 李伟 three", "title 李伟 one",
        "effort 王芳 two", "priority 李伟 one", "status null null"]'
    out pmt blame T-5
    matches 'effort +2d +王芳'
    matches 'status +doing +! not committed'
    widest 100
    out pmt --at HEAD~3 blame T-1 --format json
    json '[.records[].field] == ["id", "title", "effort", "priority"]'
EOT

it 'follows the value through a merge, not the newest branch' <<'EOT'
    repository
    pmt task add A effort=1d
    commit one
    git checkout -qb side
    pmt task set T-1 effort=2d
    GIT_COMMITTER_DATE=2026-06-03T09:00:00+0800 git commit -qam side
    git checkout -q main
    pmt task set T-1 effort=3d
    GIT_COMMITTER_DATE=2026-06-02T09:00:00+0800 git commit -qam main
    git merge -q -s ours -m merge side
    out pmt blame T-1 --format json
    json '[.records[] | select(.field == "effort") | .subject] == ["main"]'
EOT

it 'knows journals, single records and other kinds' <<'EOT'
    repository
    pmt resource add li
    pmt task add A
    pmt risk add Rain
    pmt timesheet add li 2026-06-01 T-1 2h
    commit one
    out pmt blame 'timesheet li'
    has 2026-06-01
    out pmt blame project
    has currency
    out pmt blame R-1
    has Rain
    exits 2 pmt blame T-9
    exits 2 pmt blame
    exits 2 pmt blame T-1 R-1
EOT

it 'says what a shallow clone hides' <<'EOT'
    repository
    pmt task add A effort=1d
    commit one
    pmt task set T-1 effort=2d
    commit two
    git clone -q --depth 1 "file://$PWD" ../shallow
    cd ../shallow
    out pmt blame T-1
    err_has 'unshallow'
EOT

finish
