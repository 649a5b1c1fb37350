#!/bin/sh
. "${0%/*}/lib.sh"

plan() {
    project "$@"
    file plan.ini <<'END'
[task T-1]
title    = 调研
duration = 3d/5d/10d

[task T-2]
title    = 开发 🚀
effort   = 8d/10d/20d
depends  = T-1
assign   = li.wei

[task T-3]
title    = 采购
duration = 1d/12d/30d

[task T-4]
title     = 上线
milestone = yes
depends   = T-2, T-3
deadline  = 2026-03-27
END
    file people.ini <<'END'
[resource li.wei]
rate = 1000/d
END
    file risks/R-1.ini <<'END'
[risk R-1]
title       = 供货延期
probability = 40%
impact_time = 5d/10d/15d
impact_cost = 10000
tasks       = T-3
END
}

it 'gives percentiles, chances and measures' <<'EOT'
    plan
    out pmt simulate --format json
    json '.schema == "pmt.simulate/1"'
    json '.summary.runs == 10000 and .summary.seed == 1 and .summary.estimates == 3 and .summary.risks_simulated == 1'
    json '[.percentiles[].percentile] == [10, 50, 80, 90]'
    json '[.percentiles[].finish] | . == sort'
    json '[.percentiles[].cost.amount | tonumber] | . == sort'
    json '[.dates[] | select(.id == "T-4")][0].chance | . > 10 and . < 90'
    json '[.records[].id] == ["T-1", "T-2", "T-3", "T-4"]'
    json '[.records[] | select(.id == "T-4")][0].criticality == 100'
    json '[.records[] | select(.id == "T-1")][0] as $one | [.records[] | select(.id == "T-3")][0] as $three
          | ($one.criticality + $three.criticality | . > 99 and . < 102) and $three.high > $three.low and $three.sensitivity > 0.3'
    json '.risks[0] | .id == "R-1" and .probability == 40 and (.happened | . > 38 and . < 42) and .delay > 480'
    json '[.histogram.series[0].points[][1]] | add | . > 99.9 and . < 100.1'
    silent
EOT

it 'gives the same bytes for a seed, whatever the threads' <<'EOT'
    plan
    pmt simulate --seed 7 --threads 1 --format json >../one
    pmt simulate --seed 7 --threads 3 --format json >../three
    pmt simulate --seed 8 --format json >../other
    same ../one ../three
    ! cmp -s ../one ../other
EOT

it 'shows it all at a terminal, in both languages' <<'EOT'
    plan
    COLUMNS=80 out pmt simulate
    widest 80
    has 'P80'
    has '供货延期'
    has '█'
    COLUMNS=80 out pmt --lang zh_CN simulate
    widest 80
    has 关键度
    lacks 'criticality'
    LC_ALL=C COLUMNS=80 out pmt simulate
    lacks '█'
    widest 80
EOT

it 'is the schedule where nothing varies' <<'EOT'
    project
    pmt task add A duration=5d
    pmt task add B duration=3d depends=T-1
    finish=$(pmt schedule --format json | jq -r .summary.finish)
    out pmt simulate --format json
    json ".summary.planned_finish == \"$finish\" and .summary.planned_chance == 100 and .summary.finish_deviation == 0"
    json "[.percentiles[].finish] | unique == [\"$finish\"]"
    json '[.records[].criticality] == [100, 100]'
    err_has 'nothing varies'
EOT

it 'measures one milestone, and lists what a condition chooses' <<'EOT'
    plan
    out pmt simulate --to T-2 title:调研 --format json
    json '.summary.target == "T-2"'
    json '[.records[].id] == ["T-1"] and .records[0].criticality == 100'
    exits 2 pmt simulate --to T-99
    err_has "T-99"
EOT

it 'levels every run when asked to' <<'EOT'
    plan
    pmt task set T-3 assign=li.wei
    out pmt simulate -n 500 --format json
    json '(.summary.levelled | not) and .summary.levelled_finish > .summary.planned_finish'
    finish=$(pmt schedule --format json | jq -r .summary.finish)
    out pmt simulate -n 500 --level --threads 1 --format json
    json ".summary.levelled and .summary.planned_finish == \"$finish\""
    cp "$OUT" ../one
    pmt simulate -n 500 --level --threads 3 --format json >../three
    same ../one ../three
EOT

it 'counts risks before and after the responses, or not at all' <<'EOT'
    plan
    pmt risk set R-1 residual_probability=5% residual_cost=1000
    mean() { pmt simulate "$@" --format json | jq '.summary.mean_cost.amount | tonumber'; }
    [ "$(printf '%s\n' "$(mean --risks none)" "$(mean --risks after)" "$(mean --risks before)" | sort -n | tr '\n' ' ')" = \
        "$(mean --risks none) $(mean --risks after) $(mean) " ]
    pmt risk set R-1 status=responding
    [ "$(mean)" = "$(mean --risks after)" ]
    pmt risk set R-1 status=closed
    [ "$(mean)" = "$(mean --risks none)" ]
EOT

it 'draws its figures' <<'EOT'
    plan
    for figure in histogram curve cost tornado criticality; do
        out pmt simulate -n 500 --figure $figure --format svg
        has '<svg'
        lacks nan
    done
    out pmt simulate -n 500 --figure tornado --format svg
    has '供货延期'
    out pmt simulate -n 500 --format html
    has '</html>'
    out pmt simulate -n 500 --format markdown
    has '| P80'
    out pmt simulate -n 500 --format csv
    has 'criticality'
EOT

it 'refuses what makes no sense' <<'EOT'
    plan
    exits 2 pmt simulate -n -5
    exits 2 pmt simulate -n 99999999999
    exits 2 pmt simulate --seed x
    exits 2 pmt simulate --seed 99999999999999999999
    exits 2 pmt simulate --correlation 120%
    err_has '120%'
    exits 2 pmt simulate --task-correlation=-1
    exits 2 pmt simulate --risks maybe
    exits 2 pmt simulate --figure pie
    err_has pie
    exits 2 pmt simulate --threads 5000
    exits 2 pmt simulate --threads 0
    exits 2 pmt simulate -n 0
    err_has 'from 1 up'
    exits 2 pmt simulate 'nosuchfield=3'
EOT

it 'says what is not in the cost' <<'EOT'
    plan
    pmt task set T-1 'fixed_cost=300 EUR'
    out pmt simulate -n 100
    err_has EUR
EOT

it 'does not let a meeting without an end hold the finish' <<'EOT'
    project
    file plan.ini <<'END'
[task T-1]
duration=10d/20d/40d
END
    out pmt simulate -n 500 --format json
    jq '.summary, .percentiles' "$OUT" >alone
    file plan.ini <<'END'
[task T-1]
duration=10d/20d/40d
[task T-2]
recurring=weekly mon 09:00
duration=1h
END
    out pmt simulate -n 500 --format json
    jq '.summary, .percentiles' "$OUT" >meeting
    grep -q finish_deviation alone
    same alone meeting
EOT

finish
