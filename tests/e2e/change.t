#!/bin/sh
. "${0%/*}/lib.sh"

# people: a project with three people and two tasks.
cat >"$sandbox/people" <<'END'
people() {
	repository
	for who in 'li.wei 李伟' 'zhang.min 张敏' 'wang.fang 王芳'; do
		set -- $who
		printf '[resource %s]\ntitle = %s\nemail = %s@example.org\nrate  = 1500/d\n\n' $1 $2 $1
	done >people.ini
	pmt task add 调研 effort=5d assign=li.wei
	pmt task add 开发 effort=20d assign=li.wei depends=T-1
	commit people
}
END

it 'add makes a branch with the record and nothing else' <<'EOT'
    . "$sandbox/people"
    people
    out pmt change add 新增 20 家医院接入 reason=二期合同提前
    matches '^added CR-[0-9a-z]{5} 新增 20 家医院接入$'
    err_has 'change/CR-'
    [ "$(git branch --show-current | cut -c 1-10)" = change/CR- ]
    id=$(git branch --show-current | cut -c 8-)
    [ "$(git diff --name-only main HEAD)" = "changes/$id/change.ini" ]
    [ -z "$(git status --porcelain)" ]
    grep -q '^reason *= 二期合同提前' "changes/$id/change.ini"
    grep -q '^requested_by = li.wei' "changes/$id/change.ini"
    grep -q '^requested *= 2026-06-10' "changes/$id/change.ini"
    grep -q '^target *= main' "changes/$id/change.ini"
    grep -qE '^uid *= [0-9A-Z]{16}$' "changes/$id/change.ini"
    [ "$(git log -1 --format=%s)" = "change: $id 新增 20 家医院接入" ]
    out pmt check
EOT

it 'add takes edits along that are not committed, and stays when told to' <<'EOT'
    . "$sandbox/people"
    people
    pmt task set T-1 effort=8d
    out pmt change add --stay 甲
    [ "$(git branch --show-current)" = main ]
    out pmt change add 乙
    [ "$(git branch --show-current)" != main ]
    [ "$(git status --porcelain)" = ' M plan.ini' ]
    [ "$(git branch --list 'change/*' | wc -l)" = 2 ]
    exits 2 pmt change add
    err_has 'needs a title'
    exits 2 pmt change add 丙 uid=ABC
    err_has 'made by pmt'
    exits 2 pmt change add 丙 due=someday
    err_has 'value-syntax'
    exits 2 pmt change add 丙 --target nowhere
    err_has "no branch 'nowhere'"
    [ "$(git branch --list 'change/*' | wc -l)" = 2 ]
    out pmt change add 丁 --stay --format json
    json '.schema == "pmt.change/1" and .records[0].target == "main" and (.records[0].branch | startswith("change/CR-"))'
EOT

it 'a branch that cannot be checked out is there all the same' <<'EOT'
    . "$sandbox/people"
    people
    git switch -q -c other
    printf '\n; a remark\n' >>people.ini
    commit remark
    printf '\n; one more\n' >>people.ini
    exits 5 pmt change add 甲 --target main
    err_has 'could not be checked out'
    err_has 'git switch change/CR-'
    [ "$(git branch --show-current)" = other ]
EOT

it 'add needs a repository with a commit' <<'EOT'
    project
    exits 4 pmt change add 甲
    git init -q .
    exits 5 pmt change add 甲
    err_has 'no commit'
EOT

finish
