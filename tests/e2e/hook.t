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
    json '[.hooks[] | select(.state == "installed")] | length == 6'
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

it 'guards a server: pushes, tags, deletion, lost history' <<'EOT'
    command -v ssh-keygen >/dev/null || skip 'there is no ssh-keygen'
    repository
    pmt task add Alpha effort=5d
    pmt policy add scope protect=task.effort approve=sponsor
    commit base
    git init -q --bare ../server.git
    cd ../server.git
    out pmt hook install
    out pmt hook --format csv
    has 'pre-receive,installed'
    lacks 'pre-commit'
    lacks 'merge.pmt.driver'
    cd -
    git remote add origin ../server.git
    exits 1 git push -q origin main
    err_has 'nothing says whom to trust'
    git -C ../server.git config pmt.trust "$(pmt verify --pin)"
    git push -q origin main
    pmt task set T-1 title=Beta --commit
    git push -q origin main
    tip=$(git rev-parse HEAD)
    pmt task set T-1 effort=6d --commit
    exits 1 git push -q origin main
    err_has 'task T-1 effort'
    err_has '[uncovered]'
    # Elsewhere everybody may do what he likes.
    git push -q origin main:refs/heads/try
    git reset -q --hard HEAD~1
    # Tags of baselines point at what the branch went through, and stay there.
    git tag baseline/1
    git push -q origin baseline/1
    git tag -f baseline/1 HEAD~1
    exits 1 git push -q -f origin baseline/1
    err_has 'never moves'
    exits 1 git push -q origin :refs/tags/baseline/1
    err_has 'never moves'
    git tag baseline/2 "$(git commit-tree -m x 'HEAD^{tree}')"
    exits 1 git push -q origin baseline/2
    err_has 'went through'
    # The branch neither goes nor goes back, and other history does not take its place.
    git -C ../server.git config receive.denyDeleteCurrent ignore
    exits 1 git push -q origin :main
    err_has 'cannot be deleted'
    exits 1 git push -q -f origin HEAD~1:main
    err_has '[history-rewritten]'
    exits 1 git push -q -f origin "$(git commit-tree -m x 'HEAD^{tree}'):refs/heads/main"
    err_has '[history-rewritten]'
    git replace HEAD HEAD~1
    exits 1 git push -q origin "refs/replace/*:refs/replace/*"
    git replace -d HEAD
    [ "$(git -C ../server.git rev-parse main)" = $tip ]
    # What was there before is called first, and its word counts.
    cd ../server.git
    pmt hook uninstall
    printf '#!/bin/sh\ncat >got\nexit 1\n' >hooks/pre-receive
    chmod +x hooks/pre-receive
    pmt hook install
    cd -
    git commit -q --allow-empty -m more
    exits 1 git push -q origin main
    grep -q refs/heads/main ../server.git/got
    printf '#!/bin/sh\ncat >got\n' >../server.git/hooks/pre-receive.user
    git push -q origin main
    # A server without pmt lets nothing in.
    mkdir ../bin
    for program in sh git cat printf git-receive-pack ssh-keygen; do ln -s "$(command -v $program)" ../bin/ || :; done
    git commit -q --allow-empty -m again
    exits 1 git push -q --receive-pack="env PATH=$(cd ../bin && pwd -P | sed 's/ /\\ /g') git-receive-pack" origin main
    err_has 'nothing is let in'
EOT

it 'the update hook says the same of one branch' <<'EOT'
    repository
    pmt task add Alpha effort=5d
    pmt policy add scope protect=task.effort approve=sponsor
    commit base
    git config pmt.trust "$(pmt verify --pin)"
    old=$(git rev-parse HEAD)
    pmt task set T-1 effort=6d --commit
    exits 1 pmt hook run update refs/heads/main $old $(git rev-parse HEAD)
    err_has '[uncovered]'
    out pmt hook run update refs/heads/other $old $(git rev-parse HEAD)
    exits 3 pmt hook run update refs/heads/main $old nonsense
    exits 2 pmt hook run update refs/heads/main
EOT

it 'pre-push says in time what the server would say' <<'EOT'
    repository
    pmt task add Alpha effort=5d
    pmt policy add scope protect=task.effort approve=sponsor
    commit base
    git init -q --bare ../server.git
    git remote add origin ../server.git
    pmt hook install
    git push -q origin main
    pmt task set T-1 effort=6d --commit
    exits 1 git push -q origin main
    err_has '[uncovered]'
    err_has 'would refuse the push'
    git push -q --no-verify origin main
EOT

it 'commit-msg wants trailers that say something' <<'EOT'
    repository
    pmt task add Alpha effort=5d
    commit base
    pmt hook install
    git commit -q --allow-empty -m "work

Task: T-1
Time: 2h"
    exits 1 git commit -q --allow-empty -m "work

Task: T-99"
    err_has "no task 'T-99'"
    exits 1 git commit -q --allow-empty -m "work

Task: T-1
Time: much"
    err_has 'no amount of work'
    git commit -q --allow-empty -m "Task: this is a subject"
    git commit -q --allow-empty -m "nothing of the kind"
EOT

finish
