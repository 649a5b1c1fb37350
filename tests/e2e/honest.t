#!/bin/sh
# What honest people do must pass: every flow against a real server hook with real keys.
. "${0%/*}/lib.sh"
. "${0%/*}/guarded.sh"

it 'flow: merge commit' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    land
    accepted
    out pmt audit
    has "$id"
EOT

it 'flow: squash' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    git switch -q main
    git merge -q --squash "change/$id" >/dev/null
    commit squash
    accepted
EOT

it 'flow: rebase onto a branch that went on' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    git switch -q main
    pmt -q task set T-4 progress=10%
    commit onward
    accepted
    git rebase -q main "change/$id"
    git switch -q main
    git merge -q --ff-only "change/$id"
    accepted
EOT

it 'flow: cherry-pick' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    git switch -q main
    pmt -q task set T-4 progress=10%
    commit onward
    git cherry-pick "main~1..change/$id" >/dev/null
    accepted
EOT

it 'flow: pmt change merge' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    git switch -q main
    pmt -q task set T-1 progress=10%
    commit onward
    pmt -q change merge "$id"
    accepted
    [ "$(git log -1 --format=%P | wc -w)" = 2 ]
EOT

it 'flow: edits that nothing protects' <<'EOT'
    guarded
    pmt -q task set T-1 progress=50% status=doing
    commit progress
    pmt -q risk add 网络不稳定 probability=40%
    commit risk
    pmt -q note T-1 看过现场
    commit note
    accepted
EOT

it 'flow: an approved revert' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    land
    accepted
    pmt -q change revert "$id"
    id=$(git branch --show-current | cut -c 8-)
    sign chen.jie submit
    sign zhang.min approve
    sign li.wei approve
    land
    accepted
    out pmt task show T-1 --format json
    json '.records[0].effort == 4800'
EOT

it 'flow: key rotation' <<'EOT'
    guarded
    ssh-keygen -q -t ed25519 -N '' -f ../key-new
    change resource set zhang.min "keys=$(cat ../key-new.pub)"
    sign chen.jie submit
    sign gao.yuan approve
    sign ma.chao approve
    land
    accepted
    mv ../key-new ../key-zhang.min
    mv ../key-new.pub ../key-zhang.min.pub
    approved task set T-1 effort=11d
    land
    accepted
EOT

it 'flow: a change of policy' <<'EOT'
    guarded
    change policy set scope approve=sponsor
    sign chen.jie submit
    sign gao.yuan approve
    sign ma.chao approve
    land
    accepted
    change task set T-1 effort=11d
    sign chen.jie submit
    sign zhang.min approve
    land
    accepted
EOT

it 'flow: two changes in one push' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    land
    approved task set T-4 effort=11d
    land
    accepted
EOT

it 'flow: two changes in one squash' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    first=$id
    approved requirement set REQ-1 priority=must
    git switch -q main
    git merge -q --no-ff -m one "change/$first"
    git merge -q --no-ff -m two "change/$id"
    tree=$(git rev-parse 'HEAD^{tree}')
    git reset -q --hard origin/main
    git read-tree -u -m HEAD "$tree"
    git commit -q -m both
    accepted
EOT

it 'flow: overlapping changes in order' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    land
    approved task set T-1 effort=12d
    land
    accepted
EOT

it 'flow: renewal after staleness' <<'EOT'
    guarded
    approved task set T-1 effort=12d
    late=$id
    approved task set T-1 effort=11d
    land
    accepted
    id=$late
    git switch -q "change/$id"
    git merge -q -X theirs --no-edit main >/dev/null 2>&1 || { git checkout -q --theirs .; git add -A; git commit -q --no-edit; }
    pmt -q task set T-1 effort=12d
    git commit -q -a -m 'on top of it'
    git switch -q main
    git merge -q --no-ff -m stale "change/$id"
    refused delta-stale
    restore
    sign chen.jie renew
    land
    refused approval-missing
    restore
    sign zhang.min approve
    sign li.wei approve
    land
    accepted
EOT

it 'flow: emergency with later ratification' <<'EOT'
    guarded
    change task set T-1 effort=11d
    pmt -q change set "$id" class=emergency
    git commit -q -a -m class
    sign chen.jie submit
    sign zhang.min approve
    land
    accepted
    urgent=$id
    # While its review is open, what is free passes, and nothing else.
    pmt -q task set T-4 progress=10%
    commit progress
    accepted
    approved task set T-4 effort=11d
    land
    refused emergency-open
    restore
    waiting=$id
    id=$urgent
    sign li.wei ratify
    sign wang.fang ratify
    git switch -q main
    git merge -q --no-edit "change/$id" 2>/dev/null || true
    accepted
    id=$waiting
    land
    accepted
EOT

it 'flow: who may ratify what' <<'EOT'
    guarded
    change task set T-1 effort=11d
    exits 1 sign li.wei ratify
    pmt -q change set "$id" class=emergency
    git commit -q -a -m class
    sign chen.jie submit
    sign zhang.min approve
    exits 1 sign li.wei ratify
    git switch -q main
    pmt -q change merge "$id"
    accepted
    sign li.wei ratify
    sign li.wei ratify
    # Two voices of one person: the review is not complete.
    git switch -q main
    git merge -q --no-edit "change/$id" 2>/dev/null
    refused event-void 'not complete'
EOT

it 'flow: a strict rule' <<'EOT'
    guarded
    change task set T-1 effort=25d
    sign chen.jie submit
    sign zhang.min approve
    sign li.wei approve
    sign wang.fang approve
    out pmt change show "$id" --format json
    json '[.rules[] | select(.satisfied) | .rule] | sort == ["money", "scope"]'
    # What is free does not void it; anything else that is bound does, be it far away.
    git switch -q main
    pmt -q task set T-4 progress=10%
    commit progress
    accepted
    out pmt change merge "$id" --dry-run
    strict=$id
    approved task set T-4 effort=11d
    land
    accepted
    id=$strict
    exits 1 pmt change merge "$id"
    err_has 'pmt change renew'
    out pmt change show "$id"
    has 'a rule is strict'
    git switch -q "change/$id"
    git merge -q --no-edit main
    sign chen.jie renew
    sign zhang.min approve
    sign li.wei approve
    sign wang.fang approve
    git switch -q main
    pmt -q change merge "$id"
    accepted
EOT

it 'flow: the first baseline, by the majority of key holders' <<'EOT'
    guarded
    first=$(git rev-list --max-parents=0 HEAD)
    git init -q --bare ../young.git
    git remote set-url origin ../young.git
    git reset -q --hard "$first"
    git push -q origin main
    (
        cd ../young.git
        git config pmt.trust "$(pmt verify --pin main)"
        pmt -q hook install
    )
    rm -rf ../server.git
    mv ../young.git ../server.git
    git remote set-url origin ../server.git
    git fetch -q
    pmt change add baseline >/dev/null 2>&1
    id=$(git branch --show-current | cut -c 8-)
    pmt -q baseline freeze 1 >/dev/null
    git add -A
    git commit -q -m freeze
    sign chen.jie submit
    sign zhang.min approve
    sign li.wei approve
    land
    refused approval-missing root
    restore
    sign gao.yuan approve
    land
    accepted
EOT

it 'flow: a new server pinned on an old history' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    land
    accepted
    git clone -q --bare ../server.git ../later.git
    (
        cd ../later.git
        git config pmt.trust "$(pmt verify --pin main)"
        pmt -q hook install
    )
    rm -rf ../server.git
    mv ../later.git ../server.git
    approved task set T-4 effort=11d
    land
    accepted
EOT

it 'flow: a withdrawn and a rejected change stay in the register' <<'EOT'
    guarded
    change task set T-1 effort=11d
    sign chen.jie submit
    sign li.wei reject
    pmt -q change merge "$id"
    accepted
    change task set T-1 effort=12d
    sign chen.jie submit
    sign chen.jie withdraw
    pmt -q change merge "$id"
    accepted
    out pmt change --format json
    json '[.records[].state] | sort == ["rejected", "withdrawn"]'
EOT

it 'flow: other branches are free' <<'EOT'
    guarded
    git switch -q -c sketch
    pmt -q task set T-1 effort=1d
    commit sketch
    git push -q origin sketch
EOT

it 'flow: a job of a CI system' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    land
    git push -q ../server.git main:refs/heads/ci
    git clone -q ../server.git ../job 2>/dev/null
    cd ../job
    git checkout -q origin/ci
    out pmt verify origin/main..HEAD --ref main --trust "$(git -C ../server.git config pmt.trust)" --annotations gitlab
    json 'length == 0'
    sed -i 's/effort  = 20d/effort  = 1d/' plan.ini
    commit edit
    exits 1 pmt verify origin/main..HEAD --ref main --trust "$(git -C ../server.git config pmt.trust)" --annotations gitlab
    json '.[0].check_name == "uncovered"'
EOT

finish
