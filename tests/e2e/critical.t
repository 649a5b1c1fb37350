#!/bin/sh
. "${0%/*}/lib.sh"

plan() {
    project
    file plan.ini <<'END'
[task T-1]
title    = 调研
duration = 10d

[task T-2]
title    = 采购
duration = 8d

[task T-3]
title    = 开发
duration = 5d
depends  = T-1, T-2 FS+1d

[task T-4]
title    = 培训
duration = 3d
depends  = T-2

[task T-5]
title     = 上线
milestone = yes
depends   = T-3
END
}

it 'shows the longest path and what shortening its tasks gains' <<'EOT'
    plan
    out pmt critical
    has 调研
    has 开发
    lacks 采购
    widest 100
    out pmt critical --format json
    json '[.records[].id] == ["T-1", "T-3", "T-5"]'
    json '[.records[].drag] == [480, 1920, 0]'
    json '.records[1].link == "FS" and .records[1].slack == 0 and .records[1].path == 1'
    json '.summary.finish == "2026-03-20T18:00"'
    silent
EOT

it 'lists the next paths in order of their float' <<'EOT'
    plan
    out pmt critical --paths 5 --format json
    json '[.records[] | [.path, .id]] == [[1,"T-1"],[1,"T-3"],[1,"T-5"],[2,"T-2"],[2,"T-3"],[2,"T-5"],[3,"T-2"],[3,"T-4"]]'
    json '[.records[] | select(.path == 2)][0].path_float == 480'
    json '[.records[] | select(.path == 2)][1].link == "FS+1d"'
    out pmt critical --float 2d --format json
    json '[.records[].path] | max == 2'
    out pmt --lang zh_CN critical --paths 2
    has 路径
EOT

it 'follows the paths to one task' <<'EOT'
    plan
    out pmt critical --to T-4 --format json
    json '[.records[].id] == ["T-2", "T-4"] and .records[0].path_float == 0 and .summary.to == "T-4"'
    exits 2 pmt critical --to T-99
EOT

it 'gives the six times of every task in days, from 1 or from 0' <<'EOT'
    plan
    out pmt critical --all --days --format json
    json '[.records[] | select(.id == "T-2")][0] | [.early_start, .early_finish, .late_start, .late_finish] == [1, 8, 2, 9]'
    out pmt critical --all --days=0 --format json
    json '[.records[] | select(.id == "T-2")][0] | [.early_start, .early_finish, .late_start, .late_finish] == [0, 8, 1, 9]'
    json '[.records[] | select(.id == "T-5")][0] | .early_start == 15 and .late_finish == 15'
    out pmt critical --all
    has 2026-03-13
EOT

it 'says what makes float negative' <<'EOT'
    plan
    pmt task set T-3 not_after=2026-03-18
    out pmt critical
    has not_after
    has T-3
    out pmt critical --format json
    json '.causes == [{"constraint": "not_after", "of": "T-3", "title": "开发", "total_float": -960, "tasks": 3}]'
    out pmt task T-1 --format json --columns id,float_cause
    json '.records[0].float_cause == "T-3 not_after"'
    out pmt schedule --format json
    json '[.records[] | select(.float_cause == "T-3 not_after")] | length == 3'
    sed -i 's/^start .*/&\nfinish = 2026-03-17/' pmt.ini
    exits 0 pmt check
    has '[finish-missed]'
    out pmt critical --format json
    json '[.causes[].constraint] | index("finish") != null'
EOT

it 'draws the network as HTML and SVG' <<'EOT'
    plan
    pmt critical --all -o net.svg
    grep -q '<svg' net.svg
    grep -q '开发' net.svg
    pmt critical --paths 3 -o net.html
    grep -q '<svg' net.html
    out pmt critical --format csv
    has 'path_float'
    out pmt critical --format markdown
    has '| T-3'
EOT

it 'lets work out of sequence wait, or not' <<'EOT'
    project 'status_date = 2026-03-04'
    file plan.ini <<'END'
[task T-1]
duration = 10d

[task T-2]
duration     = 4d
depends      = T-1
actual_start = 2026-03-02
remaining    = 3d
END
    out pmt critical --progress retained --all --format json
    json '[.records[] | select(.id == "T-2")][0].early_finish == "2026-03-20T18:00"'
    out pmt critical --progress override --all --format json
    json '[.records[] | select(.id == "T-2")][0].early_finish == "2026-03-06T18:00"'
EOT

it 'refuses what it does not understand' <<'EOT'
    plan
    exits 2 pmt critical T-1
    exits 2 pmt critical --paths 0x
    exits 2 pmt critical --paths 0
    err_has 'from 1 up'
    exits 2 pmt critical --paths 5000
    exits 2 pmt critical --float soon
    exits 2 pmt critical --days=7
    exits 2 pmt critical --progress maybe
    sed -i 's/^duration = 10d/depends = T-3/' plan.ini
    exits 3 pmt critical
EOT

it 'has nothing to say of an empty plan, or of a finished one' <<'EOT'
    project
    out pmt critical --format json
    json '.records == []'
    pmt task add A duration=1d actual_start=2026-03-02 actual_finish=2026-03-02
    out pmt critical
    has 'nothing is left'
EOT

it 'gives each path its own length, and what explains the difference at 80 columns' <<'EOT'
    plan
    out env COLUMNS=80 pmt critical --paths 2
    has 'Path 1: 15d long, float 0d'
    has 'Path 2: 14d long, float 1d'
    has slack
    widest 80
EOT

finish
