#!/bin/sh
# Attacks and flows that are about one rule each: what tests/rules.txt says of them is that nothing else sees them.
. "${0%/*}/lib.sh"
. "${0%/*}/guarded.sh"

# The first baseline where nothing but the implicit root is protected: six people have keys, four make a majority.
first_baseline() {
	git reset -q --hard "$(git rev-list --max-parents=0 HEAD)"
	server_anew
	pmt change add baseline >/dev/null 2>&1
	id=$(git branch --show-current | cut -c 8-)
	pmt -q baseline freeze 1 >/dev/null
	git add -A
	git commit -q -m freeze
	sign chen.jie submit
	sign zhang.min approve
	sign li.wei approve
}

it 'attack: votes of nobody, a rejection by nobody' <<'EOT'
    guarded
    first_baseline
    forge 2-zhang.min-approve mallory sequence=4 person=wang.fang
    land
    refused approval-missing root
    restore
    # The submitter's own signature counts here, and once.
    forge 2-zhang.min-approve chen.jie sequence=5 person=chen.jie
    land
    refused approval-missing root
    restore
    sign gao.yuan approve
    forge 2-zhang.min-approve mallory sequence=7 verdict=reject person=ma.chao
    land
    accepted
EOT

it 'attack: two submissions of one number' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    forge 1-chen.jie-submit gao.yuan person=gao.yuan
    land
    refused submission-missing
EOT

it 'flow: a rejection by somebody whom no rule names' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    forge 2-zhang.min-approve gao.yuan sequence=4 verdict=reject person=gao.yuan roles=admin
    land
    accepted
EOT

it 'attack: a submission that builds on more than was approved' <<'EOT'
    guarded
    approved task set T-4 effort=11d
    land
    accepted
    uid=$(sed -n 's/^uid *= //p' changes/$id/change.ini)
    approved task set T-1 effort=11d
    forge 1-chen.jie-submit chen.jie after=$uid
    land
    refused approval-missing
EOT

it 'attack: more events than are read' <<'EOT'
    guarded
    git -C ../server.git config pmt.limit.records 2
    approved task set T-1 effort=11d
    land
    refused 'events, more than the limit of 2'
    git -C ../server.git config pmt.limit.records 3
    accepted
EOT

it 'flow: a rejection of what was renewed' <<'EOT'
    guarded
    change task set T-1 effort=12d
    sign chen.jie submit
    sign li.wei reject
    pmt -q task set T-1 effort=11d
    commit less
    sign chen.jie renew
    sign zhang.min approve
    sign wang.fang approve
    land
    accepted
    [ "$(git grep -h -c 'effort = 11d' plan.ini)" = 1 ] || grep -q 'effort *= 11d' plan.ini
EOT

it 'flow: a rejection taken back' <<'EOT'
    guarded
    change task set T-1 effort=11d
    sign chen.jie submit
    sign zhang.min approve
    sign li.wei reject
    forge 2-zhang.min-approve li.wei sequence=4 person=li.wei roles=ccb
    land
    accepted
EOT

it 'attack: an approval taken back by a narrower one' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    forge 2-zhang.min-approve zhang.min sequence=4 ceiling_cost=1.0000
    land
    refused approval-missing sponsor
EOT

it 'attack: a withdrawal is no yes' <<'EOT'
    guarded
    change task set T-1 effort=11d
    sign chen.jie submit
    forge 1-chen.jie-submit zhang.min sequence=2 verdict=withdraw person=zhang.min delta= roles=sponsor
    sign li.wei approve
    land
    refused approval-missing sponsor
EOT

it 'attack: strict: another base, another result' <<'EOT'
    guarded
    approved task set T-1 effort=25d
    sign wang.fang approve
    tip=$(git rev-parse HEAD)
    other=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
    for field in base result; do
        git switch -q main
        git branch -q -f change/$id $tip
        forge 2-zhang.min-approve zhang.min $field=$other
        land
        refused approval-missing money
        restore
    done
    git branch -q -f change/$id $tip
    land
    accepted
EOT

it 'attack: strict: another field moved between approval and landing' <<'EOT'
    guarded
    approved task set T-1 effort=25d
    sign wang.fang approve
    large=$id
    approved requirement set REQ-1 'title=实时结算'
    land
    accepted
    id=$large
    land
    refused approval-missing money
    restore
    # Given anew for what is there now, they count.
    git switch -q change/$id
    git merge -q --no-edit main
    git rm -q changes/$id/[234]-*
    git commit -q -m 'approvals taken out'
    for person in zhang.min li.wei wang.fang; do sign $person approve; done
    land
    accepted
EOT

it 'attack: a rule that names nobody' <<'EOT'
    guarded
    change policy set scope approve=
    sign chen.jie submit
    sign gao.yuan approve
    sign ma.chao approve
    land
    accepted
    change task set T-1 effort=11d
    sign chen.jie submit
    for person in zhang.min li.wei wang.fang; do
        forge 1-chen.jie-submit $person sequence=2 verdict=approve person=$person delta= roles=sponsor,ccb
    done
    land
    refused approval-missing 'names nobody'
EOT

it 'flow: beyond the limit, and no worse than before' <<'EOT'
    guarded
    approved task set T-4 effort=16d
    sign wang.fang approve
    land
    accepted
    approved task set T-4 'title=用户培训'
    land
    accepted
    approved task set T-4 effort=15.5d
    land
    accepted
EOT

it 'attack: a condition that cannot be told' <<'EOT'
    guarded
    change policy set money 'when=churn > 20000 USD'
    sign chen.jie submit
    sign gao.yuan approve
    sign ma.chao approve
    land
    accepted
    approved task set T-1 effort=11d
    land
    refused approval-missing money
EOT

it 'flow: before the baseline nothing waits for it' <<'EOT'
    guarded
    git reset -q --hard "$(git rev-list --max-parents=0 HEAD)"
    world_policy
    commit policy
    server_anew
    pmt -q task set T-1 effort=11d
    commit effort
    accepted
EOT

it 'attack: one of two rules is satisfied' <<'EOT'
    guarded
    change task set T-1 effort=11d
    pmt -q resource set chen.jie roles=ccb
    commit both
    sign chen.jie submit
    tip=$(git rev-parse HEAD)
    sign zhang.min approve
    sign li.wei approve
    land
    refused approval-missing root
    restore
    git branch -q -f change/$id $tip
    git switch -q change/$id
    sign gao.yuan approve
    sign ma.chao approve
    land
    refused approval-missing scope
EOT

it 'attack: a void rejection in an emergency' <<'EOT'
    guarded
    urgent chen.jie task set T-1 effort=11d
    forge 2-zhang.min-approve gao.yuan sequence=3 verdict=reject person=gao.yuan roles=admin
    land
    refused event-void
EOT

it 'attack: a second emergency while one is open' <<'EOT'
    guarded
    urgent chen.jie task set T-1 effort=11d
    land
    accepted
    urgent chen.jie task set T-4 effort=11d
    land
    refused emergency-open
EOT

it 'attack: ratified before it landed' <<'EOT'
    guarded
    urgent chen.jie task set T-1 effort=11d
    forge 2-zhang.min-approve li.wei sequence=3 verdict=ratify person=li.wei roles=ccb
    forge 2-zhang.min-approve wang.fang sequence=4 verdict=ratify person=wang.fang roles=ccb
    land
    refused event-void
EOT

it 'attack: ratified by its submitter' <<'EOT'
    guarded
    urgent li.wei task set T-1 effort=11d
    land
    accepted
    ratify 2-zhang.min-approve li.wei sequence=3 verdict=ratify person=li.wei roles=ccb
    forge 2-zhang.min-approve wang.fang sequence=4 verdict=ratify person=wang.fang roles=ccb
    landed
    refused event-void
EOT

it 'attack: a ratification of something else, for another branch, by nobody' <<'EOT'
    guarded
    urgent chen.jie task set T-1 effort=11d
    land
    accepted
    other=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
    for spoilt in digest=$other target=refs/heads/release project=0000000000000000; do
        ratify 2-zhang.min-approve li.wei sequence=3 verdict=ratify person=li.wei roles=ccb $spoilt
        forge 2-zhang.min-approve wang.fang sequence=4 verdict=ratify person=wang.fang roles=ccb
        landed
        refused event-void
        restore
    done
    ratify 2-zhang.min-approve mallory sequence=3 verdict=ratify person=li.wei roles=ccb
    forge 2-zhang.min-approve wang.fang sequence=4 verdict=ratify person=wang.fang roles=ccb
    landed
    refused event-void
    restore
    ratify 2-zhang.min-approve li.wei sequence=3 verdict=ratify person=li.wei roles=ccb
    forge 2-zhang.min-approve wang.fang sequence=4 verdict=ratify person=wang.fang roles=ccb
    landed
    accepted
EOT

it 'attack: no emergency is ratified' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    land
    accepted
    ratify 2-zhang.min-approve li.wei sequence=4 verdict=ratify person=li.wei roles=ccb
    forge 2-zhang.min-approve wang.fang sequence=5 verdict=ratify person=wang.fang roles=ccb
    landed
    refused event-void
EOT

it 'attack: a revert that is none, while an emergency is open' <<'EOT'
    guarded
    urgent chen.jie task set T-1 effort=11d
    land
    accepted
    uid=$(sed -n 's/^uid *= //p' changes/$id/change.ini)
    # It says that it builds on it, and changes something else.
    approved task set T-4 effort=11d
    for event in 1-chen.jie-submit 2-zhang.min-approve 3-li.wei-approve; do
        who=${event#*-}
        forge $event ${who%-*} after=$uid
    done
    land
    refused emergency-open
    restore
    # It turns it round, and does not say so: later nobody would know that it did.
    approved task set T-1 effort=10d
    land
    refused emergency-open
EOT

it 'attack: a value that cannot be, a loop' <<'EOT'
    guarded
    sed -i 's/^title *= 培训/&\nstatus = nonsense/' plan.ini
    commit value
    refused check-failed
    restore
    approved task set T-1 effort=11d
    sed -i 's/^effort *= 11d/&\ndepends = T-3/' plan.ini
    git diff --quiet && fail 'no loop'
    git commit -q -a -m loop
    land
    refused check-failed
EOT

it 'attack: a uid changed on the way' <<'EOT'
    guarded
    change task set T-1 effort=11d
    sed -i 's/^uid *= .*/uid = ZZZZZZZZZZZZZZZZ/' changes/$id/change.ini
    git commit -q -a -m uid
    sign chen.jie submit
    sign zhang.min approve
    sign li.wei approve
    landed
    refused event-altered
EOT

it 'flow: a role given, then used, in one push; attack: the other way round' <<'EOT'
    guarded
    change resource set wang.fang 'roles=ccb, sponsor'
    sign chen.jie submit
    sign gao.yuan approve
    sign ma.chao approve
    role=$id
    change task set T-1 effort=11d
    sign chen.jie submit
    forge 1-chen.jie-submit wang.fang sequence=2 verdict=approve person=wang.fang delta= 'roles=ccb, sponsor'
    sign li.wei approve
    use=$id
    land
    id=$role
    land
    refused approval-missing sponsor
    restore
    land
    id=$use
    land
    accepted
EOT

it 'attack: pmt.ini removed, and the project restored in one push' <<'EOT'
    guarded
    git rm -q pmt.ini
    git commit -q -m gone
    refused project-gone
    git revert --no-edit HEAD >/dev/null
    refused project-gone
    restore
    git rm -q -r .
    git commit -q -m 'all gone'
    git revert --no-edit HEAD >/dev/null
    refused project-gone
EOT

it 'attack: a change that builds on one that never lands' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    for event in 1-chen.jie-submit 2-zhang.min-approve 3-li.wei-approve; do
        who=${event#*-}
        forge $event ${who%-*} after=ZZZZZZZZZZZZZZZZ
    done
    land
    refused after-missing
EOT

it "attack: a commit's signature in place of an approval's" <<'EOT'
    guarded
    approved task set T-1 effort=11d
    git switch -q change/$id
    event=changes/$id/2-zhang.min-approve.ini
    sed "s/-n pmt-approval/-n git/" "$here/forge.pl" >../forge-git.pl
    perl ../forge-git.pl $event ../key-zhang.min
    ! git diff --quiet || fail 'the signature is the same'
    git commit -q -a -m namespace
    land
    refused approval-missing sponsor
EOT

it 'attack: a refused push leaves nothing behind' <<'EOT'
    guarded
    before=$(git -C ../server.git count-objects)
    pmt -q task set T-1 effort=11d
    commit direct
    refused uncovered
    [ "$before" = "$(git -C ../server.git count-objects)" ] || fail 'the server kept objects'
    ! git -C ../server.git cat-file -e "$(git rev-parse HEAD)" || fail 'the server kept the commit'
EOT

it 'attack: the update hook alone guards as well' <<'EOT'
    guarded
    rm ../server.git/hooks/pre-receive
    printf '#!/bin/sh\nexec pmt hook run update "$@"\n' >../server.git/hooks/update
    chmod +x ../server.git/hooks/update
    pmt -q task set T-1 effort=11d
    commit direct
    refused uncovered
    restore
    approved task set T-1 effort=11d
    land
    accepted
EOT

it 'flow: a linked work tree is judged like any' <<'EOT'
    guarded
    git worktree add -q ../linked -b linked
    cd ../linked
    pmt -q task set T-1 effort=11d
    commit direct
    exits 1 pmt verify origin/main..HEAD --ref main
    has uncovered
    ! git push -q origin linked:main 2>"$ERR" || fail accepted
    err_has uncovered
EOT

it 'attack: nobody there who could check a signature' <<'EOT'
    guarded
    mkdir ../few
    for program in git pmt sh cat; do ln -s "$(command -v $program)" ../few/; done
    sed -i "2i PATH='$(cd ../few && pwd)'" ../server.git/hooks/pre-receive
    approved task set T-1 effort=11d
    land
    refused ssh-keygen
    status=0
    PATH="$(cd ../few && pwd)" pmt verify >"$OUT" 2>"$ERR" || status=$?
    [ $status -eq 3 ] || fail "exit status $status"
    err_has ssh-keygen
EOT

it 'attack: a hook that hears nothing' <<'EOT'
    guarded
    exits 3 pmt hook run pre-receive </dev/null
    cd ../server.git
    exits 3 pmt hook run pre-receive </dev/null
    printf '\n' >../blank
    exits 3 pmt hook run pre-receive <../blank
    cd ../work
    # Without the program that reads it, too.
    mkdir ../few
    for program in git pmt sh ssh-keygen; do ln -s "$(command -v $program)" ../few/; done
    sed -i "2i PATH='$(cd ../few && pwd)'" ../server.git/hooks/pre-receive
    pmt -q task set T-1 effort=11d
    commit direct
    refused 'not found'
EOT

it 'attack: the parent of a touched record is another by now' <<'EOT'
    guarded
    approved task set T-4 effort=11d
    first=$id
    approved task add 上线准备
    land
    accepted
    group=$(sed -n 's/^\[task \(T-[5-9]\)\]/\1/p' plan.ini)
    approved task set T-4 parent=$group
    land
    accepted
    id=$first
    pmt -q task set T-4 effort=11d
    git checkout -q change/$id -- changes/$id
    commit late
    refused delta-stale
EOT

it 'attack: a repository of a format that cannot be read' <<'EOT'
    guarded
    git init -q --object-format=sha256 ../wide 2>/dev/null || skip 'git knows no sha256'
    cp -r pmt.ini plan.ini people.ini policy.ini requirements.ini ../wide/
    cd ../wide
    git add -A
    git commit -q -m wide
    exits 3 pmt verify
    err_has 'SHA-256, which'
EOT

it 'attack: a plan that runs in a circle' <<'EOT'
    guarded
    sed -i '/^\[task T-1\]/a depends = T-3' plan.ini
    commit circle
    refused check-failed
EOT

finish
