#!/bin/sh
# The generic verbs, on tasks: what holds here holds for every kind.
. "${0%/*}/lib.sh"

it 'adds tasks with the next ids, fields in canonical form' <<'EOT'
    project
    out pmt task add 调研 effort=5d
    has T-1
    out pmt task add "开发 接口" depends=T-1 effort=20d
    has T-2
    pmt task show T-2 --format json >"$OUT"
    json '.records[0].title == "开发 接口"'
    json '.records[0].effort == 9600'
    out pmt check
EOT

it 'lists in the order of the files, filters and sorts' <<'EOT'
    project
    pmt task add Beta effort=3d tags=pilot
    pmt task add Alpha effort=1d status=doing
    pmt task add Gamma effort=2d
    out pmt task --format csv --columns title
    rows <<'END'
kind,id,title
task,T-1,Beta
task,T-2,Alpha
task,T-3,Gamma
END
    out pmt task --format csv --columns title --sort title
    rows <<'END'
kind,id,title
task,T-2,Alpha
task,T-1,Beta
task,T-3,Gamma
END
    out pmt task --format csv --columns title --sort -effort --limit 2
    rows <<'END'
kind,id,title
task,T-1,Beta
task,T-3,Gamma
END
    out pmt task status=doing --format csv --columns title
    has T-2,Alpha
    lines 2
    out pmt task status!=doing --format csv --columns title
    lines 3
    out pmt task tag=pilot --format csv --columns title
    has T-1,Beta
    lines 2
    out pmt task gam --format csv --columns title
    has Gamma
    lines 2
    out pmt task 'status = doing or title = Gamma' --format csv --columns title
    lines 3
EOT

it 'filters by computed fields' <<'EOT'
    project
    pmt task add A effort=3d
    pmt task add B effort=1d
    pmt task add End milestone=yes depends=T-1,T-2
    out pmt task critical=yes --format csv --columns title
    has T-1,A
    lacks T-2,B
    out pmt task total_float=1d..9d --format csv --columns title
    rows <<'END'
kind,id,title
task,T-2,B
END
    out pmt task 'finish < 2026-03-04' --format csv --columns title
    has T-2,B
    lacks T-1,A
EOT

it 'sets, clears, extends and cuts fields' <<'EOT'
    project
    pmt task add A effort=3d tags=one
    pmt task add B effort=1d
    out pmt task set T-1 T-2 status=doing
    grep -c 'status *= *doing' plan.ini | grep -qx 2
    out pmt task set T-1 tags+=two
    pmt task show T-1 --format json >"$OUT"
    json '.records[0].tags == ["one", "two"]'
    out pmt task set T-1 tags-=one effort=
    pmt task show T-1 --format json >"$OUT"
    json '.records[0].tags == ["two"]'
    json '.records[0].effort == null'
EOT

it 'touches only the lines of the field, whatever the style' <<'EOT'
    project
    printf '; the plan\r\n\r\n[task T-1]\r\ntitle=First   \r\n  # why\r\neffort    =   3d\r\n; note\r\n\r\n[task T-2]\r\n\tx_mine = 1' >plan.ini || true
    printf '; the plan\r\n\r\n[task T-1]\r\ntitle=First\r\n# why\r\neffort    =   3d\r\n; note\r\n\r\n[task T-2]\r\ntitle = Second\r\nx_mine = 1' >plan.ini
    cp plan.ini before
    out pmt task set T-1 effort=4d
    diff before plan.ini >changes || true
    grep -c '^[<>]' changes | grep -qx 2
    grep -q '^> effort    =   4d' changes
    tail -c 10 plan.ini | grep -q 'x_mine = 1'
EOT

it 'refuses what is wrong and writes nothing' <<'EOT'
    project
    pmt task add A effort=3d
    cp plan.ini before
    exits 2 pmt task add B effort=long
    err_has effort
    exits 2 pmt task set T-1 asign=li.wei
    err_has "assign"
    exits 2 pmt task set T-1 status=dong
    err_has "doing"
    exits 2 pmt task set T-9 status=doing
    err_has T-9
    exits 2 pmt task set T-1
    same plan.ini before
EOT

it 'refuses references to nothing' <<'EOT'
    project
    pmt task add A effort=3d
    cp plan.ini before
    exits 2 pmt task add B depends=T-7
    err_has T-7
    exits 2 pmt task set T-1 assign=nobody
    err_has nobody
    same plan.ini before
EOT

it 'refuses a loop' <<'EOT'
    project
    pmt task add A effort=3d
    pmt task add B depends=T-1
    sed -i '/^title *= A/a depends = T-2' plan.ini
    exits 1 pmt check
    text_has "$OUT" cycle || text_has "$ERR" cycle
EOT

it 'shows a record with everything about it' <<'EOT'
    project
    pmt task add 结算引擎 effort=3d description='First line'
    out pmt task show T-1
    has 结算引擎
    has 'First line'
    matches '2026-03-0'
    widest 100
EOT

it 'shortens ids and knows titles to choose from' <<'EOT'
    project
    pmt task add A
    pmt task add B
    out pmt task show 2
    has B
    out pmt task show t-2
    has B
EOT

it 'removes, and not what others refer to' <<'EOT'
    project
    pmt task add A effort=3d
    pmt task add B depends=T-1
    if pmt task rm T-1 >"$OUT" 2>"$ERR"; then false; fi
    err_has T-2
    out pmt task rm T-2
    out pmt task rm T-1
    out pmt task --format csv --columns title
    lines 1
EOT

it 'removes with --force what others refer to' <<'EOT'
    project
    pmt task add A effort=3d
    pmt task add B depends=T-1 effort=1d
    out pmt task rm --force T-1
    out pmt check
    out pmt task --format csv --columns title,depends
    rows <<'END'
kind,id,title,depends
task,T-2,B,
END
EOT

it 'never gives a number twice' <<'EOT'
    repository
    pmt task add A
    pmt task add B
    commit plan
    pmt task rm T-2
    commit remove
    out pmt task add C
    has T-3
EOT

it 'counts the ids of other branches' <<'EOT'
    repository
    pmt task add A
    commit plan
    git checkout -q -b other
    pmt task add B
    pmt task add C
    commit more
    git checkout -q main
    out pmt task add D
    has T-4
EOT

it 'renames in every reference' <<'EOT'
    project
    pmt task add A effort=3d
    pmt task add B depends='T-1 SS+2d' effort=1d
    pmt task add C parent=T-1
    out pmt task rename T-1 START
    out pmt check
    grep -Eq '^depends *= *START SS\+2d$' *.ini
    grep -Eq '^parent *= *START$' *.ini
    if grep -q 'T-1$' *.ini; then false; fi
EOT

it 'moves below another parent and back to the top' <<'EOT'
    project
    pmt task add A
    pmt task add B
    pmt task add C
    out pmt task move T-3 --parent T-1
    out pmt task --format csv --columns wbs
    has 'T-3,1.1'
    out pmt task move T-3 --top
    out pmt task --format csv --columns wbs
    rows <<'END'
kind,id,wbs
task,T-1,1
task,T-2,2
task,T-3,3
END
    out pmt task move T-3 --before T-1
    out pmt task --format csv --columns wbs
    has 'T-3,1'
EOT

it 'edits in the editor, and takes nothing unsound back' <<'EOT'
    project
    pmt task add A effort=3d
    cat >good <<'END'
#!/bin/sh
sed -i 's/3d/7d/' "$1"
END
    cat >bad <<'END'
#!/bin/sh
sed -i 's/7d/seven/' "$1"
END
    chmod +x good bad
    EDITOR="'$PWD/good'"
    export EDITOR
    out pmt task edit T-1
    grep -Eq '^effort *= *7d$' plan.ini
    cp plan.ini before
    EDITOR="'$PWD/bad'"
    if pmt task edit T-1 >"$OUT" 2>"$ERR"; then false; fi
    err_has effort
    same plan.ini before
    EDITOR=false
    if pmt task edit T-1 >"$OUT" 2>"$ERR"; then false; fi
    same plan.ini before
EOT

it 'commits exactly what it touched when asked' <<'EOT'
    repository
    pmt task add A effort=3d
    commit plan
    echo other >other.txt
    git add other.txt
    out pmt task set T-1 status=doing --commit
    git log -1 --format=%s | grep -q 'T-1'
    git show --name-only --format= | grep -qx plan.ini
    git diff --cached --name-only | grep -qx other.txt
    out pmt task set T-1 status=done --commit='my words'
    [ "$(git log -1 --format=%s)" = 'my words' ]
EOT

it 'writes nothing with --dry-run' <<'EOT'
    project
    pmt task add A
    cp plan.ini before
    out pmt task set T-1 status=doing --dry-run
    err_has plan.ini
    same plan.ini before
EOT

it 'answers as JSON that machines can rely on' <<'EOT'
    project
    pmt task add 调研 effort=5d assign=
    out pmt task --format json
    json '.schema == "pmt.task/1"'
    json '.at == null'
    json '.now == "2026-06-10"'
    json '.records[0].kind == "task"'
    json '.records[0].id == "T-1"'
    json '.records[0].start == "2026-03-02T09:00"'
    json '.records[0].finish == "2026-03-06T18:00"'
    json '.records[0].total_float == 0'
    json '.diagnostics == []'
EOT

it 'keeps x_ fields of the user' <<'EOT'
    project
    pmt task add A x_colour=blue
    out pmt task x_colour=blue --format json
    json '.records[0].x_colour == "blue"'
EOT

it 'shows saved views' <<'EOT'
    project
    pmt task add A status=doing
    pmt task add B
    cat >>pmt.ini <<'END'

[view mine]
where = status = doing
END
    out pmt task @mine --format csv --columns title
    rows <<'END'
kind,id,title
task,T-1,A
END
    exits 2 pmt task @other
    err_has other
EOT

it 'works past unrelated errors, with a warning' <<'EOT'
    project
    pmt task add A
    printf '\n[risk R-1]\nfrobnicate = 1\n' >>pmt.ini
    out pmt task set T-1 status=doing
    err_matches 'warning|check'
    grep -q doing plan.ini
EOT

it 'aligns mixed Chinese and English at 80 and 200 columns' <<'EOT'
    project
    pmt task add '医院接口联调与等保三级整改 (hospital gateway integration, phase one of many)' effort=3d
    pmt task add Short effort=3d
    pmt task add 结算 effort=3d
    for width in 80 200; do
        COLUMNS=$width
        export COLUMNS
        out pmt task
        widest $width
    done
EOT

it 'gives no escape codes into a pipe, and ASCII in the C locale' <<'EOT'
    project
    pmt task add Short effort=3d
    pmt task | cat >"$OUT"
    ! grep -q "$(printf '\033')" "$OUT"
    LC_ALL=C
    out pmt task
    ! LC_ALL=C grep -q '[^ -~	]' "$OUT"
EOT

it 'stops quietly when nobody reads' <<'EOT'
    project
    for i in 1 2 3; do pmt task add "Task $i"; done
    pmt task | head -n 1 >/dev/null
    pmt task 2>"$ERR" | true
    silent
EOT

it 'lets two writers in, one after the other' <<'EOT'
    project
    for i in 1 2 3 4 5 6 7 8; do pmt task add "Task $i" & done
    wait
    out pmt task --format csv --columns title
    lines 9
    out pmt check
EOT

it 'removes tasks together with what they say of one another' <<'EOT'
    project
    pmt task add Alpha
    pmt task add Beta depends=T-1
    exits 1 pmt task rm T-1
    err_has T-2
    pmt task rm T-1 T-2 T-2
    out pmt task --format json
    json '.records | length == 0'
EOT

it 'takes a misspelt verb for what it is' <<'EOT'
    project
    pmt task add Alpha
    exits 2 pmt task sett T-1 effort=9d
    err_has "pmt task set"
    exits 2 pmt task delete T-1
    err_has "pmt task rm"
EOT

it 'writes output over no text of the project' <<'EOT'
    project
    pmt task add Alpha
    cp plan.ini before
    exits 2 pmt task -o plan.ini
    exits 2 pmt task -o new.ini
    same plan.ini before
    [ ! -e new.ini ]
EOT

it 'does not lose one of two titles' <<'EOT'
    project
    exits 2 pmt task add Alpha title=Beta
    err_has Beta
EOT

it 'limits what a view shows' <<'EOT'
    project
    pmt task add Alpha
    pmt task add Beta
    pmt view add one of=task where="level = 1" limit=1
    out pmt task @one --format csv --columns title
    has Alpha
    [ "$(wc -l <"$OUT")" -eq 2 ]
    exits 2 pmt task --limit -1
EOT

it 'refuses in the language asked for, from the library and from the command line alike' <<'EOT'
    project
    repository
    pmt task add Alpha
    pmt task add Beta depends=T-1
    refused() {
        want=$1
        shift
        exits '1|2|3' pmt "$@"
        err_has "$want"
    }
    refused '未知字段' --lang zh_CN task nosuch=1
    refused '不能按“zzz”排序' --lang zh_CN task --sort zzz
    refused '未知版本' --lang zh_CN task --at nosuch
    refused '被以下记录引用' --lang zh_CN task rm T-1
    refused '未知选项' --lang=zh_CN task --bogus
    refused '未知选项' task --bogus --lang zh_CN
    refused '未知命令' --lang zh_CN frobnicate
    refused '需要' --lang zh_CN report
    refused '没有任务“T-99”' --lang zh_CN task show T-99
    refused '无法进入文件夹' --lang zh_CN -C nowhere task
    refused '没有任务“T-77”' --lang zh_CN task set T-1 depends=T-77
    export PMT_LANG=zh_CN
    refused '未知选项' task --bogus
    refused '未知字段' task nosuch=1
    refused 'unknown field' --lang en task nosuch=1
    pmt task add Gamma
    printf '\n[task T-8]\ntitle = x\ndepends = T-9\n\n[task T-9]\ntitle = y\ndepends = T-8\n' >>plan.ini
    pmt task start 2>said || true
    grep -q '没有日期：无法计算计划' said
EOT

it 'refuses to close a loop' <<'EOT'
    project
    for title in A B C; do pmt task add $title effort=1d; done
    pmt task set T-2 depends=T-1
    pmt task set T-3 depends=T-2
    cp plan.ini before
    exits 2 pmt task set T-1 depends=T-3
    err_has 'T-1 → T-2 → T-3 → T-1'
    exits 2 pmt task set T-2 depends=T-2
    err_has 'T-2 → T-2'
    exits 2 pmt task add D parent=T-1 depends=T-1
    err_has 'T-4 → T-1 → T-4'
    exits 2 pmt task move T-1 --parent T-2
    err_has 'T-1 → T-2 → T-1'
    same plan.ini before
    out pmt schedule
EOT

it 'tells when a condition names what is not there' <<'EOT'
    project
    pmt resource add 'Li Wei' --id li.wei
    pmt task add one assign=li.wei
    out pmt task assign=li.wie
    err_is <<'END'
warning: the project has no 'li.wie'; did you mean 'li.wei'?
END
    out pmt task under=T-9
    err_has "no 'T-9'"
    out pmt task 'id = T-7 or depends != T-8'
    err_has "no 'T-7'"
    err_has "no 'T-8'"
    out pmt gantt assign=li.wie
    err_has 'li.wei'
    out pmt -q task assign=li.wie
    silent
    out pmt task assign=li.wei id=T-1
    silent
    out pmt task assign=@me
    err_has 'pmt config me'
    PMT_ME=li.wei out pmt task assign=@me
    silent
    has one
EOT

it 'takes views of the configuration everywhere conditions stand' <<'EOT'
    repository
    pmt resource add 'Li Wei' --id li.wei
    pmt task add one assign=li.wei
    pmt task add two
    pmt config view.his 'assign=li.wei or title:nothing'
    for noun in task gantt wbs schedule; do
        out pmt $noun @his
        has one
        lacks two
    done
    out pmt task @his title:two
    lacks one
    exits 2 pmt gantt @hers
    err_has 'pmt config view.hers'
EOT

it 'sees the loop that taking up a cancelled task would close' <<'EOT'
    project
    file plan.ini <<'END'
[task T-1]
title = a
depends = T-2
status = cancelled

[task T-2]
title = b
depends = T-1
END
    exits 2 pmt task set T-1 status=planned
    err_has 'T-1 → T-2 → T-1'
    exits 2 pmt task set T-1 status=
    pmt task set T-1 status= depends=
    exits 0 pmt check
    pmt task set T-2 status=cancelled
    pmt task set T-1 depends=T-2
    exits 2 pmt task set T-2 status=doing
EOT

it 'refuses a pmt.ini without its section as every command does' <<'EOT'
    : >pmt.ini
    for command in 'task add one' 'task' 'status' 'wbs' 'gantt' 'task set T-1 effort=1d' 'risk add fire'; do
        exits 3 pmt $command
        err_has 'project-missing'
    done
    [ "$(ls)" = pmt.ini ]
    [ ! -s pmt.ini ]
EOT

it 'says of a folder that cannot be written what it is' <<'EOT'
    [ "$(id -u)" != 0 ] || skip 'root may write everywhere'
    project
    pmt task add one effort=1d
    chmod a-w . .pmt
    exits 3 pmt task add two
    err_has "the project's folder"
    exits 3 pmt schedule --optimize=1h --save
    err_has "the project's folder"
EOT

finish
