#!/bin/sh
# Attacks on who approves what: design page of change control, every one against a real server hook with real keys.
. "${0%/*}/lib.sh"
. "${0%/*}/guarded.sh"

it 'attack: direct push without approval' <<'EOT'
    guarded
    pmt task set T-1 effort=11d
    commit direct
    refused uncovered 'task T-1 effort'
    restore
    approved task set T-1 effort=11d
    land
    accepted
EOT

it 'attack: own change approved' <<'EOT'
    guarded
    change task set T-1 effort=11d
    sign zhang.min submit
    exits 1 pmt change approve $id --as zhang.min --key ../key-zhang.min
    forge 1-zhang.min-submit zhang.min sequence=2 verdict=approve delta= roles=sponsor
    sign li.wei approve
    land
    refused approval-missing sponsor
EOT

it 'attack: own change approved, a colleague having submitted it once more' <<'EOT'
    guarded
    change task set T-1 effort=12d
    sign zhang.min submit
    pmt -q task set T-1 effort=11d
    commit less
    sign chen.jie renew
    forge 2-chen.jie-submit zhang.min sequence=3 verdict=approve person=zhang.min delta= roles=sponsor
    sign li.wei approve
    land
    refused approval-missing sponsor
EOT

it "attack: another's name over one's own signature" <<'EOT'
    guarded
    change task set T-1 effort=11d
    sign chen.jie submit
    forge 1-chen.jie-submit mallory sequence=2 verdict=approve person=zhang.min delta= roles=sponsor
    sign li.wei approve
    land
    refused approval-missing sponsor
    # A person of the project is no better.
    restore
    git branch -q -D change/$id
    change task set T-1 effort=11d
    sign chen.jie submit
    forge 1-chen.jie-submit wang.fang sequence=2 verdict=approve person=zhang.min delta= roles=sponsor
    sign li.wei approve
    land
    refused approval-missing sponsor
EOT

it 'attack: a signer without the role, whatever is claimed' <<'EOT'
    guarded
    change task set T-1 effort=11d
    sign chen.jie submit
    forge 1-chen.jie-submit gao.yuan sequence=2 verdict=approve person=gao.yuan delta= roles=sponsor
    sign li.wei approve
    land
    refused approval-missing sponsor
EOT

it 'attack: policy weakened in the same change' <<'EOT'
    guarded
    change policy set scope 'approve=1 of ccb'
    pmt -q task set T-1 effort=11d
    commit both
    sign chen.jie submit
    sign li.wei approve
    land
    refused approval-missing
EOT

it 'attack: policy removed and the change made, in one push' <<'EOT'
    guarded
    rm policy.ini
    commit 'no policy'
    pmt task set T-1 effort=11d
    commit effort
    refused uncovered policy
EOT

it 'attack: roles given in the same change' <<'EOT'
    guarded
    change resource set chen.jie roles=sponsor
    pmt -q task set T-1 effort=11d
    commit both
    sign li.wei submit
    forge 1-li.wei-submit chen.jie sequence=2 verdict=approve person=chen.jie delta= roles=sponsor
    sign wang.fang approve
    land
    refused approval-missing
EOT

it 'attack: keys replaced in the same change' <<'EOT'
    guarded
    change task set T-1 effort=11d
    sed -i "s|^keys  = .* zhang.min\$|keys  = $(cat ../key-mallory.pub)|" people.ini
    commit key
    sign chen.jie submit
    forge 1-chen.jie-submit mallory sequence=2 verdict=approve person=zhang.min delta= roles=sponsor
    sign li.wei approve
    land
    refused approval-missing
EOT

it 'attack: edited after approval' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    git switch -q change/$id
    pmt -q task set T-1 effort=12d
    commit more
    land
    refused content-altered
    restore
    # One more field of the same record, and of another one.
    git switch -q change/$id
    pmt -q task set T-1 effort=11d
    pmt -q task set T-2 effort=21d
    commit else
    land
    refused uncovered 'task T-2 effort'
EOT

it 'attack: approval replayed on other content' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    git switch -q change/$id
    pmt -q task set T-1 effort=30d
    commit more
    forge 1-chen.jie-submit chen.jie sequence=4
    pmt -q change renew $id --as chen.jie --key ../key-chen.jie
    land
    refused approval-missing
EOT

it 'attack: approval replayed on another change' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    first=$id
    change task set T-2 effort=21d
    sign chen.jie submit
    for event in 2-zhang.min-approve 3-li.wei-approve; do
        git show change/$first:changes/$first/$event.ini | sed "s/$first/$id/" >changes/$id/$event.ini
    done
    commit replayed
    land
    refused check-failed 'the event was made'
    # With the other's uid and digest put in, it is no longer what was signed.
    git switch -q change/$id
    for field in change digest; do
        value=$(sed -n "s/^$field *= //p" changes/$id/1-chen.jie-submit.ini)
        sed -i "s|^$field\( *\)= .*|$field\1= $value|" changes/$id/[23]-*.ini
    done
    commit 'better replayed'
    restore
    land
    refused approval-missing
EOT

it 'attack: a change landed a second time under its uid, or another id' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    land
    accepted
    # What it changed is undone by an approved revert, and then replayed (ABA).
    first=$id
    pmt -q change revert $first
    id=$(git branch --show-current | cut -c 8-)
    sign chen.jie submit
    sign zhang.min approve
    sign li.wei approve
    land
    accepted
    pmt -q task set T-1 effort=11d
    commit again
    refused uncovered
    restore
    pmt -q task set T-1 effort=11d
    mkdir changes/CR-zzzzz
    sed "s/$first/CR-zzzzz/" changes/$first/change.ini >changes/CR-zzzzz/change.ini
    for event in 1-chen.jie-submit 2-zhang.min-approve 3-li.wei-approve; do
        sed "s/$first/CR-zzzzz/" changes/$first/$event.ini >changes/CR-zzzzz/$event.ini
    done
    commit replayed
    refused change-uid
EOT

it 'attack: approval of another project, branch or fork' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    git switch -q change/$id
    forge 2-zhang.min-approve zhang.min project=0000000000000000
    land
    refused approval-missing
    restore
    git switch -q change/$id
    forge 2-zhang.min-approve zhang.min project=7K3QW9M2XH4T8R5B target=refs/heads/release
    restore
    land
    refused approval-missing
    # A fork that has an identity of its own takes nobody's approvals.
    restore
    git switch -q change/$id
    forge 2-zhang.min-approve zhang.min target=refs/heads/main
    restore
    land
    accepted
EOT

it 'attack: a whole change made for another branch' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    for event in 1-chen.jie-submit 2-zhang.min-approve 3-li.wei-approve; do
        who=${event#*-}
        forge $event ${who%-*} target=refs/heads/release
    done
    land
    refused submission-missing
EOT

it 'attack: a removed key' <<'EOT'
    guarded
    # The sponsor's key goes, by the book.
    change resource set zhang.min "keys=$(cat ../key-mallory.pub)"
    sign chen.jie submit
    sign gao.yuan approve
    sign ma.chao approve
    land
    accepted
    change task set T-1 effort=11d
    sign chen.jie submit
    forge 1-chen.jie-submit zhang.min sequence=2 verdict=approve person=zhang.min delta= roles=sponsor
    sign li.wei approve
    land
    refused approval-missing sponsor
    # Backdating proves nothing.
    git switch -q change/$id
    forge 2-zhang.min-approve zhang.min 'date=2020-01-01 00:00'
    restore
    GIT_COMMITTER_DATE=2020-01-01T00:00:00Z GIT_AUTHOR_DATE=2020-01-01T00:00:00Z git merge -q --no-ff -m old change/$id
    refused approval-missing sponsor
EOT

it 'attack: one person counted twice, by two roles or two keys' <<'EOT'
    guarded
    # money wants 2 of ccb beside the sponsor.
    change task set T-1 effort=25d
    sign chen.jie submit
    sign zhang.min approve
    sign li.wei approve
    forge 3-li.wei-approve li.wei sequence=4
    land
    refused approval-missing ccb
    restore
    sign wang.fang approve
    land
    accepted
EOT

it 'attack: a second key of one person is no second person' <<'EOT'
    guarded
    change resource set li.wei "keys+=$(cat ../key-mallory.pub)"
    sign chen.jie submit
    sign gao.yuan approve
    sign ma.chao approve
    land
    accepted
    change task set T-1 effort=25d
    sign chen.jie submit
    sign zhang.min approve
    sign li.wei approve
    forge 3-li.wei-approve mallory sequence=4
    land
    refused approval-missing ccb
EOT

it "attack: somebody else's submission landed without its content" <<'EOT'
    guarded
    approved task set T-1 effort=11d
    git switch -q main
    git checkout -q change/$id -- changes
    commit 'only the record'
    refused content-altered
EOT

it 'attack: git revert of a merged change' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    land
    accepted
    git revert --no-edit -m 1 HEAD >/dev/null
    refused event-altered
EOT

finish
