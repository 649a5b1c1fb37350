#!/bin/sh
# Attacks on history: what is pushed, in which order, and what is left out of it.
. "${0%/*}/lib.sh"
. "${0%/*}/guarded.sh"

it 'attack: an evil merge' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    git switch -q main
    git merge -q --no-ff --no-commit change/$id
    pmt -q task set T-3 effort=9d
    git add -A
    git commit -q -m merge
    refused uncovered 'task T-3 effort'
    restore
    land
    accepted
EOT

it 'attack: a squash that adds an edit' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    git switch -q main
    git merge -q --squash change/$id >/dev/null
    pmt -q task set T-3 effort=9d
    commit squash
    refused uncovered 'task T-3 effort'
    restore
    git merge -q --squash change/$id >/dev/null
    commit squash
    accepted
EOT

it 'attack: foxtrot merge' <<'EOT'
    guarded
    pmt -q task set T-1 progress=10%
    commit onward
    accepted
    git switch -q -c topic HEAD~1
    pmt -q task set T-1 effort=11d
    commit topic
    git merge -q --no-edit origin/main
    refused history-foxtrot 'commit-tree' topic:main
    # With our own tree kept, what came from the other side is lost besides.
    git reset -q --hard HEAD~1
    git merge -q --no-edit -s ours origin/main
    refused history-foxtrot 'commit-tree' topic:main
EOT

it 'attack: the mended merge is judged like any' <<'EOT'
    guarded
    pmt -q task set T-1 progress=10%
    commit onward
    accepted
    git switch -q -c topic HEAD~1
    pmt -q task set T-1 effort=11d
    commit topic
    git merge -q --no-edit origin/main
    merged=$(git commit-tree 'HEAD^{tree}' -p 'HEAD^2' -p 'HEAD^1' -m mended)
    refused uncovered 'task T-1 effort' $merged:refs/heads/main
EOT

it 'attack: unrelated or older history forced' <<'EOT'
    guarded
    pmt -q task set T-1 progress=10%
    commit onward
    accepted
    refused history-rewritten '' +HEAD~1:main
    git switch -q --orphan other
    git checkout -q main -- .
    pmt -q task set T-1 effort=1d
    commit other
    refused history-rewritten '' +other:main
    # The same tree without its past is refused as well.
    git switch -q main
    alone=$(git commit-tree 'HEAD^{tree}' -m alone)
    refused history-rewritten '' +$alone:refs/heads/main
EOT

it 'attack: the branch deleted, and made anew' <<'EOT'
    guarded
    refused 'the guarded branch cannot be deleted' '' :main
    accepted
EOT

it 'attack: a baseline tag moved or deleted' <<'EOT'
    guarded
    git tag baseline/1
    git push -q origin baseline/1
    git commit -q --allow-empty -m next
    git tag -f baseline/1 >/dev/null
    refused "a baseline's tag never moves" '' +refs/tags/baseline/1
    refused "a baseline's tag never moves" '' :refs/tags/baseline/1
    # A tag on what nobody has judged is none of a baseline.
    git switch -q -c side
    pmt -q task set T-1 effort=1d
    commit side
    git tag baseline/2
    refused 'that the guarded branch went through' '' refs/tags/baseline/2
    git switch -q main
    accepted
    git tag baseline/3
    git push -q origin baseline/3
EOT

it 'attack: refs/replace and grafts' <<'EOT'
    guarded
    honest=$(git rev-parse HEAD)
    pmt -q task set T-1 effort=11d
    commit evil
    evil=$(git rev-parse HEAD)
    same=$(git commit-tree "$honest^{tree}" -p $honest -m same)
    git replace $evil $same
    refused 'replaced objects' '' "refs/replace/*:refs/replace/*"
    # However the server came to hold it:
    git -C ../server.git fetch -q ../work "+refs/replace/*:refs/replace/*" || true
    git replace -d $evil >/dev/null
    refused uncovered 'task T-1 effort'
    exits 1 pmt verify
    # Seen from here as well, with the replacement in force.
    git replace $evil $same
    exits 1 pmt verify
    git replace -d $evil >/dev/null
    echo "$evil $honest" >../server.git/info/grafts
    refused uncovered 'task T-1 effort'
EOT

it 'attack: a file of the project swapped for a symbolic link' <<'EOT'
    guarded
    mkdir -p elsewhere
    git mv policy.ini elsewhere.txt
    ln -s elsewhere.txt policy.ini
    commit link
    refused policy
    restore
    mkdir -p ../outside
    git mv plan.ini plan.txt
    ln -s plan.txt plan.ini
    commit link
    refused ''
    restore
    git mv people.ini people.txt
    ln -s people.txt people.ini
    commit link
    refused ''
EOT

it 'attack: a withdrawal dropped' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    before=$(git rev-parse change/$id)
    git switch -q change/$id
    sign chen.jie withdraw
    git switch -q main
    git merge -q --no-ff -m late $before
    # The server holds the branch on which it was withdrawn.
    git push -q origin change/$id
    refused closed
EOT

it 'attack: a withdrawal that has landed is not there to be erased' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    git switch -q change/$id
    sign chen.jie withdraw
    git switch -q main
    git checkout -q change/$id -- changes
    commit 'the register keeps it'
    accepted
    rm changes/$id/4-*.ini
    pmt -q task set T-1 effort=11d
    commit erased
    refused event-altered
    restore
    # Its content alone is an unapproved edit.
    pmt -q task set T-1 effort=11d
    commit again
    refused uncovered
EOT

it "attack: a rejection by nobody who may, to stop others" <<'EOT'
    guarded
    approved task set T-1 effort=11d
    forge 2-zhang.min-approve mallory sequence=4 verdict=reject person=zhang.min
    land
    accepted
EOT

it "attack: another's withdrawal does not stop it" <<'EOT'
    guarded
    approved task set T-1 effort=11d
    forge 1-chen.jie-submit gao.yuan sequence=4 verdict=withdraw person=gao.yuan delta=
    land
    accepted
EOT

it 'attack: the register of changes erased, an event rewritten' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    land
    accepted
    git rm -q -r changes
    commit erased
    refused event-altered
    restore
    sed -i 's/^comment .*//; s/^date .*/date           = 2020-01-01 00:00/' changes/$id/1-chen.jie-submit.ini
    commit rewritten
    refused event-altered
    restore
    sed -i 's/^title .*/title = other/' changes/$id/change.ini
    commit renamed
    refused event-altered
EOT

it 'attack: two steps whose ends are clean' <<'EOT'
    guarded
    pmt -q task set T-1 effort=11d
    commit up
    pmt -q task set T-1 effort=10d
    commit down
    refused step-uncovered
EOT

it 'attack: an empty commit over what was not approved' <<'EOT'
    guarded
    pmt -q task set T-1 effort=11d
    commit up
    git commit -q --allow-empty -m nothing
    refused uncovered
    approved task set T-4 effort=11d
    land
    refused uncovered 'task T-1 effort'
EOT

it 'attack: an octopus, its approval on a parent that is not first' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    git branch side main
    git switch -q side
    pmt -q task set T-3 effort=9d
    commit side
    git switch -q main
    tree=$(git merge-tree --write-tree side change/$id)
    octopus=$(git commit-tree $tree -p main -p side -p change/$id -m octopus)
    refused uncovered 'task T-3 effort' $octopus:refs/heads/main
EOT

it 'attack: policy and approval taken from a branch that never landed' <<'EOT'
    guarded
    git switch -q -c easy
    pmt -q policy set scope 'approve=1 of ccb'
    commit easy
    pmt -q task set T-1 effort=11d
    commit effort
    git switch -q main
    git merge -q --no-ff -m merge easy
    refused uncovered
EOT

it 'attack: the project moved, and another put in its place' <<'EOT'
    guarded
    mkdir old
    git mv pmt.ini plan.ini people.ini policy.ini requirements.ini baselines old/
    cat >pmt.ini <<'END'
[project]
format = 1
uid    = 7K3QW9M2XH4T8R5C
name   = other
start  = 2026-03-02
END
    commit shadow
    # It is where its uid is: that it moved alters nothing, and there it is guarded.
    accepted
    sed -i 's/effort  = 20d/effort  = 1d/' old/plan.ini
    commit edit
    refused uncovered 'task T-2 effort'
    restore
    git revert --no-edit HEAD >/dev/null
    accepted
    # A nested pmt.ini hides what lies below it.
    mkdir more
    printf '[project]\nname = nested\n' >more/pmt.ini
    commit nested
    refused uncovered
EOT

finish
