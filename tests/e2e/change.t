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

# team: the same with keys, roles, rules and a baseline; `as WHO` makes WHO the one who works and signs.
cat >"$sandbox/team" <<'END'
. "$sandbox/people"
[ -f "$sandbox/key.li.wei" ] || for who in li.wei zhang.min wang.fang; do
	ssh-keygen -q -t ed25519 -N '' -C "$who" -f "$sandbox/key.$who"
done
as() {
	git config user.email "$1@example.org"
	git config user.signingKey "$sandbox/key.$1"
}
team() {
	people
	pmt requirement add 接入二十家医院
	pmt change setup sponsor=zhang.min ccb=wang.fang,li.wei admin=li.wei,zhang.min li.wei.key="$sandbox/key.li.wei" \
		zhang.min.key="$sandbox/key.zhang.min" wang.fang.key="$sandbox/key.wang.fang.pub"
	commit policy
	pmt baseline freeze 1 --commit
	as li.wei
}
# prepare TITLE COMMAND...: a change with an edit, on its branch; $id is its id.
prepare() {
	pmt change add "$1"
	id=$(git branch --show-current | cut -c 8-)
	shift
	"$@"
	commit edit
}
END

it 'setup gives roles and keys and puts the policy in force' <<'EOT'
    . "$sandbox/team"
    people
    exits 2 pmt change setup sponsor=zhang.min
    err_has "nobody has the role 'ccb'"
    exits 2 pmt change setup sponsor=nobody
    err_has 'nobody'
    echo 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQ==' >weak.pub
    exits 2 pmt change setup sponsor=zhang.min ccb=li.wei admin=li.wei li.wei.key=weak.pub
    err_has weak.pub
    [ ! -f policy.ini ]
    [ -z "$(git status --porcelain -- '*.ini')" ]
    as li.wei
    out pmt change setup sponsor=zhang.min ccb=wang.fang,li.wei admin=li.wei,zhang.min zhang.min.key="$sandbox/key.zhang.min" --commit
    has 'set up'
    err_has 'still without a key, so they cannot approve: wang.fang'
    grep -q '^roles = ccb, admin' people.ini
    grep -q "^keys  = $(cut -d ' ' -f 1,2 <"$sandbox/key.li.wei.pub")" people.ini
    grep -q '^\[policy root\]' policy.ini
    [ "$(git log -1 --format=%s)" = 'policy: set up change control' ]
    out pmt check
    out pmt change setup wang.fang.key="$(cat "$sandbox/key.wang.fang.pub")" --format json
    json '.setup.ccb == 2 and .setup.admin == 2'
    err_lacks 'still without'
    [ "$(grep -c '^\[policy' policy.ini)" = 2 ]
EOT

it 'setup replaces what init wrote as comments' <<'EOT'
    . "$sandbox/team"
    for lang in en zh_CN; do
        mkdir $lang
        cd $lang
        out pmt init --lang $lang --name 网络
        grep -q '^; \[policy scope\]' policy.ini
        pmt resource add li.wei
        pmt resource add zhang.min
        cp policy.ini kept
        printf '\n; ours\n[policy money]\nprotect = risk\napprove = 1 of ccb\n' >>policy.ini
        out pmt change setup sponsor=zhang.min ccb=zhang.min,li.wei admin=li.wei
        [ "$(grep -c '^;' policy.ini)" = 1 ]
        grep -q '^; ours' policy.ini
        [ "$(grep -c '^\[policy' policy.ini)" = 3 ]
        # What somebody made of it is theirs.
        sed 's/2 of admin/3 of admin/' kept >policy.ini
        out pmt change setup sponsor=zhang.min
        grep -q '^; approve = 3 of admin' policy.ini
        grep -q '^\[policy root\]' policy.ini
        cp kept policy.ini
        out pmt change setup sponsor=zhang.min
        ! grep -q '^;' policy.ini
        [ "$(head -n 1 policy.ini)" = '[policy scope]' ]
        out pmt check
        cd ..
    done
EOT

it 'requirements are frozen once a baseline is current' <<'EOT'
    . "$sandbox/team"
    people
    pmt requirement add 接入二十家医院
    pmt change setup sponsor=zhang.min ccb=wang.fang admin=li.wei,zhang.min li.wei.key="$sandbox/key.li.wei"
    commit policy
    out pmt requirement
    lacks frozen
    out pmt requirement --format json
    json '.records[0].frozen == null'
    pmt baseline freeze 1 --commit
    out pmt requirement
    matches '^REQ-1 .* scope$'
    has "frozen by rule 'scope': a change needs sponsor, ccb (in force since baseline 1)"
    out pmt requirement --format json
    json '.records[0].frozen == ["scope"]'
    out pmt requirement frozen=scope --format csv --columns id
    has REQ-1
    out pmt requirement --lang zh_CN
    has "已按规则 'scope' 冻结"
EOT

it 'a change is submitted, approved from another branch, and merged' <<'EOT'
    . "$sandbox/team"
    team
    prepare 新增二十家医院 pmt task set T-2 effort=30d
    out pmt change show
    has 'pmt change submit'
    matches '^T-2 +开发 +effort +20d +30d +plan +yes'
    out pmt change submit -m 二期合同提前
    has "submitted $id"
    err_has 'li.wei signs 1 altered field: cost at most +15,000 CNY, finish at most +10d'
    err_has 'still missing: scope: sponsor, ccb'
    git switch -q main
    echo 'unfinished' >note.txt
    printf '; unfinished\n' >>plan.ini
    git status --porcelain >../before
    exits 1 pmt change merge $id
    err_has 'not approved; missing: scope: sponsor, ccb'
    exits 1 pmt change approve $id
    err_has 'nobody approves a change of their own'
    as zhang.min
    out pmt change waits_for=@me --format csv --columns id,state
    has "$id,submitted"
    out pmt change approve $id 同意
    err_has 'still missing: scope: ccb'
    exits 1 pmt change approve $id
    err_has 'voted on this submission'
    as wang.fang
    out pmt change approve $id --format json
    json '.records[0].verdict == "approve" and .records[0].sequence == 3 and .records[0].state == "approved"'
    out pmt change --format json
    json '.records[0].state == "approved" and (.records[0].cost_change.amount | tonumber) == 15000 and .records[0].finish_change == 4800'
    git status --porcelain >../after
    same ../before ../after
    [ "$(git branch --show-current)" = main ]
    git checkout -q plan.ini
    out pmt change merge $id --dry-run
    [ "$(git rev-parse HEAD)" = "$(git rev-parse main)" ]
    ! grep -q 30d plan.ini
    out pmt change merge $id
    has "merged $id into main"
    grep -q 'effort *= 30d' plan.ini
    [ "$(git rev-list --parents -n 1 HEAD | wc -w)" = 3 ]
    [ "$(ls changes/$id)" = "$(printf '%s\n' 1-li.wei-submit.ini 2-zhang.min-approve.ini 3-wang.fang-approve.ini change.ini)" ]
    out pmt check
    out pmt change state=merged --format csv --columns id
    has $id
    exits 1 pmt change merge $id
    err_has 'landed in main already'
    exits 1 pmt change approve $id
    err_has 'landed in main already'
    out pmt change comment $id 顺利实施
    [ -f changes/$id/4-wang.fang-comment.ini ]
    out pmt change show $id --format json
    json '.change.state == "merged" and (.events | length) == 4 and .events[3].comment == "顺利实施" and .rules[0].satisfied'
EOT

it 'what is edited or overtaken after submission has to be submitted anew' <<'EOT'
    . "$sandbox/team"
    team
    prepare 甲 pmt task set T-2 effort=30d
    pmt change submit
    exits 1 pmt change submit
    err_has 'pmt change renew'
    exits 1 pmt change renew
    err_has 'still holds'
    pmt task set T-2 effort=40d
    exits 5 pmt change renew
    err_has 'plan.ini is not committed'
    commit more
    as zhang.min
    exits 1 pmt change approve
    err_has 'does not hold any more'
    out pmt change show
    has 'something else than what was submitted'
    has 'pmt change renew'
    as li.wei
    out pmt change renew
    as zhang.min
    out pmt change approve
    as wang.fang
    out pmt change approve
    out pmt change --format json
    json '.records[0].state == "approved"'
    # The target goes on, elsewhere and then at the same place.
    git switch -q main
    pmt task set T-1 priority=800 --commit
    out pmt change --format json
    json '.records[0].state == "approved"'
    out pmt change merge $id --dry-run
    pmt task set T-2 title=二期开发 --commit
    out pmt change show $id
    has 'the target has moved on: task T-2'
    exits 1 pmt change merge $id
    err_has 'pmt change renew'
    git switch -q change/$id
    as li.wei
    out pmt change renew
    out pmt change show --format json
    json '.change.state == "submitted" and ([.events[] | select(.counts)] | length) == 3'
EOT

it 'an empty or faulty change is not submitted' <<'EOT'
    . "$sandbox/team"
    team
    pmt change add 甲
    id=$(git branch --show-current | cut -c 8-)
    exits 1 pmt change submit
    err_has 'changes nothing that has to be approved'
    printf '\n[task T-9]\ntitle = 乙\ndepends = T-77\n' >>plan.ini
    commit broken
    exits 1 pmt change submit
    err_has 'ref-unknown'
    err_has 'has errors'
    exits 1 pmt change approve
    err_has 'was not submitted yet'
    exits 1 pmt change withdraw
    git switch -q main
    exits 2 pmt change submit
    err_has 'which change?'
    exits 2 pmt change submit CR-nnnnn
    err_has "there is no change 'CR-nnnnn'"
    exits 2 pmt change comment $id
    err_has 'needs words'
    exits 1 pmt change close $id
    err_has 'has not landed'
    exits 1 pmt change revert $id
    exits 1 pmt change ratify $id
    err_has 'no emergency'
EOT

it 'rejected and withdrawn changes keep their record' <<'EOT'
    . "$sandbox/team"
    team
    prepare 甲 pmt task set T-2 effort=30d
    a=$id
    pmt change submit
    git switch -q main
    prepare 乙 pmt task set T-1 effort=9d
    b=$id
    pmt change submit
    git switch -q main
    as zhang.min
    out pmt change reject $a 太贵
    out pmt change --format csv --columns id,state
    has "$a,rejected"
    exits 2 pmt change merge nothing
    out pmt change merge $a
    has 'the record of'
    grep -q 'effort *= 20d' plan.ini
    [ -f changes/$a/2-zhang.min-reject.ini ]
    [ "$(git rev-list --parents -n 1 HEAD | wc -w)" = 2 ]
    exits 1 pmt change withdraw $b
    err_has 'never submitted'
    as li.wei
    out pmt change withdraw $b
    out pmt change show $b
    has withdrawn
    exits 1 pmt change approve $b --as zhang.min --key "$sandbox/key.zhang.min"
    err_has withdrawn
    out pmt change merge $b
    out pmt change --format csv --columns id,state
    has "$a,rejected"
    has "$b,withdrawn"
    out pmt check
EOT

it 'close evaluates, revert prepares the undoing' <<'EOT'
    . "$sandbox/team"
    team
    prepare 甲 pmt task set T-2 effort=30d
    pmt change submit
    pmt change approve --as zhang.min --key "$sandbox/key.zhang.min"
    pmt change approve --as wang.fang --key "$sandbox/key.wang.fang"
    pmt change merge
    git switch -q main
    pmt task set T-1 title=深入调研 --commit
    out pmt change close $id 按期完成
    grep -q 'estimated: cost +15000 CNY, finish +10d' changes/$id/4-li.wei-close.ini
    grep -q 'now, with progress and levelling: cost +15000 CNY, finish +10d' changes/$id/4-li.wei-close.ini
    exits 1 pmt change close $id
    err_has 'closed already'
    out pmt change revert $id
    matches '^added CR-.* Revert: 甲'
    grep -q 'effort *= 20d' plan.ini
    grep -q 深入调研 plan.ini
    grep -q "^reverts *= $id" changes/*/change.ini
    [ -f changes/$id/change.ini ]
    out pmt change submit
    out pmt change state=closed --format csv --columns id
    has $id
EOT

it 'people in two clones: what each pushes is joined' <<'EOT'
    . "$sandbox/team"
    team
    git init -q --bare ../server.git
    git remote add origin ../server.git
    git push -q -u origin main
    prepare 甲 pmt task set T-2 effort=30d
    out pmt change submit --push
    for who in zhang.min wang.fang; do
        git clone -q ../server.git ../$who
        git -C ../$who config user.email $who@example.org
        git -C ../$who config user.signingKey "$sandbox/key.$who"
    done
    # Both approve at once; the second to push finds the first's approval there.
    cd ../zhang.min
    out pmt change
    has submitted
    out pmt change approve $id
    [ "$(git branch --show-current)" = main ]
    cd ../wang.fang
    out pmt change approve $id --push
    cd ../zhang.min
    out pmt change comment $id 请尽快 --push
    out pmt change --format csv --columns id,state
    has "$id,approved"
    cd ../wang.fang
    git fetch -q
    out pmt change show $id --format json
    json '[.events[].verdict] == ["submit", "approve", "approve", "comment"]'
    out pmt change merge $id --push
    cd ../zhang.min
    git pull -q
    grep -q 'effort *= 30d' plan.ini
    # A withdrawal is put where a server sees it.
    prepare 乙 pmt task set T-1 effort=9d
    pmt change submit --push
    out pmt change withdraw --push
    [ "$(git ls-tree --name-only origin/main:changes/$id | wc -l)" = 3 ]
    git show origin/main:plan.ini | grep -q 'effort *= 5d'
    git remote remove origin
    exits 2 pmt change comment $id 丙 --push
    err_has 'no remote'
EOT

it 'a branch checked out in another work tree is committed to there' <<'EOT'
    . "$sandbox/team"
    team
    prepare 甲 pmt task set T-2 effort=30d
    pmt change submit
    git switch -q main
    git worktree add -q ../other change/$id
    out pmt change approve $id --as zhang.min --key "$sandbox/key.zhang.min"
    [ -f ../other/changes/$id/2-zhang.min-approve.ini ]
    [ -z "$(git -C ../other status --porcelain)" ]
    [ -z "$(git status --porcelain)" ]
EOT

it 'who signs, and with which key' <<'EOT'
    . "$sandbox/team"
    team
    prepare 甲 pmt task set T-2 effort=30d
    git config user.email stranger@example.org
    exits 2 pmt change submit
    err_has 'does not know who you are'
    exits 2 pmt change submit --as nobody
    err_has "knows no person 'nobody'"
    exits 3 pmt change submit --as li.wei --key "$sandbox/key.zhang.min"
    err_has 'not among the keys'
    exits 3 pmt change submit --as li.wei --key "$sandbox/nothing"
    as li.wei
    out pmt change submit --dry-run
    err_has 'signs 1 altered field'
    [ ! -d changes/$id ] || [ "$(ls changes/$id)" = change.ini ]
    mkdir bin
    for name in sh git cut cat; do ln -s "$(command -v $name)" bin/; done
    PATH=$B:$PWD/bin exits 3 pmt change submit
    err_has ssh-keygen
    out pmt change submit
    # An event that was tampered with does not count.
    sed -i 's/^person .*/person = zhang.min/' changes/$id/1-li.wei-submit.ini
    commit forged
    out pmt change show --format json
    json '.change.state == "draft"'
EOT

it 'how changes stand is kept until something moves' <<'EOT'
    . "$sandbox/team"
    team
    prepare 扩大范围 pmt task set T-2 effort=30d
    out pmt change list --columns id,state
    has draft
    [ -s .git/pmt/cache/changes ]
    pmt -q change submit
    out pmt change list --columns id,state,waits_for
    has submitted
    # Kept: nobody who could check a signature is needed any more.
    mkdir few
    for program in git pmt sh; do ln -s "$(command -v $program)" few/; done
    (PATH=$PWD/few && out pmt change list --columns id,state,waits_for)
    has submitted
    echo rubbish >.git/pmt/cache/changes
    out pmt change list --columns id,state,waits_for
    has submitted
    git switch -q main
    pmt -q task set T-2 title=别的
    commit onward
    out pmt change show $id
    has 'pmt change renew'
    out pmt change list --columns id,state
    has submitted
EOT

it 'the page in every format' <<'EOT'
    . "$sandbox/team"
    team
    prepare '甲 <script>' pmt task set T-2 effort=30d title='开发 & 测试'
    pmt change submit
    out pmt change show --format markdown
    has '| T-2 |'
    out pmt change show --format html
    has '&lt;script&gt;'
    out pmt change show --format csv
    COLUMNS=80 out pmt change show
    widest 80
    out pmt change show --lang zh_CN
    has 已提交
    has 供规则判断
    LC_ALL=C out pmt change show
    has 'waits for'
    out pmt change show --format json
    json '.schema == "pmt.change.show/1" and (.alterations | length) == 2 and .rules[0].rule == "scope" and (.change.waits_for | length) == 2'
EOT

it 'the example tells the whole story' <<'EOT'
    out sh "$SRC/examples/approval/run"
    err_has 'scope: protected: task T-2 effort [uncovered]'
    err_has 'nothing is missing'
    has 'accepted  ✓ yes'
    has 'closed'
EOT

finish
