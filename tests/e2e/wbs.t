#!/bin/sh
. "${0%/*}/lib.sh"

it 'draws the tree with its codes' <<'EOT'
    project
    pmt task add 启动 effort=1d
    pmt task add 建设
    pmt task add 云平台 parent=T-2 effort=3d
    pmt task add 结算引擎 parent=T-2 effort=3d
    pmt task add 联调 parent=T-4 effort=3d
    out pmt wbs
    matches '2\.2\.1.*联调'
    has 云平台
    widest 100
    out pmt wbs --depth 1
    lacks 云平台
EOT

it 'keeps the order of the files' <<'EOT'
    project
    file b.ini <<'END'
[task T-1]
title = Second
END
    file a.ini <<'END'
[task T-2]
title = First
END
    out pmt wbs --format json
    json '[.records[].id] == ["T-2", "T-1"]'
EOT

it 'is a picture too' <<'EOT'
    project
    pmt task add '<b>' effort=1d
    out pmt wbs --format svg
    xmllint --noout "$OUT"
EOT

it 'refuses parents in a loop' <<'EOT'
    project
    printf '[task T-1]\ntitle = A\nparent = T-2\n[task T-2]\ntitle = B\nparent = T-1\n' >plan.ini
    status=0
    timeout 10 pmt wbs >"$OUT" 2>"$ERR" || status=$?
    [ $status -eq 3 ] || [ $status -eq 0 ]
    err_has T-1
EOT

finish
