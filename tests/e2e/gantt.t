#!/bin/sh
. "${0%/*}/lib.sh"

plan() {
    project
    file plan.ini <<'END'
[task T-1]
title = 基础设施层

[task T-2]
title   = 云平台 cloud
parent  = T-1
effort  = 15d
status  = done
actual_start = 2026-03-02
actual_finish = 2026-03-20

[task T-3]
title   = 业务层（结算引擎）settlement engine
effort  = 40d
depends = T-2

[task T-4]
title     = 试点验收
milestone = yes
depends   = T-3
END
}

it 'draws bars, milestones and the tree' <<'EOT'
    plan
    out pmt gantt
    has 基础设施层
    has 云平台
    has ◆
    matches '█|▓'
    widest 100
    golden gantt/plan
EOT

it 'fits the terminal, 80 and 200 columns wide' <<'EOT'
    plan
    for width in 80 200 40; do
        COLUMNS=$width
        export COLUMNS
        out pmt gantt
        widest $width
    done
EOT

it 'is plain ASCII where the locale is' <<'EOT'
    plan
    sed -i 's/title *=.*/title = plain/' plan.ini
    LC_ALL=C
    out pmt gantt
    ! LC_ALL=C grep -q '[^ -~	]' "$OUT"
EOT

it 'has no escape codes in a pipe, colours when forced' <<'EOT'
    plan
    pmt gantt | cat >"$OUT"
    ! grep -q "$(printf '\033')" "$OUT"
    out pmt --color always gantt
    grep -q "$(printf '\033')" "$OUT"
    NO_COLOR=1
    export NO_COLOR
    out pmt gantt
    ! grep -q "$(printf '\033')" "$OUT"
EOT

it 'folds below a depth' <<'EOT'
    plan
    out pmt gantt --depth 1
    has 基础设施层
    lacks 云平台
EOT

it 'draws what a condition chooses' <<'EOT'
    plan
    out pmt gantt under=T-1
    has 云平台
    lacks 结算引擎
EOT

it 'makes a picture that is well-formed XML, with everything escaped' <<'EOT'
    plan
    pmt task set T-2 title='<script>alert(1)</script> & "x"'
    out pmt gantt --format svg
    xmllint --noout "$OUT"
    lacks '<script>alert'
    pmt -o picture.svg gantt
    same picture.svg "$OUT"
EOT

it 'draws the examples' <<'EOT'
    for width in 80 200; do
        COLUMNS=$width
        export COLUMNS
        for example in yibao hello; do
            out pmt -C "$SRC/examples/$example" gantt
            widest $width
        done
    done
EOT

finish
