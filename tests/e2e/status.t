#!/bin/sh
. "${0%/*}/lib.sh"

it 'is what pmt alone shows' <<'EOT'
    project
    pmt task add 调研 effort=5d
    pmt task add 开发 depends=T-1 effort=20d
    pmt >one
    pmt status >two
    same one two
    out pmt status
    has Demo
    widest 100
    COLUMNS=80
    export COLUMNS
    out pmt status
    widest 80
EOT

it 'outside a project pmt alone says how to begin' <<'EOT'
    exits 4 pmt
    cat "$ERR" >>"$OUT"
    has 'pmt init'
EOT

it 'counts what check counts' <<'EOT'
    project
    file tasks.ini <<'END'
[task T-1]
title = a
duration = long
status = sleeping
assign = nobody
depends = T-2

[task T-2]
title = b
depends = T-1
END
    exits 1 pmt check --format json
    json '.summary.errors == 4'
    out pmt status
    has 'errors: 4, warnings: 0'
    out pmt status --format json
    json '[.diagnostics[] | select(.severity == "error")] | length == 4'
EOT

it 'tells who is wanted for more than there is of them, as long as it lasts' <<'EOT'
    project
    pmt resource add li
    pmt task add A assign=li effort=5d must_start=2026-03-09
    out pmt status
    has 'nobody is overloaded'
    pmt task add B assign=li 'effort=5d' must_start=2026-03-11
    out pmt --now 2026-03-02 status
    has 'overloaded: 1; most of all li with 200 %, 2026-03-11 to 2026-03-13'
    out pmt --now 2026-06-10 status
    has 'nobody is overloaded'
EOT

it 'tells what is overdue from what is due this week' <<'EOT'
    project
    pmt task add late not_before=2026-06-01 duration=2d
    pmt task add 'on time' not_before=2026-06-10 duration=2d
    pmt task add 'next week' not_before=2026-06-15 duration=2d
    out pmt status --format json
    json '[.overdue[].id] == ["T-1"] and [.due[].id] == ["T-2"]'
    out pmt status
    has Overdue
    pmt task set T-1 status=done actual_start=2026-06-01 actual_finish=2026-06-02
    out pmt status
    lacks Overdue
    seq 1 12 | while read -r n; do echo "[task T-1$n]"; echo "title = t$n"; echo 'duration = 1d'; done >many.ini
    out pmt status
    has 'and 2 more'
EOT

it 'tells what changed since yesterday' <<'EOT'
    repository
    pmt task add A duration=3d
    pmt task add B duration=3d
    commit 'long ago'
    out pmt status
    lacks 'since yesterday'
    pmt task set T-1 status=doing
    GIT_COMMITTER_DATE='2026-06-09T10:00:00+0800'
    git commit -qam 'yesterday'
    pmt task set T-1 status=review duration=4d
    pmt task add C
    out pmt status --format json
    json '[.changes[] | [.id, .change]] == [["T-1", "duration 3d → 4d; status → review"], ["T-3", "added"]]'
    out pmt status
    has 'Changed since yesterday'
    out pmt --at HEAD status
    lacks 'since yesterday'
    rm -rf .git
    out pmt status
    lacks 'since yesterday'
    silent
EOT

it 'shows the example' <<'EOT'
    out pmt -C "$SRC/examples/yibao" status
    has 医保
    widest 100
EOT

it 'shows cost, scope and quality, and which rules trip in which' <<'EOT'
    project
    file q.ini <<'END'
[resource li.wei]
title = Li Wei
rate = 100/h
[task T-1]
title = a
effort = 5d
assign = li.wei
[requirement REQ-1]
status = verified
[requirement REQ-2]
priority = must
[requirement REQ-3]
status = rejected
[metric coverage]
title = Coverage
unit = %
warn = 85
fail = 80
[sample coverage]
2026-05-25 = 82
2026-06-01 = 81
2026-06-08 = 79
[metric fine]
direction = down
warn = 5
[sample fine]
2026-06-08 = 1
[rule cheap]
when = cost > 1000 CNY
severity = error
[rule many]
of = requirement
where = priority = must
when = status != accepted
message = a must-have is not accepted
END
    out pmt status --format json
    json '.health.quality == "metrics good 1, warn 0, fail 1: Coverage 79 % (fail 80) ↘"'
    json '.health.scope == "1 of 2 requirements verified; must-haves not verified: 1; tripped: many"'
    json '.health.cost | test("^planned cost 4,000 CNY; tripped: cheap$")'
    json '[.alerts[] | .severity] == ["error", "error", "warning"]'
    json '.alerts[] | select(.id == "coverage") | .since == "2026-06-08"'
    out pmt status
    has '✗ metrics good 1'
    has '✗ planned cost'
    has '! 1 of 2 requirements'
    out pmt report status
    has 'tripped: cheap'
    has 'a must-have is not accepted'
    pmt metric record coverage 90
    out pmt status --format json
    json '[.alerts[] | .id] == [null, "REQ-2"]'
EOT

it 'leaves out what the project holds nothing about' <<'EOT'
    project
    out pmt status --format json
    json '.health | has("quality") or has("cost") or has("scope") or has("risk") | not'
    json 'has("alerts") | not'
EOT

it 'tells which changes wait for my approval, and no longer when I gave it' <<'EOT'
    repository
    for who in li.wei zhang.min; do
        ssh-keygen -q -t ed25519 -N '' -C "$who" -f "key.$who"
        printf '[resource %s]\nemail = %s@example.org\nrate = 1500/d\n\n' $who $who
    done >people.ini
    as() {
        git config user.email "$1@example.org"
        git config user.signingKey "$PWD/key.$1"
    }
    pmt task add A effort=5d assign=li.wei
    pmt change setup sponsor=zhang.min ccb=zhang.min admin=li.wei li.wei.key=key.li.wei zhang.min.key=key.zhang.min
    commit policy
    pmt baseline freeze 1 --commit
    as li.wei
    pmt change add 扩大范围
    id=$(git branch --show-current | cut -c 8-)
    pmt task set T-1 effort=9d
    commit edit
    pmt change submit -m please
    git switch -q main
    out pmt status --format json
    json 'has("approvals") | not'
    as zhang.min
    out pmt status
    has 'Waits for my approval'
    matches "^$id +扩大范围 +[+]6,000 CNY +[+]4d"
    out pmt status --lang zh_CN
    has 等我审批
    pmt change approve $id
    out pmt status --format json
    json 'has("approvals") | not'
    git branch -q change/CR-zzzzz
    out pmt status
    silent
EOT

it 'tells where each dimension is heading, from the history' <<'EOT'
    project baseline=1
    cat >>pmt.ini <<'END'
[resource li]
rate = 1000/d
[task T-1]
title = A
effort = 5d
assign = li
[requirement REQ-1]
status = verified
[requirement REQ-2]
status = approved
[risk R-1]
probability = 50%
impact_cost = 10000 CNY
[metric coverage]
direction = up
fail = 80
[sample coverage]
2026-05-20 = 85
[rule too-much]
when = exposure > 9000 CNY
[rule crowd]
when = overloaded > 0
END
    git init -q .
    GIT_COMMITTER_DATE='2026-06-02T10:00:00+0800' commit first
    out pmt status
    has 'exposure 5,000 CNY, most of it R-1; →; limit: exposure > 9000 CNY'
    has '2026-06-03'
    sed -i 's/effort = 5d/effort = 8d/; s/probability = 50%/probability = 95%/; s/^status = approved/status = accepted/' pmt.ini
    printf '[task T-2]\ntitle = B\neffort = 5d\nassign = li\nmust_start = 2026-06-15\n' >>pmt.ini
    printf '[task T-3]\ntitle = C\neffort = 5d\nassign = li\nmust_start = 2026-06-15\n' >>pmt.ini
    sed -i 's/^2026-05-20 = 85/2026-05-20 = 85\n2026-06-09 = 70/' pmt.ini
    GIT_COMMITTER_DATE='2026-06-09T10:00:00+0800' commit second
    out pmt status --format json
    json '[.indicators[] | [.dimension, .trend]] == [["schedule","up"],["cost","up"],["scope","up"],["quality","up"],["risk","up"],["people","up"]]'
    json '.indicators[0] | .value == "2026-06-19T18:00" and .since == "2026-06-03" and (.change > 0)'
    json '.indicators[1] | .value.amount == "18000.00" and .change.amount == "13000.00" and .state == null'
    json '.indicators[2] | .value == 100 and .change == 50'
    json '.indicators[3] | .state == "bad" and .value == 1 and .change == 1'
    json '.indicators[4] | .value.amount == "9500.00" and .change.amount == "4500.00" and .state == "watch" and .tripped == ["too-much"] and .limits == null'
    json '.indicators[5] | .value == 1 and .state == "bad" and .tripped == ["crowd"]'
    json '.health.risk | test("; ↗ [+]4,500 CNY; tripped: too-much$")'
    out pmt status --format csv
    matches '^risk,watch,9500.00 CNY,,up,'
    out pmt report status --format json
    json '.indicators[4].trend == "up"'
    pmt status --format html -o s.html
    grep -q '↗ +4,500 CNY' s.html
    out pmt status --format markdown
    has '↗ +4,500 CNY'
    LC_ALL=C out pmt status
    has '; ^ +4,500 CNY'
    out pmt --lang zh_CN status
    has '；↗ +4,500 CNY；触发规则：too-much'
    # what a commit held is remembered, and the memory may be lost or damaged
    test -s .git/pmt/cache/standing
    out pmt status --format json
    cp "$OUT" one
    echo rubbish >.git/pmt/cache/standing
    out pmt status --format json
    same one "$OUT"
    # as it was
    out pmt --at HEAD~1 status --format json
    json '[.indicators[].trend] | unique == ["flat"]'
    # a young project is held against its first commit, one of today against nothing
    out pmt --now 2026-06-04 status --format json
    json '.indicators[4] | .since == "2026-06-02"'
    out pmt --now 2026-06-02 status --format json
    json '.indicators[4].trend == null'
    rm -rf .git
    out pmt status --format json
    json '.indicators[4].trend == null'
    out pmt status
    has 'exposure 9,500 CNY, most of it R-1; tripped: too-much'
    silent
EOT

finish
