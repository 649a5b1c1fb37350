# The world of the change control tests: sourced behind lib.sh.
#
# A project under policy on a bare repository whose pre-receive hook verifies, with a baseline, six people and their keys:
#
#	chen.jie                prepares changes, approves nothing
#	zhang.min               sponsor
#	li.wei wang.fang        ccb
#	gao.yuan ma.chao        admin
#
# It is made once, and each case gets a copy:
#
#   guarded               here is the work tree of chen.jie, ../server.git the bare repository, ../key-PERSON the keys
#   change EDIT...        a change on a branch of its own with one edit ("task set T-1 effort=11d"); $id is its id
#   sign PERSON VERDICT   an event of $id, signed with that person's key; more words are passed on
#   approved EDIT...      change, submitted by chen.jie, approved by zhang.min and li.wei; the same of the untouched world is made once
#                         and copied after
#   land                  merges change/$id into main, by a merge commit
#   accepted              pushes main: the server takes it
#   refused ID [TEXT]     pushes main: the server's hook refuses with that finding (and text), and keeps what it has
command -v ssh-keygen >/dev/null || no_ssh_keygen=1
world=$sandbox/world

world_people() {
	while read -r person roles; do
		printf '[resource %s]\nrate  = 1000 CNY/d\n' "$person"
		[ "$roles" ] && printf 'roles = %s\n' "$roles"
		printf 'keys  = %s\n\n' "$(cat "../key-$person.pub")"
	done <<'END'
chen.jie
zhang.min sponsor
li.wei ccb
wang.fang ccb
gao.yuan admin
ma.chao admin
END
}

world_plan() {
	cat >pmt.ini <<'END'
[project]
format   = 1
uid      = 7K3QW9M2XH4T8R5B
key      = JS
name     = 结算平台
start    = 2026-03-02
currency = CNY
END
	cat >plan.ini <<'END'
[task T-1]
title  = 调研
effort = 10d
assign = li.wei

[task T-2]
title   = 开发
effort  = 20d
depends = T-1
assign  = li.wei

[task T-3]
title   = 测试
effort  = 10d
depends = T-2
assign  = wang.fang

[task T-4]
title  = 培训
effort = 10d
assign = wang.fang
END
	printf '[requirement REQ-1]\ntitle = 即时结算\n\n[requirement REQ-2]\ntitle = 对账\n' >requirements.ini
}

world_policy() {
	cat >policy.ini <<'END'
[policy scope]
protect = task.title task.parent task.depends task.effort requirement.*
after   = baseline
approve = sponsor, 1 of ccb

[policy money]
when    = cost > 10% or finish > 10d or churn > 20000 CNY
approve = 2 of ccb, sponsor
binding = strict

[policy root]
protect = authority
approve = 2 of admin

[policy emergency]
class   = emergency
approve = sponsor
review  = 2 of ccb
open    = 1
END
}

make_world() {
	mkdir -p "$world/work"
	cd "$world/work"
	for person in chen.jie zhang.min li.wei wang.fang gao.yuan ma.chao mallory; do
		ssh-keygen -q -t ed25519 -N '' -C "$person" -f "../key-$person"
	done
	git init -q .
	git config user.name 陈洁
	git config user.email chen.jie@example.org
	world_plan
	world_people >people.ini
	git add -A
	git commit -q -m plan
	pmt baseline freeze 1 >/dev/null
	world_policy
	git add -A
	git commit -q -m 'baseline and policy'
	git init -q --bare ../server.git
	git remote add origin ../server.git
	git push -q origin main
	git fetch -q origin
	git branch -q -u origin/main
	cd ../server.git
	git config pmt.trust "$(pmt verify --pin main)"
	pmt hook install >/dev/null 2>&1
	cd ../work
	git config pmt.trust "$(pmt verify --pin main)"
}

[ "${no_ssh_keygen:-}" ] || (set -e; make_world) >"$sandbox/world.log" 2>&1 || {
	echo "Bail out! the world could not be made: $(tail -n 3 "$sandbox/world.log")"
	exit 1
}

guarded() {
	{ set +x; } 2>/dev/null
	[ "${no_ssh_keygen:-}" ] && skip 'there is no ssh-keygen'
	cp -a "$world/." .
	cd work
	set -x
}

# Is here what guarded copied, with nothing edited, committed, configured or left lying about?
untouched() {
	cmp -s .git/config "$world/work/.git/config" && cmp -s .git/HEAD "$world/work/.git/HEAD" &&
		[ "$(git for-each-ref)" = "$(git -C "$world/work" for-each-ref)" ] && [ -z "$(git status --porcelain)" ]
}

change() {
	git switch -q main
	pmt change add "$(printf '%s\n' "$*" | head -n 1)" >"$OUT" 2>"$ERR"
	id=$(git branch --show-current)
	id=${id#change/}
	pmt -q "$@" >"$OUT"
	git commit -q -a -m edit
}

sign() { # person verdict [more]
	signer=$1
	verdict=$2
	shift 2
	pmt -q change "$verdict" "$id" --as "$signer" --key "../key-$signer" "$@" >"$OUT"
}

make_approved() {
	change "$@"
	sign chen.jie submit
	sign zhang.min approve
	sign li.wei approve
}

approved() {
	prepared=$sandbox/approved/$(printf '%s\n' "$*" | cksum | tr ' ' -)
	if ! untouched; then
		make_approved "$@"
	elif [ -d "$prepared" ]; then
		cp -af "$prepared/." . # git's objects are read-only: those that both have are replaced
		id=$(git branch --show-current)
		id=${id#change/}
	else
		make_approved "$@"
		mkdir -p "$prepared"
		cp -a . "$prepared"
	fi
}

land() {
	git switch -q main
	git merge -q --no-ff -m "merge $id" "change/$id"
}

server_has() { git -C ../server.git rev-parse main; }

accepted() { # [refspec...]
	git push -q origin "${@:-main}" >"$OUT" 2>"$ERR" || fail "refused: $(cat "$ERR")"
	[ "$(git rev-parse main)" = "$(server_has)" ] || fail 'the server has something else'
}

refused() { # finding [text [refspec...]]
	kept=$(git -C ../server.git for-each-ref)
	finding=$1
	text=${2:-}
	[ $# -gt 1 ] && shift
	shift
	! git push -q origin "${@:-main}" >"$OUT" 2>"$ERR" || fail "accepted, and should be refused with $finding"
	[ "$kept" = "$(git -C ../server.git for-each-ref)" ] || fail 'the server took it'
	err_has "$finding"
	[ -z "$text" ] || err_has "$text"
}

# forge TEMPLATE KEY FIELD=VALUE...: an event that pmt would not write, committed on the branch of $id. TEMPLATE and KEY: "1-chen.jie-submit", a person.
forge() {
	git switch -q "change/$id"
	template=changes/$id/$1.ini
	key=$2
	[ "$key" = - ] || key=../key-$key
	shift 2
	perl "$here/forge.pl" "$template" "$key" "$@" >"$OUT"
	git add -A changes
	git commit -q -m 'forged'
}

# Everything as it was before the last push.
restore() {
	git switch -q main 2>/dev/null || git switch -q -f main
	git reset -q --hard origin/main
}

# A server that begins with what is here now.
server_anew() {
	git init -q --bare ../young.git
	git push -q ../young.git HEAD:refs/heads/main
	(
		cd ../young.git
		git config pmt.trust "$(pmt verify --pin main)"
		pmt -q hook install
	)
	rm -rf ../server.git
	mv ../young.git ../server.git
	git fetch -q
}

urgent() { # person edit...: an emergency, submitted by that person and approved by the sponsor
	submitter=$1
	shift
	change "$@"
	pmt -q change set "$id" class=emergency
	git commit -q -a -m class
	sign "$submitter" submit
	sign zhang.min approve
}

# An event of the landed $id, written by forge.pl on a branch of its own, and that merged.
ratify() { # template, key, edits...
	git branch -q -f "change/$id" main
	forge "$@"
}

landed() {
	git switch -q main
	git merge -q --ff-only "change/$id"
}
