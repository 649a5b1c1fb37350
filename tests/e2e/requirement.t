#!/bin/sh
. "${0%/*}/lib.sh"

it 'traces requirements to tasks, deliverables and tests' <<'EOT'
    project
    file r.ini <<'END'
[requirement REQ-1]
title = 出院结算
[requirement REQ-2]
title = Part of it
parent = REQ-1
[requirement REQ-3]
title = Nobody serves it
[requirement REQ-4]
status = rejected
[deliverable DEL-1]
title = Engine
requirement = REQ-2
[deliverable DEL-2]
title = For nothing
[test TC-1]
title = Settles
requirement = REQ-2
[test TC-2]
title = Through the engine
deliverable = DEL-1
[test TC-3]
title = Proves nothing
[run TC-1]
2026-06-01 = pass a
2026-06-08 = fail a
2026-06-20 = pass a
[run TC-2]
2026-06-01 = pass a
[task T-1]
title = Build
deliverable = DEL-1
[task T-2]
title = Aside
[task T-3]
title = Part
parent = T-1
END
    out pmt requirement trace --format json
    json '[.records[] | [.id, .tasks, .deliverables, .tests, .passed, .verified]] == [
        ["REQ-1", ["T-1"], ["DEL-1"], ["TC-1", "TC-2"], 1, false], ["REQ-2", ["T-1"], ["DEL-1"], ["TC-1", "TC-2"], 1, false],
        ["REQ-3", null, null, null, 0, false], ["REQ-4", null, null, null, 0, false]]'
    json '.coverage | .requirements == 3 and (.tasks | . > 66.6 and . < 66.7) and .verified == 0'
    json '[.orphan_tasks[].id] == ["T-2"] and [.orphan_deliverables[].id] == ["DEL-2"] and [.orphan_tests[].id] == ["TC-3"]'
    exits 1 pmt requirement trace --check
    out pmt --now 2026-06-20 requirement trace --check id=REQ-1,REQ-2
    out pmt --now 2026-06-20 requirement trace --gaps
    has REQ-3
    lacks REQ-2
    out pmt requirement list --columns id,tasks,tests --format csv
    has 'REQ-2,T-1,"TC-1, TC-2"'
    out pmt test result=fail --format csv --columns id,last_run
    has TC-1
EOT

it 'sorts by return on investment and ranks what waits' <<'EOT'
    project 'value_point = 10000' 'vulnerability_due = critical 2d, minor 30d'
    pmt rate add USD value=7
    pmt requirement add Cards cost=80000 worth=180000
    pmt requirement add Points cost=20000 value=3
    pmt requirement add Dollars cost='1000 USD' worth='500 USD'
    pmt requirement add Unknown value=9
    pmt requirement add Done cost=1 worth=100 status=implemented
    pmt requirement add Free cost=0 worth=100
    pmt issue add Hole type=vulnerability severity=critical raised=2026-06-09 score=9.8
    pmt issue add Later type=vulnerability severity=minor raised=2026-06-09
    out pmt requirement list --sort -roi --columns roi --format csv
    rows <<'END'
kind,id,roi
requirement,REQ-5,9900
requirement,REQ-1,125
requirement,REQ-2,50
requirement,REQ-3,-50
requirement,REQ-4,
requirement,REQ-6,
END
    out pmt requirement rank --format json
    json '[.records[].id] == ["I-1", "I-2", "REQ-1", "REQ-2", "REQ-3", "REQ-4", "REQ-6"]'
    json '.records[0].due == "2026-06-11" and .records[2].roi == 125'
    out pmt requirement rank value=..5
    has REQ-2
    lacks REQ-1
EOT

it 'ranks requirements and changes together, by a condition or by ids' <<'EOT'
    project
    pmt requirement add 'Cards now' cost=80000 worth=180000 priority=must
    pmt requirement add Points cost=20000 worth=30000
    file changes/CR-aaaaa/change.ini <<'END'
[change CR-aaaaa]
title = Cards later
cost = 10000
worth = 30000
END
    file changes/CR-bbbbb/change.ini <<'END'
[change CR-bbbbb]
title = Twenty more
cost = 50000
worth = 55000
END
    pmt issue add Hole type=vulnerability severity=critical
    out pmt requirement rank --format json
    json '[.records[] | [.kind, .id]] == [["vulnerability","I-1"],["change","CR-aaaaa"],["requirement","REQ-1"],
        ["requirement","REQ-2"],["change","CR-bbbbb"]]'
    out pmt requirement rank 'cost<60000 CNY' --format json
    json '[.records[].id] == ["CR-aaaaa", "REQ-2", "CR-bbbbb"]'
    out pmt requirement rank Cards --format json
    json '[.records[].id] == ["CR-aaaaa", "REQ-1"]'
    out pmt requirement rank later --format json
    json '[.records[].id] == ["CR-aaaaa"]'
    silent
    out pmt requirement rank kind=change --format json
    json '[.records[].id] == ["CR-aaaaa", "CR-bbbbb"]'
    out pmt requirement rank priority=must --format json
    json '[.records[].id] == ["REQ-1"]'
    out pmt requirement rank REQ-2 CR-bbbbb I-1 --format json
    json '[.records[].id] == ["I-1", "REQ-2", "CR-bbbbb"]'
    out pmt requirement rank REQ-2 CR-bbbbb worth=..40000 --format json
    json '[.records[].id] == ["REQ-2"]'
    out pmt requirement rank nowhere
    err_has "warning: no requirement has 'nowhere'"
    exits 2 pmt requirement rank prioritty=must
    err_has "unknown field 'prioritty'"
EOT

it 'keeps a ruling as a decision' <<'EOT'
    project
    pmt requirement add Cards cost=80000 worth=180000
    pmt requirement add Wrapping cost=20000 worth=22000
    pmt resource add li.wei
    out pmt requirement arbitrate 'Cards first' REQ-2 REQ-1 --by li.wei
    out pmt decision show D-1 --format json
    json '.records[0] | .decision == "Cards first" and .decided == "2026-06-10" and .decided_by == ["li.wei"]
        and (.options[0] | startswith("1. REQ-1 Cards")) and (.options | length) == 2'
    exits 2 pmt requirement arbitrate
    exits 2 pmt requirement arbitrate yes REQ-9
    exits 2 pmt requirement arbitrate yes REQ-1 --by nobody
    err_has nobody
    out pmt requirement arbitrate yes REQ-1 --dry-run
    out pmt decision list --format csv
    lines 2
    echo 'vulnerability_due = critical 3d, sever 5d' >>pmt.ini
    exits 1 pmt check
    has "'sever 5d'"
EOT

it 'reads volatility from history' <<'EOT'
    repository
    commit_at() { export GIT_AUTHOR_DATE="$1T09:00:00+0800" GIT_COMMITTER_DATE="$1T09:00:00+0800"; commit; }
    for n in 1 2 3 4; do pmt requirement add R$n; done
    commit_at 2026-04-10
    pmt requirement set REQ-1 title=Changed
    commit_at 2026-05-11
    pmt requirement set REQ-1 title='Changed again'
    pmt requirement set REQ-2 status=approved
    pmt requirement rm REQ-4
    pmt requirement add R5
    commit_at 2026-05-20
    out pmt requirement volatility --format json
    json '[.records[] | [.month, .at_start, .added, .changed, .removed, .volatility]] == [["2026-04", 0, 4, 0, 0, null],
        ["2026-05", 4, 1, 1, 1, 75], ["2026-06", 4, 0, 0, 0, 0]]'
    out pmt requirement volatility
    out pmt requirement volatility --format svg
    xmllint --noout "$OUT"
EOT

it 'counts MoSCoW' <<'EOT'
    project
    pmt requirement add A priority=must value=5 cost=100
    pmt requirement add B priority=must value=4 status=verified
    pmt requirement add C
    pmt requirement add D priority=wont
    out pmt requirement moscow --format json
    json '[.priorities[] | [.priority, .count, .share, .done, .value]] == [["must", 2, 50, 1, 9], ["should", 1, 25, 0, null],
        ["could", 0, 0, 0, null], ["wont", 1, 25, 0, null]]'
    out pmt requirement moscow
    widest 100
EOT

finish
