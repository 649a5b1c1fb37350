#!/bin/sh
# `pmt undo`: takes back the last change that pmt made.
. "${0%/*}/lib.sh"

it 'takes back one change after the other, byte for byte, and makes them again' <<'EOT'
    repository
    pmt task add 甲 effort=1d
    cp plan.ini one
    pmt task set T-1 effort=2d tags=a,b
    cp plan.ini two
    pmt task add B depends=T-1
    cp plan.ini three
    out pmt undo
    has 'took back: pmt task add B depends=T-1'
    has removed
    same plan.ini two
    out pmt undo
    has 'effort: 2d → 1d'
    same plan.ini one
    out pmt undo
    [ ! -e plan.ini ]
    exits 1 pmt undo
    err_has 'no change of pmt'
    out pmt undo --redo
    same plan.ini one
    out pmt undo --redo
    pmt undo --redo
    same plan.ini three
    exits 1 pmt undo --redo
    pmt undo
    same plan.ini two
    pmt task set T-1 priority=700
    exits 1 pmt undo --redo
    pmt undo
    same plan.ini two
    pmt undo
    same plan.ini one
EOT

it 'lists what can be taken back, and shows first what it would do' <<'EOT'
    repository
    pmt task add A
    pmt task set T-1 'title=x y'
    out pmt undo --list
    has "pmt task set T-1 'title=x y'"
    out pmt undo --dry-run
    has 'x y → A'
    out pmt undo --list --format json
    json '[.records[] | .taken_back] == [false, false]'
    pmt undo
    out pmt undo --list --format json
    json '[.records[] | "\(.number) \(.takes_back) \(.taken_back)"] == ["3 2 false", "2 null true", "1 null false"]'
    out pmt undo --dry-run --format json
    json '.undo.command == "pmt task add A" and .undo.written == false and .records[0].change == "removed"'
    exits 2 pmt undo T-1
    exits 2 pmt undo --list --redo
    exits 2 pmt --at HEAD undo
    out pmt undo --list --lang zh_CN
    has 命令
EOT

it 'leaves alone what people edited since, and refuses where they edited the same' <<'EOT'
    repository
    pmt task add A
    pmt task add B
    pmt task add C
    pmt task set T-2 effort=5d
    sed 's/title = A/title = by hand/' plan.ini >p
    mv p plan.ini
    out pmt undo
    grep -F 'by hand' plan.ini
    lacks 'by hand'
    ! grep -F effort plan.ini
    pmt task set T-2 effort=6d
    sed 's/effort = 6d/effort = 7d/' plan.ini >p
    mv p plan.ini
    cp plan.ini kept
    exits 5 pmt undo
    err_has 'was edited since'
    same plan.ini kept
    rm plan.ini
    exits 5 pmt undo
    sed 's/effort = 7d/effort = 6d/' kept >plan.ini
    chmod -w .
    [ "$(id -u)" -eq 0 ] || exits 3 pmt undo
    chmod +w .
EOT

it 'takes several files back at once, and the files that came with it' <<'EOT'
    repository
    pmt resource add li
    pmt task add A
    pmt timesheet add li 2026-06-01 T-1 2h
    commit plan
    find . -name '*.ini' | sort | xargs cat >before
    pmt task rename T-1 T-9
    [ "$(git diff --name-only | wc -l)" -eq 2 ]
    out pmt undo
    find . -name '*.ini' | sort | xargs cat >after
    same before after
    [ -z "$(git status --porcelain -- '*.ini')" ]
EOT

it 'takes a commit back by a commit, with nothing else that is staged' <<'EOT'
    repository
    pmt task add A effort=1d --commit
    pmt task set T-1 effort=2d --commit
    echo mine >notes
    git add notes
    out pmt undo
    [ "$(git log -1 --format=%s)" = "undo: pmt task set T-1 effort=2d --commit" ]
    [ "$(git diff --cached --name-only)" = notes ]
    grep -F 'effort = 1d' plan.ini
    out pmt undo --redo
    grep -F 'effort = 2d' plan.ini
    [ "$(git rev-list --count HEAD)" -eq 5 ]
EOT

it 'works without git, keeps to its work tree, and survives a killed command' <<'EOT'
    project
    pmt task add A
    pmt undo
    [ ! -e plan.ini ]
    rm -r .pmt
    git init -q .
    pmt task add A
    commit one
    git worktree add -q ../linked
    (cd ../linked && exits 1 pmt undo)
    printf '#!/bin/sh\nkill -9 $(cut -d" " -f4 /proc/$PPID/stat)\n' >.git/hooks/pre-commit
    chmod +x .git/hooks/pre-commit
    ! pmt task set T-1 effort=1d --commit
    rm .git/hooks/pre-commit
    pmt task set T-1 effort=2d
    out pmt undo --list
    has interrupted
    for f in .git/pmt/undo/*; do echo rubbish >"$f"; done
    exits 1 pmt undo
EOT

it 'takes an import back' <<'EOT'
    repository
    pmt task add A
    commit one
    file plan.ics <<'END'
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//EN
BEGIN:VEVENT
UID:1@x
DTSTART;VALUE=DATE:20260701
DTEND;VALUE=DATE:20260702
SUMMARY:Holiday
END:VEVENT
END:VCALENDAR
END
    pmt calendar import plan.ics
    [ -n "$(git status --porcelain -- '*.ini')" ]
    pmt undo
    [ -z "$(git status --porcelain -- '*.ini')" ]
EOT

it 'leaves merges, the first commit and what is sealed, and says why' <<'EOT'
    mkdir first
    cd first
    pmt init --name x
    exits 1 pmt undo
    err_has 'the first commit is what everything else builds on'
    pmt task add A --commit
    git checkout -q -b other
    pmt task add B --commit
    git switch -q main
    pmt task set T-1 effort=2d --commit
    pmt merge other
    [ "$(git log -1 --format=%P | wc -w)" = 2 ]
    before=$(git rev-parse HEAD)
    exits 1 pmt undo
    err_has 'the last commit is a merge'
    err_has 'git revert -m 1 HEAD'
    [ "$before" = "$(git rev-parse HEAD)" ]
    # What is not committed yet came after it.
    pmt task set T-1 effort=3d
    out pmt undo
    git diff --quiet
EOT

it 'leaves votes and submissions, and the edits they are about' <<'EOT'
    command -v ssh-keygen >/dev/null || skip 'there is no ssh-keygen'
    repository
    ssh-keygen -q -t ed25519 -N '' -f "$sandbox/key"
    printf '[resource li.wei]\nemail = li.wei@example.org\nrate  = 1500/d\n' >people.ini
    git config user.signingKey "$sandbox/key"
    pmt task add A effort=5d assign=li.wei
    pmt change setup sponsor=li.wei ccb=li.wei admin=li.wei li.wei.key="$sandbox/key"
    commit policy
    pmt change add 扩大范围
    pmt task set T-1 effort=9d --commit
    pmt change submit
    before=$(git rev-parse HEAD)
    exits 1 pmt undo
    err_has 'seals a vote or a submission'
    err_has 'pmt change renew'
    [ "$before" = "$(git rev-parse HEAD)" ]
    exits 1 pmt undo --lang zh_CN
    err_has 封存
    # Another commit on top: an edit like any, which the page of the change tells.
    git switch -q main
    pmt task set T-1 progress=10% --commit
    out pmt undo
    [ "$(git log -1 --format=%s)" = 'undo: pmt task set T-1 progress=10% --commit' ]
EOT

finish
