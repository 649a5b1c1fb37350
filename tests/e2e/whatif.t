#!/bin/sh
# `pmt whatif`: edits in memory, and what they change.
. "${0%/*}/lib.sh"

it 'answers without touching a file' <<'EOT'
    repository
    pmt task add A effort=5d
    pmt task add B effort=5d depends=T-1
    commit plan
    find . -name .git -prune -o -type f -exec cksum {} + | sort >../before
    out pmt whatif 'T-1 effort=7d' 'add task C duration=1d depends=T-2' --format json
    find . -name .git -prune -o -type f -exec cksum {} + | sort >../after
    same ../before ../after
    git status --porcelain >../status
    [ ! -s ../status ]
    json '.summary.finish_slip == 3 * 480'
    json '[.records[].id] == ["T-1", "T-2", "T-3"]'
    json '.edits == ["T-1 effort=7d", "add task C duration=1d depends=T-2"]'
EOT

it 'says the same as doing it' <<'EOT'
    repository
    pmt task add A effort=5d
    pmt task add B effort=5d depends=T-1
    commit plan
    pmt baseline freeze 1
    commit baseline
    out pmt whatif 'T-1 effort=7d' --format json
    jq '[.records[] | {id, finish, slip}]' "$OUT" >../asked
    pmt task set T-1 effort=7d
    out pmt baseline diff --format json
    jq '[.records[] | {id, finish, slip}]' "$OUT" >../done
    same ../asked ../done
EOT

it 'refuses what cannot be set, as the editing does' <<'EOT'
    project
    pmt task add A effort=5d
    exits 2 pmt whatif 'T-1 effrt=7d'
    err_has "'effort'"
    exits 2 pmt whatif 'T-9 effort=7d'
    err_has T-9
    exits 2 pmt whatif
    exits 2 pmt whatif 'T-1'
    exits 2 pmt whatif 'T-1 depends=T-1'
EOT

team() {
    file people.ini <<'END'
[resource li]
title = 李伟
rate  = 800/d

[resource wu]
rate = 600/d
END
    file plan.ini <<'END'
[task T-1]
title  = 调研
effort = 10d
assign = li

[task T-2]
title    = 评审
depends  = T-1
duration = 2d
deadline = 2026-03-18

[task T-3]
title     = 发布
depends   = T-2
milestone = yes
END
}

it 'tells dates, cost, effort, the critical path, and what each edit does' <<'EOT'
    project
    team
    out pmt whatif 'T-1 assign+=wu' 'add task 演练 duration=9d depends=T-1' --format json
    json '.summary | .finish_before == "2026-03-17T18:00" and .finish == "2026-03-19T18:00"'
    json '.summary.cost_before.amount == "8000.00" and .summary.cost.amount == "7000.00"'
    json '.summary | .critical_before == 3 and .critical == 2 and .entered_path == 1 and .left_path == 2'
    json '[.changes[] | {id, finish}] | length == 2 and ([.[].finish] | add) == 960'
    json '[.records[] | select(.id == "T-1")][0] | .slip == -2400 and (.cause | startswith("assign: +wu"))'
    json '[.records[] | select(.id == "T-3")][0].path == "no longer critical"'
    out pmt whatif 'T-1 assign+=wu'
    has 'T-1 assign: +wu'
    widest 100
EOT

it 'tells what people have to do, and how full their busiest week is' <<'EOT'
    project
    team
    out pmt whatif 'T-1 assign+=wu' 'T-2 assign=wu' --format json
    json '.people | map({id, work_before, work, difference}) == [
        {id: "li", work_before: 4800, work: 2400, difference: -2400},
        {id: "wu", work_before: 0, work: 3360, difference: 3360}]'
    json '.people[1] | .peak == 100 and .peak_before == null and .peak_week == "2026-03-02" and .peak_work == 2400'
    out pmt whatif 'T-1 assign+=wu'
    has People
    out pmt whatif 'T-2 duration=3d'
    lacks People
    out pmt whatif 'T-2 duration=3d' --format json
    json '.people == []'
EOT

it 'tells the warnings that come and go' <<'EOT'
    project
    team
    out pmt whatif 'T-1 effort=12d' --format json
    json '.warnings | length == 1 and (.[0] | test("T-2.*2026-03-18"))'
    json '.warnings_gone == null'
    pmt task set T-1 effort=12d
    out pmt whatif 'T-1 effort=5d'
    has 'Warnings that go away'
    lacks 'New warnings'
    out pmt whatif 'T-1 effort=13d'
    lacks 'New warnings' # the same one, later
    lacks 'Warnings that go away'
EOT

it 'takes a single edit without quotes, and values with blanks' <<'EOT'
    project
    team
    out pmt whatif T-1 T-2 'title=某项 工作' depends= --format json
    json '.edits == ["T-1 T-2 title=某项 工作 depends="]'
    out pmt whatif rm T-3 --format json
    json '.summary.removed == 1 and .edits == ["rm T-3"]'
    out pmt whatif 'T-3 depends=T-1, T-2 SS+2d title=a b=c' --format json
    json '[.changes[] | .after] | index("T-1, T-2 SS+2d") != null and index("a b=c") != null'
    out pmt whatif 'rm T-3' 'T-1 effort=3d' --format json
    json '.edits | length == 2'
EOT

it 'takes people, calendars, settings, and records that an edit has just made' <<'EOT'
    project 'calendar = cn'
    team
    file calendars.ini <<'END'
[calendar cn]
week = mon-fri 09:00-12:00 13:00-18:00
END
    out pmt whatif 'calendar cn holiday+=2026-03-05' --format json
    json '.summary.finish_slip == 480'
    out pmt whatif 'project start=2026-03-09' --format json
    json '.summary.finish_slip == 5 * 480'
    out pmt whatif 'li leave+=2026-03-03..2026-03-04' 'resource li rate=1000/d' --format json
    json '.summary.finish_slip == 960 and .summary.cost_difference.amount == "2000.00"'
    out pmt whatif 'add resource zhao 赵 rate=100/d' 'T-1 assign=zhao' --format json
    json '.summary.cost_difference.amount == "-7000.00"'
    out pmt whatif 'add A effort=5d depends=T-1' 'T-4 effort=6d' 'rm T-4' --format json
    json '.records == [] and .summary.finish_slip == 0'
    out pmt whatif 'add task A' 'task add B depends=T-4' 'task set T-5 duration=3d' --format json
    json '[.records[].id] == ["T-4", "T-5"]'
    [ ! -e tasks ]
EOT

it 'takes a scenario from a file, one edit a line' <<'EOT'
    repository
    team
    commit team
    file ../two.txt <<'END'
# one more person, and the review is shorter
T-1 assign+=wu

; two days become one
T-2 duration=1d
END
    out pmt whatif --file ../two.txt 'T-3 title=上线' --format json
    json '.edits == ["T-1 assign+=wu", "T-2 duration=1d", "T-3 title=上线"]'
    json '.summary.finish_slip == -6 * 480'
    exits 3 pmt whatif --file ../none.txt
    err_has none.txt
    printf 'T-3 effort=9d\n\0T-3 effort=1d\n' > ../nul.txt
    exits 3 pmt whatif --file ../nul.txt
    err_has 'holds a NUL byte'
    printf 'T-3 title=\377\n' > ../latin.txt
    exits 2 pmt --lang zh_CN whatif --file ../latin.txt
    err_has '不是有效的 UTF-8'
    : >../empty.txt
    exits 2 pmt whatif --file ../empty.txt
    [ -z "$(git status --porcelain)" ]
EOT

it 'refuses loops, unknown records and words, wholly' <<'EOT'
    project
    team
    exits 2 pmt whatif 'T-1 depends=T-3'
    err_has 'T-1'
    exits 2 pmt whatif 'T-1 effort=3d' 'T-1 effort=much'
    err_has '"T-1 effort=much"'
    [ ! -s "$OUT" ]
    exits 2 pmt whatif 'rm T-9'
    exits 2 pmt whatif 'T-1 assign=nobody'
    err_has nobody
    exits 2 pmt whatif 'T-1 start=2026-03-09'
    exits 2 pmt whatif 'add resource'
    exits 2 pmt whatif 'add task X id=T-1'
    exits 2 pmt whatif 'effort=3d'
    exits 2 pmt whatif 'rm'
    exits 2 pmt whatif ''
    exits 2 pmt whatif 'T-1 effort=4d' --limit x
EOT

it 'refuses a plan that cannot be computed' <<'EOT'
    project
    team
    echo 'depends = T-1' >>plan.ini
    exits 3 pmt whatif 'T-1 effort=3d'
    exits 4 pmt -C / whatif 'T-1 effort=3d'
EOT

it 'asks the past as well' <<'EOT'
    repository
    team
    commit team
    pmt task rm T-2 --force
    commit less
    out pmt --at HEAD~1 whatif 'T-2 duration=5d' --format json
    json '.summary.finish_slip == 3 * 480'
EOT

it 'agrees with doing it, over and over' <<'EOT'
    repository
    team
    commit team
    for edit in 'T-1 effort=3d' 'T-1 assign+=wu' 'T-2 depends=T-1 SS+1d' 'T-3 not_before=2026-04-01' 'rm T-2' \
        'add task X effort=4d assign=wu depends=T-1' 'T-2 milestone=yes' 'resource li leave=2026-03-04' \
        'T-1 status=done actual_finish=2026-03-05' 'project hours_per_day=6'; do
        out pmt whatif "$edit" --format json
        jq '[.records[] | {id, what, start, finish, slip, cost_difference}], .summary.finish' "$OUT" >../asked
        case $edit in
        rm*) pmt task rm T-2 --force ;;
        add*) pmt task add X effort=4d assign=wu depends=T-1 ;;
        resource*) pmt resource set li leave=2026-03-04 ;;
        project*) pmt project set hours_per_day=6 ;;
        *SS+1d) pmt task set T-2 'depends=T-1 SS+1d' ;;
        *) eval "pmt task set $edit" ;;
        esac
        out pmt baseline diff HEAD --format json
        jq '[.records[] | {id, what, start, finish, slip, cost_difference}], .summary.finish' "$OUT" >../done
        same ../asked ../done
        git checkout -q .
        git clean -fdq
    done
EOT

it 'speaks Chinese, Markdown, HTML and CSV' <<'EOT'
    project
    team
    out pmt --lang zh_CN whatif 'T-1 effort=12d'
    has 推迟
    has 新出现的警告
    COLUMNS=80 out pmt --lang zh_CN whatif 'T-1 effort=12d'
    widest 80
    out pmt whatif 'T-1 effort=12d' --format markdown
    has '| T-1 |'
    out pmt whatif 'T-1 effort=12d' --format csv
    has 'task,T-1,调研,later'
    out pmt whatif 'T-1 effort=12d' -o answer.html
    grep -q '<svg' answer.html
    out pmt whatif 'T-1 effort=12d' --format svg
    has '<svg'
    LC_ALL=C out pmt whatif 'T-1 effort=12d'
EOT

finish
