#!/bin/sh
. "${0%/*}/lib.sh"

# ssh-keygen signs and checks; people are zhang (sponsor), li and wang (ccb).
people() {
    for person in zhang li wang; do
        ssh-keygen -q -t ed25519 -N '' -C $person -f ../key-$person
        role=ccb
        [ $person = zhang ] && role=sponsor
        printf '[resource %s]\nroles = %s\nkeys = %s\n\n' $person $role "$(cat ../key-$person.pub)"
    done >people.ini
}

it 'says what to do where nothing says whom to trust' <<'EOT'
    repository
    exits 1 pmt verify
    err_has 'nothing says whom to trust'
    err_matches 'git config pmt.trust [0-9a-f]{40}:[0-9a-f]{64}'
    exits 1 pmt audit
    err_has 'there is none'
    git config pmt.trust "$(pmt verify --pin)"
    out pmt verify
    has 'states no policy'
    out pmt verify --format json
    json '.summary.accepted and .summary.pinned and (.summary.policy | not)'
EOT

it 'refuses an unapproved change of what a policy protects' <<'EOT'
    command -v ssh-keygen >/dev/null || skip 'there is no ssh-keygen'
    repository
    people
    pmt task add Alpha effort=5d
    pmt policy add scope protect=task.effort 'approve=sponsor, 1 of ccb'
    commit base
    git config pmt.trust "$(pmt verify --pin)"
    out pmt verify
    pmt task set T-1 title=Beta
    commit free
    out pmt verify
    lacks 'states no policy'
    pmt task set T-1 effort=6d
    commit wrong
    exits 1 pmt verify
    has 'uncovered'
    has 'task T-1 effort'
    exits 1 pmt verify --format json
    json '.findings[0].rule == "scope" and .findings[0].finding == "uncovered" and (.summary.accepted | not)'
    exits 1 pmt verify --annotations github
    has '::error title=uncovered::'
    exits 1 pmt verify --annotations gitlab
    json '.[0].check_name == "uncovered" and .[0].location.path == "pmt.ini" and (.[0].fingerprint | length) == 64'
    exits 1 pmt --lang zh_CN verify
    has '受保护'
    # Taking it back makes the end clean, and not the way there.
    git revert --no-edit HEAD
    exits 1 pmt verify
    has 'step-uncovered'
EOT

it 'judges the guarded branch, whatever is checked out' <<'EOT'
    repository
    pmt task add Alpha effort=5d
    commit base
    git clone -q . ../clone
    cd ../clone
    git switch -q -c topic
    git remote set-head origin --delete
    out pmt verify --format json --trust "$(pmt verify --pin)"
    json '.summary.ref == "refs/heads/main"'
    # A CI system checks out a commit, and has the branches of the remote alone.
    git switch -q --detach
    git branch -q -D main topic
    out pmt verify HEAD..HEAD --format json --trust "$(pmt verify --pin)"
    json '.summary.ref == "refs/heads/main"'
    git config pmt.guard release
    out pmt verify HEAD..HEAD --format json --trust "$(pmt verify --pin HEAD)"
    json '.summary.ref == "refs/heads/release"'
    # A server's is its own HEAD, whichever names are pushed.
    git clone -q --bare ../work ../server.git 2>/dev/null || git clone -q --bare "$OLDPWD" ../server.git
    cd ../server.git
    git remote remove origin
    git branch -q -m main trunk
    git branch -q main trunk
    out pmt verify HEAD..HEAD --format json --trust "$(pmt verify --pin)"
    json '.summary.ref == "refs/heads/trunk"'
EOT

it 'fails closed: what cannot be told is exit 3, what is wrong is exit 2' <<'EOT'
    repository
    pmt task add Alpha effort=5d
    commit more
    pin=$(pmt verify --pin)
    exits 2 pmt verify --trust nonsense
    err_has 'no pin'
    exits 3 pmt verify --trust "$(git rev-parse HEAD):$(printf '%064d' 0)"
    err_has 'not what was pinned'
    exits 2 pmt verify --annotations jenkins
    exits 2 pmt verify a b
    exits 2 pmt verify HEAD..nowhere
    git clone -q --depth 1 "file://$PWD" ../shallow
    cd ../shallow
    exits 3 pmt verify --trust "$pin" HEAD..HEAD
    err_has 'not all here'
    cd -
    git config pmt.trust "$pin"
    git config pmt.limit.commits 1
    git commit -q --allow-empty -m one
    git commit -q --allow-empty -m two
    exits 3 pmt verify
    err_has 'pmt.limit.commits'
    git config pmt.limit.commits none
    exits 2 pmt verify
EOT

it 'knows rewritten history, and offers the mended merge for a foxtrot' <<'EOT'
    repository
    git config pmt.trust "$(pmt verify --pin)"
    base=$(git rev-parse HEAD)
    git checkout -q -b side
    git commit -q --allow-empty -m side
    git checkout -q main
    git commit -q --allow-empty -m onward
    out pmt verify
    tip=$(git rev-parse HEAD)
    git checkout -q side
    git merge -q --no-edit main
    exits 1 pmt verify $tip..HEAD --ref main
    has 'history-foxtrot'
    has 'git commit-tree'
    # What it offers is what it says: the same tree, going on from the branch.
    exits 1 pmt verify $tip..HEAD --ref main --format json
    eval "$(jq -r '.next[0]' "$OUT")"
    out pmt verify $tip..HEAD --ref main
    git checkout -q main
    git reset -q --hard $base
    exits 1 pmt verify
    err_has 'no longer holds'
    rm .git/pmt/verified
    exits 1 pmt verify $tip..HEAD
    has 'history-rewritten'
EOT

it 'documents every finding' <<'EOT'
    sed -n 's/^\t{ "\([a-z-]*\)", N_(.*/\1/p' "$SRC/lib/change/judge_finding.c" >ids
    [ "$(wc -l <ids)" -gt 20 ]
    sort -c ids
    while read -r id; do
        grep -q "^.It Cm $id\$" "$SRC/man/pmt-verify.1.in" || fail "$id is not in the manual"
    done <ids
EOT

finish
