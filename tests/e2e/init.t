#!/bin/sh
. "${0%/*}/lib.sh"

it 'makes a folder, a repository and the first commit' <<'EOT'
    out pmt init demo
    cd demo
    [ -f pmt.ini ]
    [ -d .git ]
    [ -f .gitattributes ]
    [ -z "$(git status --porcelain)" ]
    [ "$(git rev-list --count HEAD)" = 1 ]
    out pmt check
EOT

it 'works as the issue types it' <<'EOT'
    cat >typed <<'END'
pmt init demo && cd demo && pmt task add "调研" effort=5d && pmt task add "开发" depends=T-1 effort=20d && pmt gantt && pmt check && git diff --stat
END
    out sh typed
    has 调研
    has 开发
    has '0 errors'
    cd demo
    git add -A
    git commit -q -am plan
    out pmt --at HEAD task --format json
    json '.records | length == 2'
    json '.records[1].depends | tostring | contains("T-1")'
    json '.at != null'
EOT

it 'works inside a repository that is there' <<'EOT'
    git init -q .
    echo code >main.c
    git add -A
    git commit -q -m code
    echo staged >staged.txt
    git add staged.txt
    out pmt init pm
    [ -f pm/pmt.ini ]
    [ ! -d pm/.git ]
    git diff --cached --name-only >staged
    echo staged.txt | cmp - staged
    mkdir -p src/deep
    cd src/deep
    out pmt task
EOT

it 'gives each project an identity of its own' <<'EOT'
    pmt init one
    pmt init two
    a=$(sed -n 's/^uid *= *//p' one/pmt.ini)
    b=$(sed -n 's/^uid *= *//p' two/pmt.ini)
    [ -n "$a" ]
    [ "$a" != "$b" ]
EOT

it 'does not overwrite a project' <<'EOT'
    pmt init demo
    cp demo/pmt.ini before
    if pmt init demo >"$OUT" 2>"$ERR"; then false; fi
    err_has pmt.ini
    same demo/pmt.ini before
EOT

it 'takes name, key and start' <<'EOT'
    out pmt init demo --name 某省医保 --key YB --start 2026-03-02
    grep -Eq '^name *= *某省医保$' demo/pmt.ini
    grep -Eq '^key *= *YB$' demo/pmt.ini
    grep -Eq '^start *= *2026-03-02$' demo/pmt.ini
    out pmt -C demo check
EOT

it 'refuses what is wrong and writes nothing' <<'EOT'
    if pmt init demo --start 2026-02-30 >"$OUT" 2>"$ERR"; then false; fi
    err_has start
    [ ! -e demo/pmt.ini ]
EOT

it 'copies the structure of another project' <<'EOT'
    project
    pmt task add Root effort=3d
    pmt task add Leaf parent=T-1 effort=2d depends=
    mkdir other
    mv pmt.ini plan.ini other/ 2>/dev/null || mv *.ini other/
    out pmt init copy --from other
    out pmt -C copy task --format csv
    has Leaf
    out pmt -C copy check
EOT

it 'copies from a git repository' <<'EOT'
    mkdir origin
    (cd origin && repository && pmt task add Root effort=3d && commit plan)
    out pmt init copy --from "$PWD/origin"
    out pmt -C copy task --format csv
    has Root
EOT

it 'starts from each template' <<'EOT'
    for template in minimal integration scrum; do
        out pmt init $template --template $template
        out pmt -C $template check
        has "0 errors, 0 warnings"
        out pmt -C $template schedule
    done
    exits 2 pmt init other --template integrtion
    err_has integration
    [ ! -e other/pmt.ini ]
EOT

it 'names an unwritable folder' <<'EOT'
    [ "$(id -u)" -ne 0 ] || skip root writes everywhere
    mkdir closed
    chmod 500 closed
    if pmt init closed/demo >"$OUT" 2>"$ERR"; then false; fi
    err_has closed
EOT

it 'makes no repository with --no-git' <<'EOT'
    out pmt init demo --no-git
    [ -f demo/pmt.ini ]
    [ ! -e demo/.git ]
    out pmt -C demo check
EOT

it 'gives a fork an identity of its own' <<'EOT'
    out pmt init demo
    cd demo
    old=$(sed -n 's/^uid *= *//p' pmt.ini)
    out pmt init --fork
    has "$old"
    new=$(sed -n 's/^uid *= *//p' pmt.ini)
    [ "$old" != "$new" ]
    [ ${#new} = 16 ]
    has "$new"
    [ "$(git diff --numstat)" = "1	1	pmt.ini" ]
    exits 2 pmt init --fork other
    exits 2 pmt init --fork --name x
    cd ..
    mkdir empty
    cd empty
    git init -q .
    exits 4 pmt init --fork
EOT

it 'names a project after its folder, and makes none inside itself' <<'EOT'
    mkdir plan
    pmt -C plan init .
    out cat plan/pmt.ini
    has "= plan"
    exits 1 pmt -C plan init
    [ ! -e plan/pm ]
    exits 2 pmt init other --currency yuan
    [ ! -e other ]
EOT

finish
