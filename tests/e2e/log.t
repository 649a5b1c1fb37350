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

it 'takes a branch without commits for an empty log' <<'EOT'
    project
    git init -q .
    out pmt task log
    has 'no changes'
EOT

it 'does not take a history that cannot be read for an empty one' <<'EOT'
    repository
    pmt task add A
    commit plan
    head=$(git rev-parse HEAD)
    echo rubbish >.git/refs/heads/main
    exits 3 pmt task log
    err_has 'cannot be read'
    echo "$head" >.git/refs/heads/main
    if [ "$(id -u)" -eq 0 ]; then chown 12345 . .git; else export GIT_TEST_ASSUME_DIFFERENT_OWNER=1; fi
    exits 3 pmt task log
    err_has 'safe.directory'
    exits 3 pmt task log T-1 --limit 1
    err_has 'safe.directory'
    lacks 'no changes'
EOT

it 'finds the history by a relative GIT_DIR' <<'EOT'
    repository
    pmt task add A
    commit plan
    mkdir sub
    cd sub
    export GIT_DIR=../.git
    out pmt task log
    has T-1
    has added
EOT

it 'says that there is no record of an id, but remembers one that is gone' <<'EOT'
    repository
    pmt task add A
    pmt task add B
    commit plan
    pmt task rm T-2
    commit less
    out pmt task log T-2
    has removed
    exits 2 pmt task log T-99
    err_has "'T-99'"
    lacks 'no changes'
    exits 2 pmt task log T-1 T-99
    pmt task add C
    out pmt task log T-3
    has 'not committed'
EOT

it 'names the permission that a git folder lacks' <<'EOT'
    [ "$(id -u)" -ne 0 ] || skip root reads everything
    repository
    chmod 000 .git
    exits 3 pmt task log
    err_has 'Permission denied'
    err_lacks damaged
EOT

it 'goes back to a day' <<'EOT'
    repository
    pmt task add A effort=3d
    commit one
    pmt task set T-1 effort=4d
    GIT_COMMITTER_DATE='2026-06-09T10:00:00+0800'
    git commit -qam two
    pmt task set T-1 effort=5d
    out pmt task log T-1 --since 2026-06-09 --format json
    json '[.records[] | .after] == ["5d", "4d"]'
    out pmt task log --since 2026-06-10 --format json
    json '[.records[] | .after] == ["5d"]'
    exits 2 pmt task log --since whenever
    err_has whenever
EOT

finish
