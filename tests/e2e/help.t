#!/bin/sh
. "${0%/*}/lib.sh"

it 'groups the commands by what one wants to do' <<'EOT'
    out pmt help
    has 'init'
    has 'task'
    has 'schedule'
    has 'gantt'
    has 'import'
    widest 100
    silent
EOT

it 'help NAME, NAME -h and NAME --help agree' <<'EOT'
    for name in init check gantt schedule task risk; do
        pmt help $name >one
        pmt $name -h >two
        pmt $name --help >three
        same one two
        same one three
        grep -q "pmt $name" one
    done
EOT

it 'explains a verb of a noun' <<'EOT'
    out pmt task add -h
    has 'pmt task add'
EOT

it 'suggests the nearest command' <<'EOT'
    exits 2 pmt gant
    err_has gantt
    [ ! -s "$OUT" ]
    exits 2 pmt help taks
    err_has task
EOT

it 'suggests the nearest option' <<'EOT'
    project
    exits 2 pmt gantt --dpeth 2
    err_has depth
    exits 2 pmt --fromat json task
    err_has format
EOT

it 'speaks Chinese when asked' <<'EOT'
    out pmt --lang zh_CN help
    has 项目
    has 任务
EOT

it 'knows its languages by any of their names, and refuses others' <<'EOT'
    project
    pmt task add one
    for lang in zh zh-cn zh_CN.UTF-8; do
        out pmt --lang $lang task T-1
        has 标题
    done
    for lang in en en_GB en_US.UTF-8; do
        out pmt --lang $lang task T-1
        has title
    done
    exits 2 pmt --lang fr task
    err_is <<'END'
pmt: there are no messages in the language 'fr'
  languages: en, zh_CN
END
    PMT_LANG=fr exits 2 pmt task
    err_has 'en, zh_CN'
    LANG=fr_FR.UTF-8 out pmt task
    has one
EOT

it 'fits the page' <<'EOT'
    for COLUMNS in 80 120; do
        export COLUMNS
        out pmt help
        widest $COLUMNS
    done
    matches '^  project  '
EOT

finish
