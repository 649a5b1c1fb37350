#!/bin/sh
# `pmt NOUN log`: who changed which field, when, from what to what.
. "${0%/*}/lib.sh"

it 'tells the changes of a record, newest first' <<'EOT'
    repository
    pmt task add A effort=3d
    commit plan
    pmt task set T-1 effort=5d
    commit longer
    pmt task set T-1 status=doing
    commit begin
    out pmt task log T-1
    has 李伟
    has effort
    has status
    has doing
    widest 100
EOT

it 'finds a record that moved to another file' <<'EOT'
    repository
    pmt task add A effort=3d
    commit plan
    git mv plan.ini other.ini
    commit move
    pmt task set T-1 effort=9d
    commit longer
    out pmt task log T-1
    has effort
EOT

it 'needs a repository' <<'EOT'
    project
    pmt task add A
    status=0
    pmt task log T-1 >"$OUT" 2>"$ERR" || status=$?
    [ $status -eq 4 ] || [ $status -eq 0 ]
EOT

finish
