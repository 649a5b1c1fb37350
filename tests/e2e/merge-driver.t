#!/bin/sh
. "${0%/*}/lib.sh"

driver() {
    pmt merge-driver "$@"
}

it 'merges three files and writes over ours' <<'EOT'
    printf '[task T-1]\ntitle = a\neffort = 1d\n' >o
    printf '[task T-1]\ntitle = b\neffort = 1d\n' >a
    printf '[task T-1]\ntitle = a\neffort = 2d\n' >b
    out pmt merge-driver o a b 7 plan.ini
    is </dev/null
    silent
    printf '[task T-1]\ntitle = b\neffort = 2d\n' >wanted
    same wanted a
EOT

it 'answers 1 at a conflict, with the block in the file' <<'EOT'
    printf '[task T-1]\ntitle = a\n' >o
    printf '[task T-1]\ntitle = b\n' >a
    printf '[task T-1]\ntitle = c\n' >b
    exits 1 pmt merge-driver o a b 7 plan.ini
    err_has "plan.ini:2: task T-1: 'title' was set to two values"
    grep -q '^; ======= theirs' a
EOT

it 'keeps both records of one number' <<'EOT'
    : >o
    printf '[task T-1]\ntitle = b\n' >a
    printf '[task T-1]\ntitle = c\n' >b
    out pmt merge-driver o a b
    [ "$(grep -c T-1 a)" = 2 ]
EOT

it 'says what is wrong with its arguments' <<'EOT'
    exits 2 pmt merge-driver a b
    exits 3 pmt merge-driver none none none
    err_has none
EOT

it 'is what git calls, in merge, rebase and cherry-pick' <<'EOT'
    repository
    echo '*.ini -text merge=pmt' >.gitattributes
    pmt hook install
    printf '[task T-1]\ntitle = a\neffort = 1d\npriority = 1\n' >plan.ini
    commit base
    git switch -q -c topic
    sed -i 's/1d/2d/' plan.ini
    commit theirs
    git switch -q main
    sed -i 's/= a/= b/' plan.ini
    commit ours
    git branch copy
    git merge -q --no-edit topic
    printf '[task T-1]\ntitle = b\neffort = 2d\npriority = 1\n' >wanted
    same wanted plan.ini
    git switch -q copy
    git cherry-pick topic
    same wanted plan.ini
    git switch -q topic
    git rebase -q main~1
    same wanted plan.ini
EOT

it 'leaves a conflict for git to see' <<'EOT'
    repository
    echo '*.ini -text merge=pmt' >.gitattributes
    pmt hook install
    printf '[task T-1]\ntitle = a\n' >plan.ini
    commit base
    git switch -q -c topic
    sed -i 's/= a/= c/' plan.ini
    commit theirs
    git switch -q main
    sed -i 's/= a/= b/' plan.ini
    commit ours
    ! git merge -q topic
    [ "$(git status --porcelain)" = 'UU plan.ini' ]
    exits 1 pmt check
    has merge-conflict
    grep -v '^; ' plan.ini >new && mv new plan.ini
    out pmt merge --continue
EOT

finish
