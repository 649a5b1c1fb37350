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

it 'follows a record through a renaming, and takes what only follows it for no change' <<'EOT'
    repository
    pmt task add Settle effort=3d
    pmt task add Test depends=T-1
    pmt resource add li.wei
    pmt timesheet add li.wei 2026-06-01 T-1 2h
    commit plan
    pmt task set T-1 effort=5d
    commit longer
    pmt task rename T-1 T-9
    commit rename
    pmt task set T-9 effort=6d
    commit more
    out pmt log T-9 --format json
    json '[.records[] | "\(.id) \(.change) \(.before) \(.after)"] ==
        ["T-9 changed 5d 6d", "T-9 renamed T-1 T-9", "T-1 changed 3d 5d", "T-1 added null null"]'
    out pmt log --format json
    json '[.records[] | select(.subject == "rename")] | length == 1'
    out pmt log T-1
    has 'renamed: T-1 → T-9'
EOT

it 'groups by commit for people, with what is not committed in front' <<'EOT'
    repository
    pmt task add 调研 effort=3d
    commit 'plan: 计划'
    pmt task set T-1 effort=5d
    out pmt log
    head -n 2 "$OUT" | tail -n 1 | grep -F 'effort: 3d → 5d'
    has 'not committed'
    has '李伟  plan: 计划'
    widest 80
    out pmt log --lang zh_CN
    has '尚未提交'
    out pmt --at HEAD log
    lacks 'not committed'
EOT

it 'chooses by kind, person, time, field, condition and number' <<'EOT'
    repository
    pmt resource add wang.fang 王芳 email=wang@example.org
    pmt task add A effort=3d
    commit one
    pmt task set T-1 effort=4d priority=600
    git commit -q --author='王芳 <WANG@example.org>' --date=2026-06-05 -am two
    pmt task add B
    GIT_COMMITTER_DATE=2026-06-08T10:00:00+0800 git commit -qam three
    out pmt log --kind resource --format json
    json '[.records[].id] == ["wang.fang"]'
    out pmt log --person wang.fang --format json
    json '[.records[].field] == ["effort", "priority"]'
    out pmt log --person nobody --format json
    json '.records == []'
    out pmt log --field effort --format json
    json '[.records[].after] == ["4d"]'
    out pmt log --until 2026-06-07 --since 2026-06-01 -n 1 --format json
    json '[.records[].subject] | unique == ["two"]'
    out pmt log --since 2026-06-08 --format json
    json '[.records[].id] == ["T-2"]'
    out pmt log priority=600 --format json
    json '[.records[].id] | unique == ["T-1"]'
    exits 2 pmt log --kind tsk
    err_has "did you mean 'task'?"
    exits 2 pmt log --field efort
    err_has "did you mean 'effort'?"
    out pmt log --field x_mine
    exits 2 pmt log -n 0
    exits 2 pmt log T-99
EOT

it 'shows commits of code with their tasks and times' <<'EOT'
    repository
    pmt task add A
    pmt task add B
    commit plan
    echo 1 >a.c
    git add a.c
    git commit -q -m 'engine' -m 'Task: T-1,T-2
Time: 3h
task: T-77
Time: soon
Signed-off-by: x'
    git commit -q --allow-empty -m 'Task: T-1'
    out pmt log
    has 'work on T-1: 1.5h'
    has "work on 'T-77', which is no task"
    out pmt log T-2 --format json
    json '[.commits[] | "\(.task) \(.time) \(.known)"] == ["T-2 90 true"]'
    out pmt log --format json
    json '[.commits[].task] == ["T-1", "T-2", "T-77"] and .commits[2].time == null'
    out pmt task show T-1
    has 'Time in commits: 1.5h'
    matches 'T-1 +1.5h +engine'
    out pmt task show T-1 --format json
    json '.commits[0].time == 90 and .records[0].id == "T-1"'
    pmt task rename T-1 T-5
    commit rename
    out pmt task show T-5
    has 'Time in commits: 1.5h'
    pmt task add C
    out pmt task show T-6
    lacks commits
EOT

it 'tells what a merge itself changed, and follows both lines' <<'EOT'
    repository
    pmt task add A effort=1d
    pmt task add B effort=1d
    commit plan
    git checkout -qb side
    pmt task set T-1 effort=2d
    commit side
    git checkout -q main
    pmt task set T-1 effort=3d
    commit main
    git merge -q -m merge side >/dev/null 2>&1 || :
    git checkout -q --ours plan.ini
    sed 's/effort = 3d/effort = 4d/' plan.ini >p
    mv p plan.ini
    commit merge
    out pmt log T-1 --format json
    json '[.records[] | "\(.subject) \(.after)"] | sort == ["main 3d", "merge 4d", "plan null", "side 2d"]'
EOT

it 'keeps a cache that changes no answer, whatever becomes of it' <<'EOT'
    repository
    pmt task add A effort=3d
    commit one
    pmt task set T-1 effort=4d
    commit two
    pmt log --format json >cold
    [ "$(ls .git/pmt/cache | wc -l)" -eq 1 ]
    pmt log --format json >warm
    same cold warm
    for f in .git/pmt/cache/*; do echo rubbish >"$f"; done
    pmt log --format json >broken
    same cold broken
    for f in .git/pmt/cache/*; do head -c 60 "$f" >x; cat x >"$f"; done
    pmt log --format json >cut
    same cold cut
    rm -r .git/pmt/cache
    touch .git/pmt/cache
    pmt log --format json >none
    same cold none
EOT

it 'leaves other projects in the same tree out' <<'EOT'
    repository
    pmt task add A
    mkdir sub
    cp pmt.ini sub/
    file sub/x.ini <<'END'
[task T-7]
title = not ours
END
    commit two
    out pmt log
    lacks T-7
    cd sub
    out pmt log
    has T-7
    lacks T-1
EOT

it 'says what a shallow clone hides, and names an object that is missing' <<'EOT'
    repository
    pmt task add A
    commit one
    pmt task set T-1 effort=4d
    commit two
    git clone -q --depth 1 "file://$PWD" ../shallow
    (cd ../shallow && out pmt log && err_has 'unshallow')
    blob=$(git rev-parse HEAD~1:plan.ini)
    rm -f ".git/objects/$(echo "$blob" | cut -c 1-2)/$(echo "$blob" | cut -c 3-)"
    exits 3 pmt log
    err_has "object $(echo "$blob" | cut -c 1-12) is missing"
    err_has 'git fsck'
EOT

it 'says what a bare repository needs, and reads it, and clones that leave things out' <<'EOT'
    repository
    pmt task add A
    commit one
    pmt task set T-1 effort=4d
    commit two
    git config uploadpack.allowFilter true
    git clone -q --bare . ../bare.git
    (cd ../bare.git && out pmt --at HEAD log && has 'effort: – → 4d')
    (cd ../bare.git && exits 4 pmt log && err_has '--at HEAD')
    git clone -q --filter=blob:none "file://$PWD" ../partial
    (cd ../partial && out pmt log && has 'effort: – → 4d')
    git clone -q --filter=blob:none "file://$PWD" ../cut
    git -C ../cut config remote.origin.url file:///nowhere
    (cd ../cut && exits 3 pmt log && err_has 'is missing' && err_has 'left objects out')
    git clone -q --sparse . ../sparse
    (cd ../sparse && out pmt log && lacks 'not committed')
EOT

it 'works in detached heads, linked work trees and with another hash' <<'EOT'
    repository
    pmt task add A
    commit one
    git checkout -q --detach
    out pmt log
    has T-1
    git worktree add -q ../linked HEAD
    (cd ../linked && out pmt log T-1 && has added)
    project
    rm -rf .git
    git init -q --object-format=sha256 .
    commit one
    out pmt log
    has T-1
EOT

finish
