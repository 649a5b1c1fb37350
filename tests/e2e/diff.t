#!/bin/sh
# `pmt diff`: what two states of the project say differently.
. "${0%/*}/lib.sh"

it 'compares the last commit with the work tree, in all formats' <<'EOT'
    repository
    pmt task add 结算引擎 effort=3d "description=one
two
three"
    commit plan
    out pmt diff
    has 'no changes'
    pmt task set T-1 effort=5d "description=one
2
three
四"
    pmt task add B
    mkdir sub
    mv plan.ini sub/
    out pmt diff
    has 'effort: 3d → 5d'
    has '- two'
    has '+ 2'
    has '+ 四'
    lacks '+ one'
    widest 80
    out pmt diff --format json
    json '[.records[] | "\(.id) \(.change) \(.field) \(.before)"] ==
        ["T-1 changed effort 3d", "T-1 changed description one\ntwo\nthree", "T-2 added null null"]'
    json '.schema == "pmt.diff/1"'
    out pmt diff --format csv
    has 'task,T-1,结算引擎,changed,effort,3d,5d'
    out pmt diff --format markdown
    has 'effort: 3d → 5d'
    out pmt diff --format html
    has 'effort: 3d → 5d'
    out pmt diff --lang zh_CN
    has '新增'
EOT

it 'compares revisions, by name, by date, and with dots' <<'EOT'
    repository
    pmt task add A effort=1d
    commit one
    git tag v1
    pmt task set T-1 effort=2d
    GIT_COMMITTER_DATE=2026-06-05T09:00:00+0800 git commit -qam two
    pmt task set T-1 effort=3d
    for words in 'v1 HEAD' 'v1..HEAD' 'v1..' '2026-06-02 2026-06-06'; do
        out pmt diff $words --format json
        json '[.records[] | "\(.before) \(.after)"] == ["1d 2d"]'
    done
    out pmt diff ..v1 --format json
    json '[.records[] | "\(.before) \(.after)"] == ["2d 1d"]'
    out pmt diff v1 --format json
    json '[.records[] | "\(.before) \(.after)"] == ["1d 3d"]'
    exits 2 pmt diff nothing
    err_has "unknown revision 'nothing'"
    exits 2 pmt diff v1 HEAD HEAD
EOT

it 'chooses by kind, field, id and condition on either side' <<'EOT'
    repository
    pmt task add A effort=1d
    pmt task add B effort=1d
    pmt risk add Rain
    commit one
    pmt task set T-1 effort=2d status=done
    pmt task set T-2 effort=9d
    pmt risk set R-1 title=Snow
    out pmt diff --kind risk --format json
    json '[.records[].id] == ["R-1"]'
    out pmt diff --field effort T-2 --format json
    json '[.records[].after] == ["9d"]'
    out pmt diff status=done --format json
    json '[.records[].id] | unique == ["T-1"]'
    out pmt diff title:rain --format json
    json '[.records[].id] == ["R-1"]'
    out pmt diff HEAD 'finish > 2026-03-09' --kind task --format json
    json '[.records[].id] == ["T-2"]'
    out pmt diff --stat
    matches '^task +0 +2 +0 +3$'
    out pmt diff --stat --format json
    json '[.counts[].kind] == ["task", "risk"]'
    exits 2 pmt diff --stat --impact
    exits 2 pmt diff --kind task --field severity
    exits 2 pmt diff --kind tsk
EOT

it 'tells what the changes do to the plan, and follows a record that got another id' <<'EOT'
    repository
    pmt resource add li rate=800/d
    pmt task add A effort=3d assign=li
    pmt task add B effort=2d depends=T-1
    commit one
    pmt task set T-1 effort=5d
    out pmt diff --impact
    has 'effort: 3d → 5d'
    matches '^finish .*\+2d'
    matches '^cost .*1,600'
    pmt task rename T-1 T-7
    out pmt diff --impact
    has 'renamed: T-1 → T-7'
    matches '^finish .*\+2d'
    lacks removed
    out pmt diff HEAD --impact --format json
    json '.records | length == 2'
EOT

it 'says why there is nothing to compare with' <<'EOT'
    project
    git init -q .
    exits 3 pmt diff
    err_has 'no commit'
    rm -r .git
    exits 4 pmt diff
    repository
    pmt task add A
    commit one
    git clone -q --depth 1 "file://$PWD" ../shallow
    (cd ../shallow && exits '2|3' pmt diff HEAD~1)
    git clone -q --bare . ../bare.git
    cd ../bare.git
    out pmt --at HEAD diff HEAD~1
    has A
EOT

finish
