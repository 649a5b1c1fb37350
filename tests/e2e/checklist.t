#!/bin/sh
. "${0%/*}/lib.sh"

it 'starts from a shipped template and is ticked off' <<'EOT'
    project
    pmt resource add li.wei
    out pmt checklist start deployment v1 due=2026-06-01
    out pmt checklist --format json
    json '.records[0] | .id == "v1" and .open == 12 and .ticked == 0 and .due == "2026-06-01"'
    out pmt checklist tick v1 1 2 --by li.wei --evidence 'build 42'
    out pmt checklist tick v1 3 --skip
    out pmt checklist tick v1 'A backup' --by li.wei --date 2026-06-09
    out pmt checklist show v1 --format json
    json '.records[0] | .state == "done" and .who == "li.wei" and .date == "2026-06-10" and .evidence == "build 42"'
    json '.records[2].state == "not needed" and .records[3].date == "2026-06-09" and .records[4].state == "open"'
    out pmt checklist tick v1 1 --undo
    out pmt checklist --format json
    json '.records[0] | .open == 9 and .ticked == 2'
    out pmt --lang zh_CN checklist start handover
    grep -q '\[checklist handover-2026-06-10\]' checklists.ini
    grep -q 移交 checklists.ini
    out pmt check
EOT

it 'is done with its last item, and open again without it' <<'EOT'
    project
    pmt resource add li.wei
    pmt checklist add a items='[ ] one; with a semicolon'
    pmt checklist set a items+='two'
    out pmt checklist tick a 1 2 --by li.wei
    err_has 'complete'
    grep -q 'done *= 2026-06-10' checklists.ini
    grep -q 'done_by *= li.wei' checklists.ini
    out pmt checklist tick a 2 --undo
    [ "$(grep -c 'done ' checklists.ini)" = 0 ]
    out pmt checklist start a b
    out pmt checklist show b --format json
    json '[.records[].state] == ["open", "open"]'
EOT

it 'refuses what is no item and no template' <<'EOT'
    project
    pmt checklist add a items='[ ] one'
    for item in 0 2 x 99999999999999999999; do exits 2 pmt checklist tick a $item; done
    exits 2 pmt checklist tick a
    exits 2 pmt checklist tick nosuch 1
    exits 2 pmt checklist tick a 1 --skip --undo
    exits 2 pmt checklist start nosuch
    err_has handover
    exits 2 pmt checklist start
    exits 2 pmt checklist start a a
    exits 2 pmt checklist show
    PMT_METHODS=/nonexistent out pmt checklist start a c
    PMT_METHODS=/nonexistent exits 2 pmt checklist start deployment
EOT

finish
