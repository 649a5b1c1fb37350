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
    has 'tasks: 3'
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
    json '.changes == [] and .people == [] and .summary.causes_known'
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

it 'refuses a name that is taken, and what it writes itself' <<'EOT'
    repository
    plan
    commit plan
    pmt baseline freeze 1 --keep
    ! grep -q '^baseline' pmt.ini
    cp baselines/1.ini before
    exits 2 pmt baseline freeze 1
    err_has --force
    same baselines/1.ini before
    exits 2 pmt baseline freeze
    exits 2 pmt baseline freeze 2 cost=3
    err_has "'cost'"
    exits 2 pmt baseline freeze 'a b'
    exits 2 pmt baseline freeze 2 reasn=x
    err_has reason
    out pmt baseline freeze 3 --dry-run
    [ ! -e baselines/2.ini ]
    [ ! -e baselines/3.ini ]
    pmt task set T-1 effort=6d
    out pmt baseline freeze 1 --force
    grep -q 'T-1 2026-03-02T09:00 2026-03-09T18:00 6d 4800' baselines/1.ini
    grep -q '^baseline *= 1$' pmt.ini
    ! grep -q '^previous' baselines/1.ini
    ! grep -q '^revision' baselines/1.ini
    out pmt check --strict
EOT

it 'refuses while errors touch the plan, and only then' <<'EOT'
    project
    plan
    file risks/R-1.ini <<'END'
[risk R-1]
probability = much
END
    out pmt baseline freeze 1
    pmt task set T-2 effort=3d
    sed -i 's/3d/3x/' plan.ini
    exits 3 pmt baseline freeze 2
    exits 3 pmt baseline diff
    [ ! -e baselines/2.ini ]
    sed -i 's/3x/3d/' plan.ini
    sed -i 's|800/d|800/fortnight|' people.ini
    exits 3 pmt baseline freeze 2
    err_has people.ini
    [ ! -e baselines/2.ini ]
EOT

it 'has nothing to freeze without tasks, nothing to compare without a baseline' <<'EOT'
    project
    exits 3 pmt baseline freeze 1
    pmt task add A duration=2d
    exits 2 pmt baseline diff
    err_has freeze
    exits 2 pmt baseline show
    exits 2 pmt baseline diff nosuch
    err_has nosuch
    exits 2 pmt baseline diff a b c
    exits 2 pmt --at HEAD baseline freeze 1
    out pmt baseline
    has 'nothing to show'
EOT

it 'tags the commit that holds what was frozen, and no other' <<'EOT'
    repository
    plan
    exits 1 pmt baseline freeze 1 --tag
    err_has people.ini
    [ ! -e baselines/1.ini ]
    commit plan
    out pmt baseline freeze 1 第一版 --tag
    [ "$(git cat-file -t baseline/1)" = tag ]
    [ "$(git rev-parse 'baseline/1^{commit}')" = "$(git rev-parse HEAD)" ]
    [ "$(git log -1 --format=%s)" = 'baseline: freeze 1 第一版' ]
    [ -z "$(git status --porcelain)" ]
    out pmt --at baseline/1 check --strict
    exits 1 pmt baseline freeze 1 --force --tag
    err_has "'baseline/1'"
    exits 2 pmt baseline freeze x..y --tag
    [ ! -e baselines/x..y.ini ]
EOT

it 'signs the tag with the key that git knows' <<'EOT'
    command -v ssh-keygen >/dev/null || skip 'no ssh-keygen'
    repository
    plan
    commit plan
    ssh-keygen -q -t ed25519 -N '' -f ../key
    git config gpg.format ssh
    git config user.signingKey "$PWD/../key"
    out pmt baseline freeze 1 --sign
    git cat-file tag baseline/1 | grep -q 'BEGIN SSH SIGNATURE'
EOT

it 'needs a repository to tag' <<'EOT'
    project
    plan
    exits 4 pmt baseline freeze 1 --tag
    [ ! -e baselines/1.ini ]
EOT

it 'leaves the past as it was planned' <<'EOT'
    repository
    plan
    commit plan
    pmt baseline freeze 1 --now 2026-03-01
    pmt task set T-2 effort=20d
    pmt baseline freeze 2 reason=范围扩大 --now 2026-03-04
    grep -q '^previous *= 1$' baselines/2.ini
    grep -q '^ *T-1 .* 1600$\|= T-1 .* 1600$' baselines/2.ini
    ! grep -q 'T-2 .* T.* 4000$' baselines/2.ini
    out pmt baseline show 2 --now 2026-03-03 --format json
    json '.summary.planned_value.amount == "800.00"'
    out pmt baseline show 1 --now 2026-03-03 --format json
    json '.summary.planned_value.amount == "800.00"'
    out pmt baseline show 2 --now 2026-12-01 --format json
    json '.summary.planned_value.amount == "20000.00" and .summary.cost.amount == "20000.00"'
    pmt task rm T-1 --force
    pmt baseline freeze 3 --now 2026-03-05
    grep -q 'T-1 - - - - - - 2400$' baselines/3.ini
    out pmt check
    out pmt baseline show 3 --format json
    json '[.records[] | select(.id == "T-1")][0] | .finish == null and .kept.amount == "2400.00"'
EOT

it 'shows what was frozen beside today' <<'EOT'
    repository
    plan
    commit plan
    pmt baseline freeze 1 第一版
    pmt task set T-1 effort=7d
    pmt task rm T-3
    out pmt baseline show
    has 第一版
    has '(removed)'
    has '+2d'
    widest 100
    out pmt baseline show 1 --format json
    json '.summary.id == "1" and .summary.finish_slip == 960 and (.summary.unchanged | not)'
    json '.records | length == 3'
    json '.records[0] | .baseline_finish == "2026-03-06T18:00" and .finish == "2026-03-10T18:00" and .slip == 960'
    out pmt baseline show --limit 1
    has '--limit 0'
    exits 2 pmt baseline show --limit many
    exits 2 pmt baseline show 9
EOT

it 'compares baselines and revisions, from outside the repository as well' <<'EOT'
    repository
    plan
    commit plan
    git tag v1
    pmt baseline freeze 1 --commit
    pmt task set T-1 effort=7d --commit
    pmt baseline freeze 2 --commit
    pmt task set T-2 assign= --commit
    out pmt baseline diff 1 2 --format json
    json '.summary.finish_slip == 960 and .changes == [.changes[0]] and .changes[0].field == "effort"'
    out pmt baseline diff 2 1 --format json
    json '.summary.finish_slip == -960 and .changes[0].before == "7d" and .changes[0].after == "5d"'
    out pmt baseline diff v1 HEAD~1 --format json
    json '.summary.finish_slip == 960 and .summary.critical_before == 3'
    json '[.changes[].kind] == ["task"]'
    out pmt baseline diff v1 --format json
    json '.summary.cost_difference.amount == "-6400.00"'
    out pmt --at v1 baseline diff HEAD --format json
    json '.summary.finish_slip == -960'
    here=$PWD
    cd /
    out pmt -C "$here" baseline diff 1 2 --format json
    json '.changes | length == 1'
EOT

it 'finds the text that was frozen in the commit that holds it, or says that none does' <<'EOT'
    repository
    plan
    pmt baseline freeze 1
    ! grep -q revision baselines/1.ini
    pmt task set T-1 effort=7d
    out pmt baseline diff
    has 'no commit holds the text that was frozen'
    out pmt baseline diff --format json
    json '.changes == [] and (.summary.causes_known | not)'
    pmt task set T-1 effort=5d
    commit 'plan and baseline'
    pmt task set T-1 effort=7d
    out pmt baseline diff
    has 'effort: 5d → 7d'
    rm -rf .git
    out pmt baseline diff
    has 'no commit holds'
    has '+2d'
    pmt task set T-1 effort=5d actual_start=2026-03-04 progress=10%
    out pmt baseline diff
    has 'facts'
EOT

it 'says that a shallow clone has not got the text' <<'EOT'
    repository
    plan
    commit plan
    pmt baseline freeze 1 --commit
    pmt task set T-1 effort=7d --commit
    cp pmt.ini kept
    commit more
    git clone -q --depth 1 "file://$PWD" ../shallow
    cd ../shallow
    out pmt baseline diff
    err_has shallow
    has '+2d'
    has 'no commit holds'
EOT

it 'goes on without a digest: the commit that added it, as after an import' <<'EOT'
    repository
    plan
    file baselines/old.ini <<'END'
[baseline old]
tasks = T-1 2026-03-02T09:00 2026-03-06T18:00 5d
        T-2 2026-03-09T09:00 2026-03-20T18:00 10d
        T-9 - -
END
    commit all
    pmt task set T-2 effort=12d
    out pmt baseline diff old --format json
    json '[.changes[].change] == ["T-2 effort: 10d → 12d"]'
    json '[.records[] | select(.id == "T-2")][0].cause == "effort: 10d → 12d"'
    git mv baselines/old.ini baselines/ancient.ini
    commit moved
    out pmt baseline diff old
    has 'effort: 10d → 12d'
EOT

it 'keeps the current baseline from being removed by the way' <<'EOT'
    repository
    plan
    commit plan
    pmt baseline freeze 1
    exits 1 pmt baseline rm 1
    err_has baseline
    out pmt baseline rm 1 --force
    ! grep -q '^baseline' pmt.ini
    [ ! -e baselines/1.ini ]
    exits 2 pmt baseline difff 1 2
    err_has "'pmt baseline diff'"
EOT

it 'is a noun as any other, and its lines are checked' <<'EOT'
    repository
    plan
    commit plan
    pmt baseline freeze 1 --commit
    pmt baseline set 1 title=合同
    pmt baseline freeze 2
    pmt baseline rename 1 agreed
    grep -q '^previous *= agreed$' baselines/2.ini
    out pmt baseline current=yes --format csv --columns title
    has '2,'
    out pmt baseline log agreed
    has added
    printf '[baseline bad]\ntasks = T-1\n  T-2 2026-13-01 x\n  T-3#2026-03-09 - -\nprevious = bad\n' >baselines/bad.ini
    exits 1 pmt check
    has 'bad.ini:2:9'
    has 'bad.ini:3:3'
    lacks 'bad.ini:4'
    has 'bad.ini:5'
    exits 3 pmt baseline freeze 3
EOT

it 'counts recurring tasks and buffers under ids of their own' <<'EOT'
    repository
    pmt task add 周会 duration=1h 'recurring=weekly mon 10:00'
    pmt task add 开发 duration=15d
    commit plan
    pmt baseline freeze 1
    out pmt check --strict
    grep -q 'T-1#2026-03-09 2026-03-09T10:00' baselines/1.ini
    out pmt baseline diff --format json
    json '.records == []'
    pmt task set T-2 duration=25d
    out pmt baseline diff
    has 'T-2'
    lacks '#'
EOT

it 'speaks Chinese, Markdown, HTML and CSV' <<'EOT'
    repository
    plan
    commit plan
    pmt baseline freeze 1
    pmt task set T-1 effort=7d
    out pmt --lang zh_CN baseline diff
    has 基线
    has 推迟
    has 各项修改的影响
    COLUMNS=80 out pmt --lang zh_CN baseline diff
    widest 80
    out pmt baseline diff --format markdown
    has '| T-1 |'
    out pmt baseline diff --format csv
    has 'task,T-1,需求调研,later,2026-03-02T09:00'
    out pmt baseline diff -o diff.html
    grep -q '<svg' diff.html
    out pmt baseline show -o show.html
    grep -q '<svg' show.html
    LC_ALL=C out pmt baseline diff
    has 'T-1'
EOT

it 'says that a text is not in history yet, not that nothing has changed' <<'EOT'
    repository
    plan
    commit plan
    pmt baseline freeze 1
    commit one
    pmt task set T-2 effort=12d
    pmt baseline freeze 2
    for pair in '1 2' '2 1'; do
        out pmt baseline diff $pair
        has 'not in history yet'
        lacks 'as it was frozen'
    done
    commit two
    out pmt baseline diff 1 2 --format json
    json '.summary.causes_known'
EOT

finish
