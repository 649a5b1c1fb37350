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

it 'checks the 100 % rule' <<'EOT'
    project
    file plan.ini <<'END'
[resource li.wei]
[deliverable DEL-1]
title = Delivered
[deliverable DEL-2]
title = 没有人交付
[task T-1]
title = Parent
effort = 9d
[task T-2]
title = Only part
parent = T-1
effort = 5d
assign = li.wei
deliverable = DEL-1
[task T-3]
title = Nobody, nothing
[task T-4]
title = Long
duration = 30d
owner = li.wei
[task T-5]
title = Gate
milestone = yes
[task T-6]
title = Gone
status = cancelled
END
    exits 1 pmt wbs check --format json
    json '[.records[] | [.id, .finding]] == [["T-1", "single_part"], ["T-1", "effort_differs"], ["T-3", "no_estimate"],
        ["T-3", "nobody"], ["T-4", "too_long"], ["DEL-2", "not_in_the_work"]]'
    exits 1 pmt wbs check --longest 6w
    lacks T-4
    has '9d'
    exits 2 pmt wbs check --longest long
    exits 2 pmt wbs check T-1
EOT

it 'has a page in the dictionary for each work package' <<'EOT'
    project
    pmt resource add li.wei title='Li Wei' rate=800/d
    pmt requirement add 结算
    pmt deliverable add Engine requirement=REQ-1
    pmt task add 建设 accountable=li.wei
    pmt task add 结算引擎 parent=T-1 effort=3d assign=li.wei deliverable=DEL-1 requirement=REQ-1 \
        dictionary='Without the interfaces' acceptance='All rules pass'
    pmt task add Gate parent=T-1 milestone=yes depends=T-2
    out pmt wbs dictionary --format json
    json '.records | length == 1 and (.[0] | .id == "T-2" and .code == "1.1" and .accountable == "li.wei"
        and .requirement == ["REQ-1"] and .milestones == ["T-3"] and .cost.amount == "2400.00" and .effort == 1440)'
    out pmt wbs dictionary T-1 T-2
    has '建设'
    has 'Without the interfaces'
    exits 2 pmt wbs dictionary nosuch=1
EOT

finish
