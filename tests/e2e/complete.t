#!/bin/sh
# What the shells' completion asks for.
. "${0%/*}/lib.sh"

small() {
    project
    pmt task add 结算引擎 effort=3d status=doing
    pmt task add Cloud effort=1d
    pmt resource add li.wei 李伟
}

it 'offers commands, nouns and verbs' <<'EOT'
    small
    out pmt complete -- gan
    matches '^gantt'
    lacks task
    out pmt complete -- task ''
    matches '^set'
    matches '^add'
EOT

it 'offers ids with titles' <<'EOT'
    small
    out pmt complete -- task show T
    matches '^T-1.*结算引擎'
    matches '^T-2.*Cloud'
EOT

it 'offers fields, and the words a field takes' <<'EOT'
    small
    out pmt complete -- task set T-1 eff
    matches '^effort='
    out pmt complete -- task set T-1 status=do
    has doing
    has done
    out pmt complete -- task set T-1 assign=
    has li.wei
EOT

it 'offers options' <<'EOT'
    small
    out pmt complete -- gantt --de
    has --depth
    out pmt complete -- --for
    has --format
EOT

it 'offers what an option takes' <<'EOT'
    small
    out pmt complete -- task --sort finish,-prio
    matches '^finish,-priority'
    out pmt complete -- task --columns=id,tit
    matches '^--columns=id,title'
    out pmt complete -- task -c eff
    matches '^effort'
    out pmt complete -- gantt --zoom ''
    matches '^week'
    lacks T-1
    out pmt complete -- task move T-1 --parent T
    has 结算引擎
    out pmt complete -- --lang z
    matches '^zh_CN'
    out pmt complete -- --lang zh_CN --format=cs
    matches '^--format=csv'
    out pmt complete -- --lang zh_CN gant
    matches '^gantt'
    out pmt complete -- task --limit ''
    silent
    lines 0
EOT

it 'is quiet where there is no project, and never fails' <<'EOT'
    out pmt complete -- task show T
    silent
    out pmt complete -- nonsense and more
    silent
    out pmt complete --
    has gantt
EOT

it 'prints a script for each shell' <<'EOT'
    for shell in bash zsh fish; do
        out pmt complete --script $shell
        has 'pmt complete'
    done
    if command -v bash >/dev/null; then
        pmt complete --script bash >complete.bash
        bash -n complete.bash
    fi
    exits 2 pmt complete --script tcsh
EOT

it 'works in bash as one types' <<'EOT'
    command -v bash >/dev/null || skip no bash
    small
    pmt complete --script bash >complete.bash
    bash -c '. ./complete.bash
        COMP_LINE="pmt task show T-" COMP_POINT=16 COMP_WORDS=(pmt task show T-) COMP_CWORD=3
        compopt() { :; }
        _pmt
        printf "%s\n" "${COMPREPLY[@]}"' >"$OUT"
    has T-1
    has T-2
EOT

it 'completes the names of baselines, and edits' <<'EOT'
    project
    pmt task add A effort=3d
    pmt baseline freeze first Agreed
    out pmt complete -- baseline diff ''
    has 'first	Agreed'
    out pmt complete -- baseline show f
    has first
    out pmt complete -- baseline ''
    [ "$(grep -c '^show' "$OUT")" = 1 ]
    out pmt complete -- whatif T
    has 'T-1	A'
    out pmt complete -- whatif T-1 ''
    has effort=
    lacks total_float=
EOT

it 'offers gates, rules, metrics, methods and what can be asked why' <<'EOT'
    project
    file quality.ini <<'END'
[metric coverage]
fail = 80
gate = release, pilot
[rule slip]
when = slip > 10d
does = gate
gate = release
[task T-1]
duration = 1d
END
    out pmt complete -- gate ''
    lines 2
    matches '^release'
    matches '^pilot'
    out pmt complete -- alert s
    matches '^slip'
    out pmt complete -- metric chart c
    matches '^coverage'
    out pmt complete -- metric record c
    matches '^coverage'
    out pmt complete -- metric add c
    lacks coverage
    out pmt complete -- check --method s
    matches '^scrum'
    out pmt complete -- why T
    matches '^T-1'
    out pmt complete -- blame c
    matches '^coverage'
EOT

finish
