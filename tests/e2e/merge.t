#!/bin/sh
. "${0%/*}/lib.sh"

# branches: a base with two tasks, `ours` on main and `theirs` on topic; the scripts run in the project.
cat >"$sandbox/branches" <<'END'
branches() { # script of ours, script of theirs
	repository
	pmt task add Alpha effort=3d
	pmt task add Beta effort=2d depends=T-1
	commit base
	git switch -q -c topic
	eval "$2"
	commit theirs
	git switch -q main
	eval "$1"
	commit ours
}
END

it 'merges different fields of one task' <<'EOT'
    . "$sandbox/branches"
    branches 'pmt task set T-1 effort=5d' 'pmt task set T-1 priority=800'
    out pmt merge topic
    err_has 'merged topic'
    is </dev/null
    grep -q '^effort *= 5d' plan.ini
    grep -q '^priority *= 800' plan.ini
    [ "$(git rev-list --parents -n 1 HEAD | wc -w)" = 3 ]
    [ "$(git log -1 --format=%s)" = "Merge branch 'topic'" ]
    [ -z "$(git status --porcelain)" ]
EOT

it 'moves forward where this side has nothing new' <<'EOT'
    . "$sandbox/branches"
    branches ':>x' 'pmt task set T-1 effort=5d'
    git reset -q --hard HEAD~1
    out pmt merge topic
    err_has 'moved forward'
    [ "$(git rev-parse HEAD)" = "$(git rev-parse topic)" ]
    out pmt merge topic
    err_has 'nothing new'
EOT

it 'stops at a conflict, which is open to reading, and goes on' <<'EOT'
    . "$sandbox/branches"
    branches 'pmt task set T-1 effort=5d title=A' 'pmt task set T-1 effort=6d'
    exits 5 pmt merge topic
    is <<'END'
plan.ini:3: task T-1 "Alpha": 'effort' was set to two values
    ours      5d
    theirs    6d
    before    3d
END
    err_has 'pmt merge --continue'
    [ "$(git status --porcelain)" = 'UU plan.ini' ]
    exits 1 pmt check
    has 'plan.ini:3:1: error:'
    has 'merge-conflict'
    out pmt task show T-1
    has 5d
    ! git commit -q -m early
    exits 5 pmt merge --continue
    err_has 'plan.ini:3'
    exits 5 pmt merge topic
    err_has 'a merge is under way'
    grep -v '^; ' plan.ini | sed 's/5d/6d/' >new
    mv new plan.ini
    out pmt merge --continue
    [ "$(git rev-list --parents -n 1 HEAD | wc -w)" = 3 ]
    git show HEAD:plan.ini | grep -q 'effort = 6d'
    out pmt check
EOT

it 'takes a merge back' <<'EOT'
    . "$sandbox/branches"
    branches 'pmt task set T-1 effort=5d' 'pmt task set T-1 effort=6d'
    cp plan.ini before
    exits 5 pmt merge topic
    out pmt merge --abort
    same before plan.ini
    [ ! -e .git/MERGE_HEAD ]
    exits 5 pmt merge --abort
    err_has 'no merge is under way'
    exits 5 pmt merge --continue
EOT

it 'gives a second record with one number another, with its references' <<'EOT'
    repository
    pmt task add Alpha
    commit base
    git clone -q . ../other
    git -C ../other switch -q -c topic
    (cd ../other && pmt task add Theirs && pmt task add Next depends=T-2 parent=T-1 && pmt risk add Flood tasks=T-2 && commit theirs)
    pmt task add Ours effort=1d
    pmt risk add Fire tasks=T-2
    commit ours
    git fetch -q ../other topic:topic
    out pmt merge topic
    has 'task "Theirs": T-2 of topic is T-4 here'
    has 'risk "Flood": R-1 of topic is R-2 here'
    git log -1 --format=%B | grep -q 'Renumbered: task T-2 to T-4 (Theirs)'
    out pmt task --columns id,title,depends --format csv
    rows <<'END'
kind,id,title,depends
task,T-1,Alpha,
task,T-3,Next,T-4
task,T-2,Ours,
task,T-4,Theirs,
END
    grep -q 'tasks *= T-4' risks/R-2.ini
    out pmt check
    [ -z "$(git status --porcelain)" ]
EOT

it 'lets what is pushed keep its number, or as asked' <<'EOT'
    repository
    git init -q --bare ../hub.git
    git remote add origin ../hub.git
    git push -q -u origin main
    git clone -q ../hub.git ../other
    (cd ../other && pmt task add Theirs && commit theirs && git push -q)
    pmt task add Ours
    commit ours
    git fetch -q
    exits 2 pmt merge --renumber both origin/main
    out pmt merge --dry-run --renumber theirs origin/main
    has 'T-1 of origin/main is T-2 here'
    out pmt merge origin/main
    has 'T-1 is T-2 by now'
    out pmt task show T-2
    has Ours
EOT

it 'calls a loop that neither side had a conflict' <<'EOT'
    . "$sandbox/branches"
    branches 'pmt task add Gamma --id T-3 depends=T-2' 'pmt task add Gamma; pmt task set T-1 depends=T-3'
    exits 5 pmt merge topic
    has cycle
    [ -e .git/MERGE_HEAD ]
    [ "$(git status --porcelain)" = 'UU plan.ini' ]
    exits 5 pmt merge --continue
    pmt task set T-3 depends=
    out pmt merge --continue
    out pmt check
    [ -z "$(git status --porcelain)" ]
EOT

it 'calls a reference to what the other side removed a conflict' <<'EOT'
    . "$sandbox/branches"
    branches 'pmt task add Gamma depends=T-2' 'pmt task rm T-2'
    exits 5 pmt merge topic
    has 'ref-unknown'
    err_has 'merged but for'
    exits 5 pmt merge --continue
    err_has 'neither side had'
    pmt task set T-3 depends=
    out pmt merge --continue
    out pmt check
EOT

it 'keeps a record that was removed here and changed there, and says so' <<'EOT'
    . "$sandbox/branches"
    branches 'pmt task rm T-2' 'pmt task set T-2 effort=9d'
    exits 5 pmt merge topic
    has 'task T-2 "Beta": removed here, changed there'
    out pmt task show T-2
    has 9d
EOT

it 'follows a record that moved to another file' <<'EOT'
    . "$sandbox/branches"
    branches 'pmt task set T-2 effort=9d' 'pmt task move T-2 --file later.ini'
    out pmt merge topic
    grep -q 'effort *= 9d' later.ini
    ! grep -q T-2 plan.ini
    [ -z "$(git status --porcelain)" ]
EOT

it 'leaves other files to git, and names those that conflict' <<'EOT'
    . "$sandbox/branches"
    branches 'echo ours >README; echo same >both' 'echo theirs >README; echo same >both; echo new >other.txt; pmt task set T-1 effort=7d'
    exits 5 pmt merge topic
    has 'README: git could not merge this file'
    grep -q 'effort *= 7d' plan.ini
    exits 5 pmt merge --continue
    err_has 'git add README'
    echo both >README
    git add README
    out pmt merge --continue
    [ -e other.txt ]
EOT

it 'merges a project in a folder of a repository of code' <<'EOT'
    git init -q .
    mkdir pm src
    (cd pm && project)
    echo int >src/main.c
    (cd pm && pmt task add Alpha)
    commit base
    git switch -q -c topic
    (cd pm && pmt task add Beta && pmt task set T-1 effort=2d)
    echo theirs >src/theirs.c
    commit theirs
    git switch -q main
    (cd pm && pmt task set T-1 priority=700)
    echo ours >src/ours.c
    commit ours
    out pmt merge topic
    grep -q 'effort *= 2d' pm/plan.ini
    grep -q 'priority *= 700' pm/plan.ini
    [ -e src/theirs.c ]
    [ -z "$(git status --porcelain)" ]
EOT

it 'says what stands in the way' <<'EOT'
    . "$sandbox/branches"
    branches 'pmt task set T-1 effort=5d' 'pmt task add Gamma --file gamma.ini'
    exits 2 pmt merge nowhere
    err_has "unknown revision 'nowhere'"
    exits 2 pmt merge
    exits 2 pmt merge --continue topic
    exits 2 pmt merge a b
    echo '; edit' >>plan.ini
    exits 5 pmt merge topic
    err_has 'not committed: plan.ini'
    git checkout -q plan.ini
    echo mine >gamma.ini
    exits 5 pmt merge topic
    err_has gamma.ini
    [ ! -e .git/MERGE_HEAD ]
    rm gamma.ini
    git switch -q --detach
    exits 5 pmt merge topic
    err_has 'detached'
    git switch -q main
    git switch -q --orphan empty
    project
    exits 5 pmt merge topic
    err_has 'no commit'
EOT

it 'says that histories have nothing in common, and that one is cut off' <<'EOT'
    . "$sandbox/branches"
    branches 'pmt task set T-1 effort=5d' 'pmt task set T-1 priority=700'
    git switch -q --orphan strange
    project
    commit strange
    exits 3 pmt merge main
    err_has 'no common history'
    git switch -q main
    git clone -q --depth 1 "file://$PWD" ../shallow
    cd ../shallow
    git fetch -q --depth 1 origin topic
    exits 3 pmt merge FETCH_HEAD
    err_has 'git fetch --unshallow'
EOT

it 'leaves links to git, and refuses where there is no project' <<'EOT'
    repository
    pmt task add Alpha
    printf '[risk R-1]\n' >real.txt
    ln -s real.txt link.ini
    commit base
    git switch -q -c topic
    pmt task add Theirs --id T-3
    commit theirs
    git switch -q -c without
    git rm -q -r '*.ini'
    commit without
    git switch -q main
    pmt task add Ours --id T-2
    commit ours
    out pmt merge topic
    [ -L link.ini ]
    [ -z "$(git status --porcelain)" ]
    exits 3 pmt merge without
    err_has 'no project in without'
    git clone -q --bare . ../bare.git
    cd ../bare.git
    exits 4 pmt merge topic
    err_has 'bare repository'
    exits 4 pmt sync
    git init -q --object-format=sha256 ../longer
    cd ../longer
    project
    commit base
    exits 3 pmt merge HEAD
    err_has SHA-256
EOT

it 'merges the bases of histories that crossed' <<'EOT'
    . "$sandbox/branches"
    branches 'pmt task set T-1 title=Ours' 'pmt task set T-2 title=Theirs'
    git branch first
    git merge -q -s ours -m 'as if' topic
    git checkout -q main~1 -- . 2>/dev/null || :
    git reset -q --hard first
    out pmt merge topic
    git branch crossed topic
    git switch -q crossed
    out pmt merge first
    pmt task set T-1 effort=11d
    commit left
    git switch -q main
    pmt task set T-2 effort=12d
    commit right
    [ "$(git merge-base --all main crossed | wc -l)" = 2 ]
    out pmt merge crossed
    grep -q 'effort *= 11d' plan.ini
    grep -q 'effort *= 12d' plan.ini
    grep -q 'title *= Ours' plan.ini
    grep -q 'title *= Theirs' plan.ini
EOT

it 'works in a linked work tree' <<'EOT'
    . "$sandbox/branches"
    branches 'pmt task set T-1 effort=5d' 'pmt task set T-1 effort=6d'
    git worktree add -q ../linked -b side main
    cd ../linked
    exits 5 pmt merge topic
    exits 1 pmt check
    out pmt merge --abort
    sed -i 's/5d/3d/' plan.ini
    commit back
    out pmt merge topic
    grep -q 6d plan.ini
EOT

it 'keeps line ends and marks' <<'EOT'
    repository
    printf '\357\273\277[task T-1]\r\ntitle = a\r\neffort = 1d\r\n' >plan.ini
    commit base
    git switch -q -c topic
    printf '\357\273\277[task T-1]\r\ntitle = a\r\neffort = 2d\r\n' >plan.ini
    commit theirs
    git switch -q main
    printf '\357\273\277[task T-1]\r\ntitle = b\r\neffort = 1d\r\n' >plan.ini
    commit ours
    out pmt merge topic
    printf '\357\273\277[task T-1]\r\ntitle = b\r\neffort = 2d\r\n' >wanted
    same wanted plan.ini
EOT

it 'tells programs what came of it' <<'EOT'
    . "$sandbox/branches"
    branches 'pmt task set T-1 effort=5d' 'pmt task set T-1 effort=6d'
    exits 5 pmt merge topic --dry-run --format json
    json '.schema == "pmt.merge/1"'
    json '.summary.outcome == "conflicts"'
    json '.conflicts[0] | .path == "plan.ini" and .record == "task T-1" and .field == "effort" and .ours == "5d" and .theirs == "6d" and .base == "3d"'
    [ ! -e .git/MERGE_HEAD ]
    [ -z "$(git status --porcelain)" ]
EOT

it 'lets hooks refuse the commit, and goes on afterwards' <<'EOT'
    . "$sandbox/branches"
    branches 'pmt task set T-1 effort=5d' 'pmt task set T-1 priority=700'
    printf '#!/bin/sh\necho not today >&2\nexit 1\n' >.git/hooks/commit-msg
    chmod +x .git/hooks/commit-msg
    exits '3|5' pmt merge topic
    err_has 'not today'
    err_has 'pmt merge --continue'
    rm .git/hooks/commit-msg
    out pmt merge --continue --message 'together at last'
    [ "$(git log -1 --format=%s)" = 'together at last' ]
EOT

finish
