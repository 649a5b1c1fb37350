#!/bin/sh
. "${0%/*}/lib.sh"

it 'installs and removes, and keeps what was there' <<'EOT'
    repository
    out pmt hook --format csv
    has 'pre-commit,absent'
    printf '#!/bin/sh\necho user hook ran >>ran\n' >.git/hooks/pre-commit
    chmod +x .git/hooks/pre-commit
    cp .git/hooks/pre-commit before
    out pmt hook --format csv
    has 'pre-commit,other'
    out pmt hook install
    out pmt hook --format csv
    has 'pre-commit,chained'
    has 'post-merge,installed'
    has 'merge.pmt.driver,installed'
    pmt task add Alpha
    commit one
    grep -q 'user hook ran' ran
    out pmt hook install
    err_has 'there already'
    out pmt hook uninstall
    same before .git/hooks/pre-commit
    [ ! -e .git/hooks/post-merge ]
    [ -z "$(git config merge.pmt.driver)" ]
    out pmt hook uninstall
    err_has 'nothing to remove'
EOT

it 'comes with init' <<'EOT'
    pmt init demo
    cd demo
    out pmt hook --format json
    json '[.hooks[] | select(.state == "installed")] | length == 4'
    out pmt check --strict
EOT

it 'refuses a commit that brings errors, and only that' <<'EOT'
    repository
    pmt hook install
    printf '[task T-1]\ntitle = a\ndepends = T-9\n' >plan.ini
    git add -A
    exits 1 git commit -q -m wrong
    err_has 'ref-unknown'
    err_has 'new errors'
    git commit -q --no-verify -m wrong
    # What is wrong already stops nobody.
    pmt task add Beta
    commit more
    # What counts is what is staged.
    printf '\n[task T-3]\ntitle = c\nasign = x\n' >>plan.ini
    echo note >note.txt
    git add note.txt
    git commit -q -m note
    git add -A
    exits 1 git commit -q -m typo
    err_has asign
EOT

it 'lets other commits of the repository be' <<'EOT'
    git init -q .
    mkdir pm
    (cd pm && project)
    commit base
    (cd pm && pmt hook install)
    mkdir src
    echo x >src/x
    (cd src && git add x && git commit -q -m code)
    git rm -q -r --cached pm
    git commit -q -m 'the project leaves'
EOT

it 'mends one number given twice, after a merge by git' <<'EOT'
    repository
    echo '*.ini -text merge=pmt' >.gitattributes
    pmt task add Alpha
    commit base
    git clone -q . ../other
    (cd ../other && git switch -q -c topic && pmt task add Theirs --file b.ini && pmt task set T-1 depends=T-2 && commit theirs)
    pmt hook install
    pmt task add Ours
    commit ours
    git fetch -q ../other topic:topic
    out git merge -q --no-edit topic
    err_has 'T-2 of'
    out pmt check
    out pmt task --format csv --columns id,title,depends --sort id
    rows <<'END'
kind,id,title,depends
task,T-1,Alpha,T-3
task,T-2,Ours,
task,T-3,Theirs,
END
    [ -n "$(git status --porcelain)" ]
    git commit -q -a --amend --no-edit
    out pmt check
EOT

it 'mends one number given twice, after a rebase' <<'EOT'
    repository
    echo '*.ini -text merge=pmt' >.gitattributes
    pmt task add Alpha
    commit base
    git clone -q . ../other
    (cd ../other && git switch -q -c topic && pmt task add Upstream --file b.ini && commit theirs)
    pmt hook install
    pmt task add Mine
    commit mine
    pmt task add Next depends=T-2
    commit next
    git fetch -q ../other topic:topic
    out git rebase -q topic
    err_has '"Mine": T-2 of'
    git commit -q -a -m 'numbers'
    out pmt check
    out pmt task --format csv --columns id,title,depends --sort title
    rows <<'END'
kind,id,title,depends
task,T-1,Alpha,
task,T-4,Mine,
task,T-3,Next,T-4
task,T-2,Upstream,
END
EOT

it 'leaves to people what it cannot mend' <<'EOT'
    repository
    pmt task add Alpha
    commit base
    git switch -q -c topic
    pmt task rm T-1
    commit theirs
    git switch -q main
    pmt hook install
    pmt task add Beta --file b.ini depends=T-1
    commit ours
    git merge -q --no-edit topic
    [ -z "$(git status --porcelain)" ]
    exits 1 pmt check --fix
    has ref-unknown
    [ -z "$(git status --porcelain)" ]
EOT

it 'says what is wrong' <<'EOT'
    exits 4 pmt hook
    repository
    exits 2 pmt hook run pre-comit
    err_has "did you mean 'pre-commit'"
    exits 2 pmt hook run
    exits 2 pmt hook install now
    git config core.hooksPath /tmp
    exits 5 pmt hook install
    err_has core.hooksPath
    git config merge.pmt.driver | grep -q merge-driver
    rm -rf .git
    exits 4 pmt hook install
EOT

finish
