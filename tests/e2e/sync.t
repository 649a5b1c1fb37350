#!/bin/sh
. "${0%/*}/lib.sh"

# hub: a bare repository, and clones a and b of a project in it.
cat >"$sandbox/clones" <<'END'
hub() {
	git init -q --bare hub.git
	mkdir a
	cd a
	repository
	git remote add origin ../hub.git
	pmt sync
	cd ..
	git clone -q hub.git b
}
END

it 'pushes, takes in, and joins' <<'EOT'
    . "$sandbox/clones"
    hub
    cd a
    pmt task add Alpha --commit
    out pmt sync
    err_has 'in step with origin/main'
    cd ../b
    out pmt sync
    pmt task set T-1 effort=3d --commit
    (cd ../a && pmt task set T-1 priority=700 --commit && pmt sync)
    out pmt sync
    grep -q 'priority *= 700' plan.ini
    grep -q 'effort *= 3d' plan.ini
    cd ../a
    out pmt sync
    [ "$(git rev-parse HEAD)" = "$(git -C ../b rev-parse HEAD)" ]
EOT

it 'lets what was pushed first keep its number' <<'EOT'
    . "$sandbox/clones"
    hub
    (cd a && pmt task add First --commit && pmt sync)
    cd b
    pmt task add Second --commit
    pmt task add Third depends=T-1 --commit
    out pmt sync
    has 'task "Second": T-1 is T-3 by now; origin/main has another T-1'
    out pmt task --columns id,title,depends --sort id --format csv
    rows <<'END'
kind,id,title,depends
task,T-1,First,
task,T-2,Third,T-3
task,T-3,Second,
END
EOT

it 'stops at a conflict and goes on after it' <<'EOT'
    . "$sandbox/clones"
    hub
    (cd a && pmt task add Alpha effort=1d --commit && pmt sync && cd ../b && pmt sync)
    (cd a && pmt task set T-1 effort=2d --commit && pmt sync)
    cd b
    pmt task set T-1 effort=3d --commit
    exits 5 pmt sync
    has "task T-1 \"Alpha\": 'effort' was set to two values"
    err_has "'pmt sync' again"
    sed -i '/^; /d' plan.ini
    pmt merge --continue
    out pmt sync
    [ "$(git rev-parse HEAD)" = "$(git -C ../hub.git rev-parse main)" ]
EOT

it 'pushes no new errors' <<'EOT'
    . "$sandbox/clones"
    hub
    cd b
    printf '[task T-1]\ntitle = a\ndepends = T-9\n' >plan.ini
    commit wrong
    exits 1 pmt sync
    err_has 'ref-unknown'
    err_has 'nothing is pushed'
    sed -i /depends/d plan.ini
    commit mended
    out pmt sync
EOT

it 'asks for edits to be committed, and for a remote' <<'EOT'
    . "$sandbox/clones"
    hub
    cd b
    echo '; edit' >>pmt.ini
    exits 5 pmt sync
    err_has 'not committed: pmt.ini'
    git checkout -q pmt.ini
    exits '3|5' pmt sync --remote nowhere
    err_has nowhere
    exits 2 pmt sync main
EOT

it 'tries again when somebody was faster' <<'EOT'
    . "$sandbox/clones"
    hub
    # The first push of b finds that a has pushed after b's fetch.
    cat >b/.git/hooks/pre-push <<'END'
#!/bin/sh
[ -e ../once ] && exit 0
touch ../once
cd ../a && unset GIT_DIR && pmt task add Faster --commit && git push -q origin main
END
    chmod +x b/.git/hooks/pre-push
    cd b
    pmt task add Slower --commit
    out pmt sync
    err_has 'in step'
    [ -e ../once ]
    out pmt task --format csv --columns id,title --sort title
    rows <<'END'
kind,id,title
task,T-1,Faster
task,T-2,Slower
END
    [ "$(git rev-parse HEAD)" = "$(git -C ../hub.git rev-parse main)" ]
EOT

it 'only takes in when asked, and knows other branches' <<'EOT'
    . "$sandbox/clones"
    hub
    (cd a && git switch -q -c review && pmt task add Alpha --commit && pmt sync)
    git -C hub.git rev-parse review
    cd b
    pmt task add Beta --commit
    out pmt sync --branch review --no-push
    err_has 'everything from origin/review is here'
    out pmt task --format csv --columns title --sort title
    has Alpha
    has Beta
    ! git -C ../hub.git rev-parse -q --verify main^{commit} || [ "$(git rev-parse HEAD)" != "$(git -C ../hub.git rev-parse main)" ]
EOT

finish
