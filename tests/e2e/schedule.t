#!/bin/sh
. "${0%/*}/lib.sh"

plan() {
    project
    file plan.ini <<'END'
[task T-1]
title   = 调研
effort  = 5d

[task T-2]
title   = 开发
effort  = 10d
depends = T-1

[task T-3]
title   = 采购
effort  = 3d
depends = T-1 SS+1d

[task T-4]
title     = 上线
milestone = yes
depends   = T-2, T-3
END
}

it 'computes dates, floats and the critical path' <<'EOT'
    plan
    out pmt schedule --format json
    json '[.records[] | select(.id == "T-1")][0] | .start == "2026-03-02T09:00" and .finish == "2026-03-06T18:00" and .critical'
    json '[.records[] | select(.id == "T-2")][0] | .start == "2026-03-09T09:00" and .finish == "2026-03-20T18:00"'
    json '[.records[] | select(.id == "T-3")][0] | .start == "2026-03-03T09:00" and .finish == "2026-03-05T18:00" and .total_float == 5280 and (.critical | not)'
    json '[.records[] | select(.id == "T-4")][0] | .finish == "2026-03-20T18:00"'
    silent
EOT

it 'shows the critical path alone' <<'EOT'
    plan
    out pmt schedule --critical
    has 调研
    lacks 采购
    widest 100
EOT

it 'keeps a calendar with holidays and worked weekends' <<'EOT'
    project 'calendar = cn'
    sed -i 's/^start .*/start    = 2026-02-12/' pmt.ini
    file calendars.ini <<'END'
[calendar cn]
week     = mon-fri 09:00-12:00 13:00-18:00
holiday  = 2026-02-16..2026-02-23 春节
workday  = 2026-02-14, 2026-02-28
END
    pmt task add A effort=4d
    out pmt task --format json
    json '.records[0].start == "2026-02-12T09:00"'
    json '.records[0].finish == "2026-02-24T18:00"'
EOT

it 'refuses a loop with the places of its tasks' <<'EOT'
    plan
    sed -i '/effort  = 5d/a depends = T-2' plan.ini
    exits 3 pmt schedule
    err_has '[cycle]'
    err_has 'plan.ini'
    [ ! -s "$OUT" ]
EOT

it 'keeps facts where they are' <<'EOT'
    plan
    pmt task set T-1 actual_start=2026-03-04 actual_finish=2026-03-10
    out pmt schedule --format json
    json '[.records[] | select(.id == "T-1")][0] | .start[0:10] == "2026-03-04" and .finish[0:10] == "2026-03-10"'
    json '[.records[] | select(.id == "T-2")][0] | .start == "2026-03-11T09:00"'
EOT

it 'tells of a broken deadline' <<'EOT'
    plan
    pmt task set T-4 deadline=2026-03-13
    out pmt schedule
    err_has T-4
EOT

it 'answers for any revision' <<'EOT'
    repository
    pmt task add A effort=1d
    commit one
    pmt task set T-1 effort=9d
    commit two
    out pmt --at HEAD~1 schedule --format json
    json '.records[0].finish[0:10] == "2026-03-02"'
    out pmt schedule --format json
    json '.records[0].finish[0:10] == "2026-03-12"'
    exits '2|3' pmt --at nowhere schedule
    err_has nowhere
EOT

it 'makes CSV, Markdown and HTML of the same numbers' <<'EOT'
    plan
    out pmt schedule --format csv
    has '2026-03-20'
    out pmt schedule --format markdown
    has '2026-03-20'
    matches '^\|'
    out pmt schedule --format html
    has '2026-03-20'
    xmllint --html --noout "$OUT" 2>/dev/null || true
    pmt -o report.html schedule
    same report.html "$OUT"
EOT

it 'schedules an empty project' <<'EOT'
    project
    out pmt schedule
EOT

it 'is quick with the longest chain and the widest fan' <<'EOT'
    project
    {
        printf '[task T-1]\ntitle = t\neffort = 1h\n'
        i=2
        while [ $i -le 3000 ]; do
            printf '\n[task T-%d]\ntitle = t\neffort = 1h\ndepends = T-%d\n' $i $((i - 1))
            i=$((i + 1))
        done
        printf '\n[task END]\nmilestone = yes\ntitle = end\ndepends = T-1'
        i=2
        while [ $i -le 3000 ]; do printf ', T-%d' $i; i=$((i + 1)); done
        printf '\n'
    } >plan.ini
    out timeout 20 pmt schedule --format csv
    has END
EOT

it 'gives a summary and all six dates and floats to programs' <<'EOT'
    plan
    out pmt schedule --format json
    json '.schema == "pmt.schedule/1"'
    json '.summary | .start == "2026-03-02T09:00" and .finish == "2026-03-20T18:00" and .tasks == 4 and .critical == 3'
    json '[.records[] | select(.id == "T-3")][0] | .early_start == "2026-03-03T09:00" and .early_finish == "2026-03-05T18:00"
        and .late_start == "2026-03-18T09:00" and .late_finish == "2026-03-20T18:00" and .free_float == 5280
        and .scheduled_duration == 1440 and .wbs == "3" and .kind == "task"'
    json '[.diagnostics[]] == []'
EOT

it 'lists what a condition chooses' <<'EOT'
    plan
    out pmt schedule total_float=1d..
    has 采购
    lacks 开发
    out pmt schedule 'critical and not milestone' --format csv
    lines 3
    exits 2 pmt schedule nofield=1
EOT

it 'shows negative float where a constraint cannot hold, with its cause' <<'EOT'
    plan
    pmt task set T-4 must_finish=2026-03-18
    out pmt schedule --format json
    json '[.records[] | select(.id == "T-2")][0] | .total_float == -960 and .critical'
    json '[.diagnostics[] | select(.id == "constraint-broken")] | length == 1'
    out pmt schedule
    err_has '[constraint-broken]'
    err_has T-2
EOT

it 'pools effort, and keeps to the hours of those who work' <<'EOT'
    project
    file plan.ini <<'END'
[resource li.wei]
[resource wang.fang]
[resource part.time]
calendar = six
leave    = 2026-03-04
[calendar six]
week = mon-fri 09:00-12:00 13:00-16:00
[task A]
effort = 30d
assign = li.wei, wang.fang 50%
[task B]
effort = 3d
assign = part.time
END
    out pmt schedule --format json
    json '.records[0].finish == "2026-03-27T18:00" and .records[0].scheduled_duration == 9600'
    json '.records[1].finish == "2026-03-06T16:00"'
EOT

it 'pushes what is not done beyond the status date' <<'EOT'
    project 'status_date = today'
    pmt task add A effort=2d
    pmt task add B effort=4d actual_start=2026-03-02 progress=50%
    out pmt --now 2026-03-09 schedule --format json
    json '.records[0].start == "2026-03-09T09:00"'
    json '.records[1].start == "2026-03-02T09:00" and .records[1].finish == "2026-03-10T18:00"'
EOT

it 'says whose people find no time' <<'EOT'
    project
    file plan.ini <<'END'
[calendar sunday]
week = sun 09:00-12:00
[resource li.wei]
[task T-1]
effort   = 1d
assign   = li.wei
calendar = sunday
END
    exits 3 pmt schedule
    err_has 'plan.ini:4'
    err_has '[calendar-empty]'
EOT

it 'shows a milestone at midnight on the day it starts' <<'EOT'
    project 'calendar = always'
    printf '[calendar always]\nweek = mon-sun 00:00-24:00\n' >calendars.ini
    pmt task add Work duration=24h
    pmt task add Done milestone=yes depends=T-1
    out pmt schedule --format json
    json '[.records[] | select(.id == "T-2")][0] | .start == "2026-03-03T00:00" and .finish == "2026-03-03T00:00"'
    out pmt schedule
    matches 'Work +2026-03-02 +2026-03-02'
    matches 'Done +2026-03-03 +2026-03-03'
    out pmt task --columns title,start,finish,early_finish
    matches 'Work +2026-03-02 +2026-03-02 +2026-03-02'
    matches 'Done +2026-03-03 +2026-03-03 +2026-03-03'
    out pmt report status
    matches 'Done +2026-03-03'
    lacks 'Done  2026-03-02'
EOT

it 'shows buffers and the times of recurring tasks, which nobody wrote' <<'EOT'
    project
    file plan.ini <<'END'
[task T-1]
title  = 阶段一
buffer = 20%

[task T-2]
parent   = T-1
title    = 开发
duration = 10d

[task T-3]
title     = 周例会
recurring = weekly mon 10:00
duration  = 1h
END
    out pmt schedule --format json
    json '[.records[] | select(.synthetic == "buffer")] | length == 1 and .[0].id == "T-1#buffer" and .[0].scheduled_duration == 960'
    json '[.records[] | select(.synthetic == "occurrence")] | length == 3 and .[1].id == "T-3#2026-03-09" and .[1].start == "2026-03-09T10:00"'
    json '[.records[] | select(.id == "T-2")][0].synthetic == null'
    json '.summary.tasks == 3 and .summary.synthetic == 4'
    out pmt baseline freeze one
    has 'tasks: 3'
    out pmt baseline show one --format json
    json '.summary.task_count == 3'
    out pmt --now 2026-03-16 status
    has '0 of 1 tasks done'
    lacks 'T-3#2026-03-09'
    has 'T-3#2026-03-16'
    out pmt --lang zh_CN schedule
    has '阶段一 · 缓冲'
    has 'T-3#2026-03-16'
    out pmt task
    lacks '#'
    out pmt wbs
    lacks '#'
    out pmt gantt
    has 'T-1#buffer'
    has '▒'
    out pmt gantt --format json
    json '[.. | objects | select(.buffer?) | .id] == ["T-1#buffer"]'
    exits 2 pmt task set 'T-3#2026-03-09' duration=2h
    err_has "changing 'T-3'"
EOT

it 'answers a program that there is no answer, and why' <<'EOT'
    project
    file plan.ini <<'END'
[resource an]
available_to = 2026-03-03

[task T-1]
effort = 9d
assign = an
END
    exits 3 pmt schedule --format json
    json '.schema == "pmt.error/1" and .error.exit == 3 and (.error.message | length) > 0'
    json '.diagnostics[0].id == "calendar-empty" and .diagnostics[0].line == 4'
    exits 2 pmt task show T-9 --format json
    json '.error.message == "there is no task '\''T-9'\''" and .diagnostics == []'
    exits 3 pmt schedule --format csv
    lines 0
EOT

it 'levels, and says what the finish is without limits on people' <<'EOT'
    project
    file plan.ini <<'END'
[resource an]
[resource bo]
[team core]
members = an, bo
[task T-1]
title  = 设计
effort = 3d
assign = an
[task T-2]
title  = 评审
effort = 2d
assign = an
priority = 100
[task T-3]
title  = 试用
effort = 2d
assign = @core
END
    out pmt schedule
    has 'without limits on people'
    has 'waits for people'
    out pmt schedule --format json
    json '.summary.finish == "2026-03-06T18:00" and .summary.network_finish == "2026-03-04T18:00" and .summary.levelled == 1'
    json '.records[1] | .start == "2026-03-05T09:00" and .early_start == "2026-03-02T09:00" and .wait == 1440 and .assigned == "an"'
    json '.records[2].assigned == "bo" and .records[2].wait == 0'
    out pmt schedule --no-level --format json
    json '.summary.finish == .summary.network_finish and .summary.levelled == 0'
    out pmt schedule --within-float --format json
    json '.summary.finish == "2026-03-04T18:00"'
    exits 2 pmt schedule --no-level --within-float
    err_has within-float
    out pmt task wait=1d.. --format json
    json '.records | map(.id) == ["T-2"]'
    pmt project set levelling=no
    out pmt schedule --format json
    json '.summary.finish == "2026-03-04T18:00"'
EOT

it 'says which assignments cannot be' <<'EOT'
    project
    file plan.ini <<'END'
[resource an]
[resource crane]
type = equipment
capacity = 2
[team core]
members = an
[task T-1]
effort = 1d
assign = @core x2
[task T-2]
duration = 1d
assign = crane x3
[task T-3]
effort = 1d
END
    exits 0 pmt check
    has assign-too-few
    has assign-over-capacity
    has effort-nobody
    exits 1 pmt check --strict
EOT

it 'follows a capacity that changes by date' <<'EOT'
    project
    pmt project set start=2026-03-02
    file plan.ini <<'END'
[resource crane]
type     = equipment
capacity = 2
           from 2026-03-04 0
           from 2026-03-09 1
[task T-1]
duration = 2d
assign = crane x2
[task T-2]
duration = 2d
assign = crane
[task T-3]
duration = 1d
assign = crane
must_start = 2026-03-04
END
    exits 0 pmt check
    has "'T-3' needs 'crane' at times that are given"
    out pmt schedule --format json
    json '[.records[] | .start] == ["2026-03-02T09:00", "2026-03-09T09:00", "2026-03-04T09:00"]'
    out pmt workload --by week --format json
    json '[.records[] | .available] == [1920, 2400]'
    json '.overloads | length == 1 and .[0].tasks == ["T-3"]'
    out pmt resource list --format json
    json '.records[0].capacity == "2\nfrom 2026-03-04 0\nfrom 2026-03-09 1"'
    pmt resource set crane capacity=2
    out pmt resource list --format json
    json '.records[0].capacity == 2'
    file plan.ini <<'END'
[resource crane]
capacity = 3/h
END
    exits 1 pmt check
    has value-unit
EOT

it 'counts the waiting as the rows show them' <<'EOT'
    project
    file plan.ini <<'END'
[resource bo]
[task T-1]
[task T-2]
parent = T-1
effort = 2d
assign = bo
[task T-3]
parent = T-1
effort = 1d
assign = bo
[task T-4]
depends = T-3
END
    out pmt schedule --format json
    json '.summary.levelled == ([.records[] | select(.wait > 0)] | length)'
    json '.records[0].wait == 0'
    out pmt schedule id=T-4
    has 'wait for people           1, of which 0 listed'
EOT

it 'takes of somebody what there is of him' <<'EOT'
    project
    pmt project set start=2026-03-02
    file plan.ini <<'END'
[resource half]
capacity = 0.5
rate     = 800 CNY/d
[resource late]
capacity = 0.5
           from 2026-03-09 1
[task T-1]
effort = 2d
assign = half
[task T-2]
effort = 3.5d
assign = late
[task T-3]
duration = 2d
assign = half
depends = T-1
END
    out pmt schedule --format json
    json '[.records[] | .finish] == ["2026-03-05T18:00", "2026-03-09T18:00", "2026-03-09T18:00"]'
    out pmt task list --format json
    json '.records[2].effort == null'
    out pmt workload --by week --format json
    json '[.records[] | select(.resource == "half") | .work] == [1200, 240]'
    json '[.records[] | select(.resource == "late") | .work] == [1200, 480]'
    json '.overloads == []'
    out pmt simulate -n 10 --format json
    json '.summary.planned_finish == "2026-03-09T18:00" and .summary.planned_cost.amount == "2400.00"'
    out pmt schedule --optimize=10schedules --format json
    json '.summary.finish == "2026-03-09T18:00"'
    out pmt whatif 'T-1 assign=half 100%' --format json
    has '2026-03-05'
EOT

it 'draws materials from what has come' <<'EOT'
    project
    pmt project set start=2026-03-02
    file plan.ini <<'END'
[resource boxes]
type     = material
capacity = 40
           from 2026-03-11 80
rate     = 10 CNY/unit
[resource sand]
type = material
[task T-1]
duration = 2d
assign = boxes x30, sand x500
[task T-2]
duration = 2d
assign = boxes x20
priority = 100
[task T-3]
duration = 1d
assign = boxes x31
must_start = 2026-03-20
END
    exits 0 pmt check
    has "'T-2' needs 20 of 'boxes', of which 10 are left"
    lacks level-impossible
    pmt task set T-3 assign='boxes x30'
    out pmt schedule --format json
    json '[.records[] | .start] == ["2026-03-02T09:00", "2026-03-11T09:00", "2026-03-20T09:00"]'
    out pmt why T-2 --late
    has 'there is not enough of boxes before 2026-03-11'
    has 'enough of boxes is there for T-2'
    out pmt schedule --optimize=10schedules --format json
    json '.records[1].start == "2026-03-11T09:00"'
EOT

it 'tells whose float it is where people moved dates' <<'EOT'
    project
    file plan.ini <<'END'
[resource b]
[task T-1]
effort = 2d
assign = b
[task T-2]
effort = 3d
assign = b
END
    out pmt schedule --critical
    has 'Critical and float are those of the network without limits on people'
    out pmt gantt
    has 'Critical and float are those of the network without limits on people'
    out pmt report status
    has 'Critical and float are those of the network without limits on people'
    out pmt schedule --critical --no-level
    lacks 'Critical and float'
    out pmt schedule --format csv
    lacks 'Critical and float'
    out pmt task set T-2 assign= effort= duration=3d
    out pmt schedule
    lacks 'Critical and float'
    out pmt gantt
    lacks 'Critical and float'
    out pmt report status
    lacks 'Critical and float'
EOT

finish
