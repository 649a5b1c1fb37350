#!/bin/sh
# Attacks that join two or three others, and pushes of honest people that look like them.
. "${0%/*}/lib.sh"
. "${0%/*}/guarded.sh"

it 'attack: the folder moved within an emergency, and edited there' <<'EOT'
    guarded
    change task set T-1 effort=11d
    pmt -q change set "$id" class=emergency
    git commit -q -a -m class
    sign chen.jie submit
    sign zhang.min approve
    mkdir pm
    git mv plan.ini people.ini policy.ini requirements.ini baselines changes pmt.ini pm/
    git commit -q -m moved
    land
    accepted
    sed -i '0,/effort *= 10d/s//effort = 20d/' pm/plan.ini
    commit direct
    refused uncovered scope
    restore
    mkdir pm2
    cp pm/pmt.ini pm2/
    commit second
    refused project-twice
EOT

it 'attack: the uid changed, and a copy of the project left under the old one' <<'EOT'
    guarded
    mkdir old
    git mv plan.ini people.ini policy.ini requirements.ini baselines $(mkdir new; echo new)
    git mv pmt.ini new/
    cp -r new/* old/
    sed -i 's/7K3QW9M2XH4T8R5B/7K3QW9M2XH4T8R5C/' new/pmt.ini
    sed -i 's/effort *= 10d/effort = 90d/' new/plan.ini
    commit uid
    accepted
    # The copy under the pinned uid is the project: what is in it is guarded, the other is a project like any.
    sed -i '0,/effort *= 10d/s//effort = 20d/' old/plan.ini
    commit old
    refused uncovered scope
EOT

it 'attack: a key replaced, and the old one used behind it in one push; flow: the other way round' <<'EOT'
    guarded
    ssh-keygen -q -t ed25519 -N '' -f ../key-new
    change resource set zhang.min "keys=$(cut -d' ' -f1,2 ../key-new.pub)"
    sign chen.jie submit
    sign gao.yuan approve
    sign ma.chao approve
    rotation=$id
    approved task set T-1 effort=11d
    use=$id
    id=$rotation
    land
    id=$use
    land
    refused approval-missing sponsor
    restore
    id=$use
    land
    id=$rotation
    land
    accepted
EOT

it 'attack: a role taken away, and used behind it in one push; flow: the other way round' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    use=$id
    change resource set li.wei roles=
    sign chen.jie submit
    sign gao.yuan approve
    sign ma.chao approve
    gone=$id
    land
    id=$use
    land
    refused approval-missing ccb
    restore
    id=$use
    land
    id=$gone
    land
    accepted
    # Who approved then approved: what came later undoes nothing.
    out pmt audit
    has "$use"
EOT

it 'attack: withdrawn, landed, and replayed under higher numbers' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    sign chen.jie withdraw
    git switch -q main
    git checkout -q change/$id -- changes
    commit register
    accepted
    git branch -q -f change/$id main
    git switch -q change/$id
    pmt -q task set T-1 effort=11d
    git commit -q -a -m again
    forge 1-chen.jie-submit chen.jie sequence=5
    forge 2-zhang.min-approve zhang.min sequence=6
    forge 3-li.wei-approve li.wei sequence=7
    git switch -q main
    git merge -q --ff-only change/$id
    refused change-consumed
EOT

it 'attack: the bytes of an approval under a second name, on a second change' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    git switch -q change/$id
    cp changes/$id/2-zhang.min-approve.ini changes/$id/4-li.wei-approve.ini
    commit twice
    land
    refused duplicate-record
EOT

it 'attack: an octopus that brings an approved change and an edit' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    git switch -q main
    git switch -q -c side
    pmt -q task set T-4 effort=11d
    commit side
    git switch -q main
    git merge -q --no-ff -m octopus change/$id side
    refused uncovered scope
EOT

it 'attack: the same tree without history, and with it as a second parent' <<'EOT'
    guarded
    orphan=$(git commit-tree -m orphan 'HEAD^{tree}')
    refused history-rewritten '' +$orphan:main
    refused history-foxtrot '' +$(git commit-tree -p $orphan -p HEAD -m two 'HEAD^{tree}'):main
    # A merge of an older tree: what had landed is gone again.
    approved task set T-4 effort=11d
    land
    accepted
    refused event-altered '' $(git commit-tree -p main -p main~1 -m ours 'main~1^{tree}'):main
EOT

it 'attack: units, and an approved effort that means something else by them' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    git switch -q change/$id
    sed -i 's/^currency/hours_per_day = 4\n&/' pmt.ini
    git commit -q -a -m hours
    land
    refused uncovered hours_per_day
EOT

it 'attack: several references at once, one of them wrong' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    land
    git push -q origin main change/$id HEAD:refs/tags/baseline/9
    pmt -q task set T-4 effort=11d
    commit direct
    refused uncovered '' main HEAD:refs/tags/baseline/10 change/$id:refs/heads/x
    refused 'a baseline' '' HEAD:refs/tags/baseline/11 HEAD:refs/heads/y
EOT

it 'flow: clocks that are wrong' <<'EOT'
    guarded
    PMT_NOW=2099-01-01
    GIT_COMMITTER_DATE='2099-01-01T00:00:00+0000'
    export PMT_NOW GIT_COMMITTER_DATE
    change task set T-1 effort=11d
    sign chen.jie submit
    PMT_NOW=1971-01-01
    sign zhang.min approve
    sign li.wei approve
    land
    accepted
EOT

it 'flow: main merged into the branch on the way, and the branch into main' <<'EOT'
    guarded
    approved task set T-4 effort=11d
    git switch -q main
    pmt -q task set T-1 progress=10%
    commit onward
    git switch -q change/$id
    git merge -q --no-edit main
    git switch -q main
    pmt -q task set T-1 progress=20%
    commit onward
    git merge -q --no-edit change/$id
    accepted
EOT

finish
