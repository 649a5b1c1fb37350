#!/bin/sh
. "${0%/*}/lib.sh"

it 'is content with a sound project' <<'EOT'
    project
    pmt task add A effort=3d
    out pmt check
    silent
EOT

it 'says where, what and what to do, all in one run' <<'EOT'
    project
    file plan.ini <<'END'
[task T-1]
title   = A
asign   = li.wei
depends = T-9

[task T-2]
title   = B
effort  = lots
depends = T-3

[task T-3]
title   = C
depends = T-2

[tusk T-4]
title = D
END
    exits 1 pmt check
    cat "$ERR" >>"$OUT"
    has 'plan.ini:3'
    has 'asign'
    has 'assign'
    has 'plan.ini:4'
    has '[ref-unknown]'
    has 'plan.ini:8'
    has '[cycle]'
    has 'T-2'
    has 'tusk'
    matches 'error'
EOT

it 'names every fault of a file that is not well formed' <<'EOT'
    project
    printf 'orphan = 1\n[task T-1]\ntitle = A\nno equals sign\n[task T-1]\ntitle = B\ntitle = C\n' >plan.ini
    exits 1 pmt check
    cat "$ERR" >>"$OUT"
    has 'plan.ini:1:'
    has 'plan.ini:4:'
    has 'plan.ini:5:'
    has 'plan.ini:7:'
EOT

it 'takes BOM and CRLF, refuses NUL and broken UTF-8' <<'EOT'
    project
    printf '\357\273\277[task T-1]\r\ntitle = A\r\n' >bom.ini
    out pmt check
    printf '[task T-2]\ntitle = A\000B\n' >nul.ini
    printf '[task T-3]\ntitle = A\377B\n' >utf.ini
    exits 1 pmt check
    cat "$ERR" >>"$OUT"
    has 'nul.ini:2:'
    has 'utf.ini:2:'
EOT

it 'says 3 where no answer can be had, 4 where there is no project' <<'EOT'
    exits 4 pmt check
    err_has pmt.ini
    exits 4 pmt task
    project
    sed -i 's/^format .*/format = 99/' pmt.ini
    exits 3 pmt schedule
    exits 3 pmt check
    err_has 99
EOT

it 'finds the project from a folder below and in pm/' <<'EOT'
    mkdir -p pm src/deep
    (cd pm && project)
    pmt -C pm task add A
    cd src/deep
    out pmt task --format csv --columns title
    has 'T-1,A'
    cd ../../pm
    mkdir sub
    cd sub
    out pmt check
EOT

it 'is stricter with --strict' <<'EOT'
    project
    pmt task add A effort=3d deadline=2026-03-02
    out pmt check
    exits 1 pmt check --strict
EOT

it 'mends what can be mended' <<'EOT'
    project
    file plan.ini <<'END'
[task T-1]
title = A

[task T-1]
title = A
END
    exits 1 pmt check
    out pmt check --fix
    out pmt check
    [ "$(grep -c 'task T-1' plan.ini)" = 1 ]
EOT

it 'answers as JSON' <<'EOT'
    project
    printf '[task T-1]\ntitle = A\ndepends = T-9\n' >plan.ini
    exits 1 pmt check --format json
    json '.diagnostics[0].path == "plan.ini"'
    json '.diagnostics[0].line == 3'
    json '.diagnostics[0].id == "ref-unknown"'
    json '.diagnostics[0].severity == "error"'
EOT

it 'names a file that cannot be read' <<'EOT'
    [ "$(id -u)" -ne 0 ] || skip root reads everything
    project
    echo '[task T-1]' >plan.ini
    chmod 000 plan.ini
    status=0
    pmt check >"$OUT" 2>"$ERR" || status=$?
    [ $status -eq 1 ] || [ $status -eq 3 ]
    cat "$ERR" >>"$OUT"
    has plan.ini
EOT

it 'survives a loop of links between folders' <<'EOT'
    project
    mkdir a
    ln -s .. a/up
    ln -s nowhere broken.ini
    status=0
    timeout 10 pmt check >"$OUT" 2>"$ERR" || status=$?
    [ $status -le 3 ]
EOT

it 'leaves out what include and exclude say' <<'EOT'
    project 'exclude = drafts/**'
    file drafts/bad.ini <<'END'
[nonsense]
END
    out pmt check
EOT

it 'checks the committed tree with --at' <<'EOT'
    repository
    pmt task add A effort=1d
    commit plan
    printf '[task T-2]\ndepends = T-9\n' >>plan.ini
    out pmt --at HEAD check
    exits 1 pmt check
EOT

it 'speaks of faults in Chinese' <<'EOT'
    project
    printf '[task T-1]\ntitle = A\ndepends = T-9\n' >plan.ini
    exits 1 pmt --lang zh_CN check
    cat "$ERR" >>"$OUT"
    matches '错误'
EOT

it 'finds both examples sound' <<'EOT'
    for example in yibao hello; do
        out pmt -C "$SRC/examples/$example" check --strict
        silent
    done
EOT

it 'warns of facts after today' <<'EOT'
    project
    pmt task add A effort=1d actual_start=2026-03-02 actual_finish=2026-03-05
    out pmt --now 2026-03-04 check
    has 'plan.ini:5:'
    has '[progress-future]'
    exits 1 pmt --now 2026-03-04 check --strict
    out pmt --now 2026-03-05 check --strict
    lacks progress-future
    sed -i 's/^name.*/&\nstatus_date = 2026-03-03/' pmt.ini
    out pmt --now 2026-03-04 check
    [ "$(grep -c progress-future "$OUT")" = 1 ]
EOT

it 'tells under --strict of effort that nobody is assigned to' <<'EOT'
    project
    pmt task add A effort=5d
    out pmt check
    lacks 'effort-nobody'
    exits 1 pmt check --strict
    has '[effort-nobody]'
    pmt task set T-1 effort= duration=5d
    out pmt check --strict
EOT

it 'tells a must_finish that a must_start breaks' <<'EOT'
    file pmt.ini <<'END'
[project]
name = X
start = 2026-11-23
END
    file plan.ini <<'END'
[task T-1]
duration = 5d
must_start = 2026-12-07
must_finish = 2026-12-08
[task T-2]
duration = 5d
must_start = 2026-12-07
must_finish = 2026-12-11
END
    out pmt check --format json
    json '.diagnostics | map([.id, .line]) == [["constraint-broken", 4]]'
EOT

it 'holds the project against a method' <<'EOT'
    project 'security_level = 3'
    exits 1 pmt check --method prince2 --format json
    json '.summary.lacking > 5 and ([.records[] | select(.rule == "prince2-purpose")][0] | .state == "not met" and .severity == "error")'
    pmt stakeholder add boss
    printf '[charter]\npurpose = a\nsponsor = boss\nmanager = boss\nauthority = all\n' >charter.ini
    out pmt check --method prince2
    exits 1 pmt check --method prince2 --strict
    for m in pmbok scrum iso9001 dengbao zero-trust; do exits '0|1' pmt check --method $m; done
    exits 2 pmt check --method nosuch
    err_has zero-trust
    exits 2 pmt check --method prince2 --fix
EOT

it 'has methods of its own, which win over those shipped' <<'EOT'
    project
    pmt resource add li.wei
    for n in 1 2 3 4; do pmt risk add R$n; done
    pmt risk set R-1 owner=li.wei
    file rules.ini <<'END'
[rule half]
title = 一半的风险有责任人
of = risk
when = owner
at_least = 50%
severity = error
does = method
method = ours
[rule none]
of = risk
when = title:R2
does = method
method = ours
severity = error
[rule level]
given = security_level >= 3
of = charter
when = purpose
at_least = 1
severity = error
does = method
method = ours
[rule prince2-purpose]
enabled = no
does = method
of = charter
when = purpose
END
    exits 1 pmt check --method ours --format json
    json '[.records[] | [.rule, .state, .records]] == [["half", "not met", ["R-2", "R-3", "R-4"]], ["none", "not met", ["R-2"]],
        ["level", "does not apply", null]]'
    pmt risk set R-2 owner=li.wei title=X
    out pmt check --method ours
    exits 1 pmt check --method prince2 --format json
    json '[.records[] | select(.rule == "prince2-purpose")] == []'
    pmt rule set half at_least=half || [ $? -eq 2 ]
    sed -i 's/at_least = 50%/at_least = half/' rules.ini
    exits 1 pmt check
    has "'half'"
    exits 3 pmt check --method ours
EOT

it 'misses who is accountable where roles are written down' <<'EOT'
    project
    pmt resource add li.wei
    pmt task add A effort=1d responsible=li.wei
    pmt task add B effort=1d
    pmt task add C parent=T-2 effort=1d consulted=li.wei
    out pmt check
    has raci-accountable
    has T-1
    has T-3
    pmt task set T-1 accountable=li.wei
    pmt task set T-2 owner=li.wei
    out pmt check
    lacks raci-accountable
EOT

finish
