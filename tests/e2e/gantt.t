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

it 'shows people, zooms, and says what it does not know' <<'EOT'
    plan
    file people.ini <<'END'
[resource li.wei]
title = 李伟
END
    pmt task set T-3 assign=li.wei
    out pmt gantt --by person
    has 李伟
    has 结算引擎
    lacks 云平台
    out pmt gantt --zoom quarter
    has Q1
    exits 2 pmt gantt --zoom year-of-the-horse
    err_has quarter
    exits 2 pmt gantt --by phase
    err_has person
    exits 2 pmt gantt --depth -1
    exits 2 pmt gantt --depth 0
EOT

it 'is data too' <<'EOT'
    plan
    out pmt gantt --format json
    json '.gantt.rows | map(.id) == ["T-1", "T-2", "T-3", "T-4"]'
    out pmt gantt --format csv
    has 'T-2,1.1,1,云平台 cloud'
EOT

it 'writes what the suffix says, and refuses a suffix that no format has' <<'EOT'
    project
    pmt task add A effort=3d
    out pmt gantt -o a.SVG
    xmllint --noout a.SVG
    out pmt gantt -o a.HTM
    grep -q '<html' a.HTM
    out pmt gantt -o plain
    grep -q 'T-1' plain
    exits 2 pmt gantt -o a.xlsx
    err_has '.xlsx'
    [ ! -e a.xlsx ]
    exits 2 pmt gantt -o a.ini
    err_has 'no place for output'
    out pmt gantt --format json -o a.xlsx
    jq -e .schema a.xlsx
EOT

it 'pictures go through rsvg-convert; what is missing is named with its package' <<'EOT'
    project
    pmt task add A effort=3d
    if command -v rsvg-convert >/dev/null; then
        out pmt gantt -o a.png
        [ "$(head -c 4 a.png | tail -c 3)" = PNG ]
        out pmt gantt -o a.PDF
        [ "$(head -c 4 a.PDF)" = %PDF ]
        mkdir pictures
        out pmt gantt -o pictures/a.png
        [ -s pictures/a.png ]
        exits 3 pmt gantt -o /proc/a.png
        err_has "/proc/a.png'"
    fi
    mkdir bin
    ln -s "$B/pmt" bin/pmt
    PATH=$PWD/bin exits 3 pmt gantt -o b.png
    err_has librsvg2-bin
    PATH=$PWD/bin exits 3 pmt task -o b.pdf
    err_has 'apt-get install chromium'
    PATH=$PWD/bin exits 3 pmt task -o b.docx
    err_has pandoc
    exits 2 pmt task -o b.png
    [ ! -e b.png ]
EOT

it 'puts a task below the person whom levelling chose' <<'EOT'
    project
    file plan.ini <<'END'
[resource an]
[resource bo]
[task T-1]
title  = First
effort = 3d
assign = an
priority = 900
[task T-2]
title  = Second
effort = 2d
assign = an|bo
END
    pmt gantt --by person | sed -n '/^bo/,$p' | grep -q Second
EOT

it 'has a block for each team and each machine' <<'EOT'
    project
    file plan.ini <<'END'
[resource an]
team = core
[resource bo]
[resource solo]
[resource crane]
type = equipment
[team core]
members = bo
[task T-1]
duration = 2d
assign = an, bo, crane
[task T-2]
duration = 2d
assign = solo
END
    out pmt gantt --by team --format json
    json '[.gantt.rows[] | .id] == ["core", "T-1", "crane", "T-1", "solo", "T-2"]'
    out pmt gantt --by equipment --format json
    json '[.gantt.rows[] | .id] == ["crane", "T-1"]'
    exits 2 pmt gantt --by colour
EOT

it 'makes no folder for -o, and says which is missing' <<'EOT'
    project
    pmt task add one effort=1d
    exits 3 pmt gantt -o none/deep/x.svg
    err_has "none/deep"
    exits 3 pmt gantt -o none/x.pdf
    [ ! -e none ]
    mkdir none
    out pmt gantt -o none/x.svg
    [ -s none/x.svg ]
EOT

it 'draws an interrupted task in parts, and what remains as not done' <<'EOT'
    project
    file plan.ini <<'END'
[resource an]

[task T-1]
title  = levelled
effort = 4d
assign = an
split  = yes

[task T-2]
title      = fixed
effort     = 1d
assign     = an
must_start = 2026-03-04
priority   = 900

[task T-3]
title         = paused
duration      = 5d
interruptions = 2026-03-04
actual_start  = 2026-03-02
remaining     = 2d
END
    out pmt gantt --format json
    json '[.gantt.rows[] | select(.id == "T-1").parts] == [[{"start": "2026-03-02T09:00", "finish": "2026-03-03T18:00"},
        {"start": "2026-03-05T09:00", "finish": "2026-03-06T18:00"}]]'
    json '[.gantt.rows[] | select(.id == "T-3")] | .[0].parts[1] == {"start": "2026-03-05T09:00", "finish": "2026-03-09T18:00"} and .[0].progress == 60'
    json '[.gantt.rows[] | select(.id == "T-2")] | .[0].parts == null and .[0].progress == 0'
    out pmt gantt
    has 'interrupted'
    matches 'levelled .*░╌+░'
    matches 'paused .*█╌+█+▓'
    out pmt gantt --format svg
    [ "$(grep -o 'class="cd"' "$OUT" | wc -l)" -eq 2 ]
EOT

it 'tells the same all day' <<'EOT'
    project
    pmt task add one effort=1d
    PMT_NOW=2026-06-10T09:13 pmt gantt --format json >morning
    PMT_NOW=2026-06-10T17:48 pmt gantt --format json >evening
    same morning evening
    grep -q '"today": "2026-06-10"' morning
EOT

it 'draws the meetings of a person as one row' <<'EOT'
    project
    pmt project set start=2026-03-02
    file plan.ini <<'END'
[resource an]
[resource bo]
[task T-1]
title     = meeting
recurring = weekly mon 10:00 3 times
duration  = 1h
assign    = an, bo
[task T-2]
effort = 3d
assign = an
END
    out pmt gantt --by person --format json
    json '[.gantt.rows[].id] == ["an", "T-2", "T-1", "bo", "T-1"]'
    json '.gantt.rows[2].parts | map(.start) == ["2026-03-02T10:00", "2026-03-09T10:00", "2026-03-16T10:00"]'
    json '.gantt.rows[2].finish == "2026-03-16T11:00"'
    out pmt gantt --format json
    json '.gantt.rows | length == 5'
EOT

finish
