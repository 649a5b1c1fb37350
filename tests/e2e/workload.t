#!/bin/sh
. "${0%/*}/lib.sh"

plan() {
    project
    file people.ini <<'END'
[resource an]
title = 安娜
[resource bo]
leave = 2026-03-02..2026-03-06
END
    file plan.ini <<'END'
[task T-1]
title  = 设计
effort = 3d
assign = an

[task T-2]
title    = 评审
effort   = 2d
assign   = an
priority = 100

[task T-3]
title   = 部署
effort  = 1d
assign  = bo
depends = T-1

[task T-4]
title     = 上线
milestone = yes
depends   = T-2, T-3
END
}

it 'shows who works how much' <<'EOT'
    plan
    out pmt workload --by week
    has 安娜
    has '100 %'
    lacks Overloaded
    widest 100
EOT

it 'names who is overloaded and by what, without levelling' <<'EOT'
    plan
    out pmt workload --no-level
    has Overloaded
    has '200 %'
    has 'T-1, T-2'
EOT

it 'gives programs a row for each resource and period' <<'EOT'
    plan
    out pmt workload --by week --format json
    json '.records | length == 4'
    json '.records[0] | .resource == "an" and .from == "2026-03-02" and .to == "2026-03-08" and .work == 2400 and .available == 2400 and .load == 100'
    json '.records[2] | .resource == "bo" and .work == 0 and .available == 0 and .load == null'
    json '.summary == {people: 2, overloads: 0} and .overloads == []'
    silent
EOT

it 'chooses by a condition, and refuses what is no period' <<'EOT'
    plan
    out pmt workload id=bo --format csv
    has bo
    lacks an,
    exits 2 pmt workload --by year
    err_has year
EOT

it 'draws a picture' <<'EOT'
    plan
    pmt workload --by day -o load.svg
    grep -q '<svg' load.svg
EOT

finish
