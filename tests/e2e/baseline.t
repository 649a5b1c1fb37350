#!/bin/sh
# `pmt baseline`: freezing the plan, and what has changed since.
. "${0%/*}/lib.sh"

# A portal of three tasks in a row, with people and rates.
plan() {
    file plan.ini <<'END'
[task T-1]
title  = 需求调研
effort = 5d
assign = li.wei

[task T-2]
title   = 订单表单
depends = T-1
effort  = 10d
assign  = li.wei

[task T-3]
title     = 上线
depends   = T-2
milestone = yes
END
    file people.ini <<'END'
[resource li.wei]
title = 李伟
email = li.wei@example.org
rate  = 800/d
END
}

it 'freezes dates, effort, cost and the digest of the text' <<'EOT'
    repository
    plan
    commit plan
    out pmt baseline freeze 1 合同基线 reason=评审通过
    has '3 tasks'
    has 2026-03-20
    has '12,000'
    out pmt check --strict
    grep -q '^baseline *= 1$' pmt.ini
    grep -q '^frozen_by *= li.wei$' baselines/1.ini
    grep -q '^reason *= 评审通过$' baselines/1.ini
    grep -q "^revision *= $(git rev-parse HEAD)$" baselines/1.ini
    grep -Eq '^digest *= [0-9a-f]{64}$' baselines/1.ini
    grep -q 'T-1 2026-03-02T09:00 2026-03-06T18:00 5d 4000 2026-03-02T09:00 2026-03-06T18:00$' baselines/1.ini
    out pmt baseline --format json
    json '.records == [.records[0]] and .records[0].current and .records[0].task_count == 3'
    json '.records[0].cost == {amount: "12000.00", currency: "CNY"}'
EOT

it 'has nothing to tell right after' <<'EOT'
    repository
    plan
    commit plan
    pmt baseline freeze 1
    out pmt baseline diff --format json
    json '.records == [] and .summary.finish_slip == 0 and .summary.cost_difference.amount == "0.00"'
    out pmt baseline diff
    has 'no task differs'
EOT

it 'tells which change moved what' <<'EOT'
    repository
    plan
    commit plan
    pmt baseline freeze 1
    commit baseline
    pmt task set T-1 effort=7d
    pmt task set T-2 title=订单
    pmt task add 试运行 duration=2d depends=T-3
    out pmt baseline diff --format json
    json '.summary.finish_slip == 4 * 480'
    json '[.records[] | select(.id == "T-2")][0] | .slip == 960 and .what == "later" and (.cause | test("T-1 effort: 5d → 7d"))'
    json '[.records[] | select(.id == "T-1")][0].cause == "effort: 5d → 7d"'
    json '[.changes[] | select(.field == "effort")][0] | .finish == 960 and .moved == 4 and .cost.amount == "1600.00"'
    json '[.changes[] | select(.id == "T-4")][0].finish == 960'
    json '.summary.added == 1 and .summary.later == 3'
    json '[.changes[].finish] | add == 1920'
EOT

finish
