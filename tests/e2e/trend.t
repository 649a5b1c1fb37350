#!/bin/sh
# `pmt trend`: what a measure was over time.
. "${0%/*}/lib.sh"

on() { # date message
    git add -A
    GIT_COMMITTER_DATE=$1T09:00:00+0800 git commit -q --allow-empty -m "$2"
}

it 'tells a measure commit by commit, and draws it' <<'EOT'
    repository
    pmt resource add li rate=800/d
    on 2026-06-01 people
    pmt task add A effort=5d assign=li
    on 2026-06-02 one
    echo x >code.c
    on 2026-06-03 code
    pmt task set T-1 effort=10d
    on 2026-06-04 two
    pmt task add B effort=1d assign=li depends=T-1
    out pmt trend finish --format csv
    rows <<END
when,commit,value,difference
2026-06-01T09:00,$(git rev-parse HEAD~4),2026-03-02T09:00,
2026-06-01T09:00,$(git rev-parse HEAD~3),2026-03-02T09:00,0
2026-06-02T09:00,$(git rev-parse HEAD~2),2026-03-06T18:00,5760
2026-06-04T09:00,$(git rev-parse HEAD),2026-03-13T18:00,10080
2026-06-10T00:00,,2026-03-16T18:00,4320
END
    out pmt trend cost --format json
    json '[.records[].value.amount] == ["0.00", "0.00", "4000.00", "8000.00", "8800.00"]'
    json '.trend.measure == "cost" and .records[4].commit == null'
    out pmt trend effort
    has '11d'
    has '┤'
    widest 100
    out pmt trend effort --format svg
    has '<svg'
    out pmt trend effort --format html
    has '<svg'
    out pmt --at HEAD trend effort --format json
    json '.records[-1].value == 4800'
    out pmt trend effort --lang zh_CN
    has 现在
EOT

it 'counts and sums anything, and knows metrics' <<'EOT'
    repository
    pmt task add A effort=2d
    pmt metric add coverage Coverage unit=% direction=up
    pmt sample add coverage 2026-06-02 80
    on 2026-06-02 one
    pmt task add B effort=3d status=done
    pmt sample add coverage 2026-06-05 90
    on 2026-06-05 two
    for words in 'count task status=done' done; do
        out pmt trend "$words" --format json
        json '[.records[].value] == [0, 0, 1, 1]'
    done
    out pmt trend count task effort='2d..' title:b --format json
    json '[.records[].value] == [0, 0, 1, 1]'
    pmt config view.late 'effort=3d..'
    out pmt trend count task @late --format json
    json '[.records[].value] == [0, 0, 1, 1]'
    out pmt trend sum effort task --format json
    json '[.records[-1].value] == [2400]'
    out pmt trend coverage --every day --since 2026-06-02 --format json
    json '[.records[] | .value] | .[0] == 80 and .[-1] == 90'
    out pmt trend tasks --every week --format json
    json '[.records[] | "\(.when) \(.value)"] == ["2026-06-07T23:59 2", "2026-06-10T00:00 2"]'
    out pmt trend tasks --every month --format json
    json '[.records[].when] == ["2026-06-10T00:00"]'
    out pmt trend
    has open_tasks
    has coverage
EOT

it 'refuses what is no measure' <<'EOT'
    repository
    exits 2 pmt trend finsh
    err_has "did you mean 'finish'?"
    exits 2 pmt trend count
    exits 2 pmt trend count tsk
    err_has "did you mean 'task'?"
    exits 2 pmt trend count task nonsense=1
    exits 2 pmt trend sum task
    exits 2 pmt trend sum efort task
    exits 2 pmt trend finish cost
    exits 2 pmt trend finish --every hour
    exits 2 pmt trend finish --since whenever
EOT

it 'keeps a cache that changes no answer, and goes on past what it cannot read' <<'EOT'
    repository
    pmt task add A effort=2d
    on 2026-06-02 one
    cp plan.ini good
    printf '[task T-1]\ndepends = T-1\n[broken\n' >plan.ini
    on 2026-06-03 broken
    mv good plan.ini
    on 2026-06-04 mended
    pmt trend finish --format json >cold
    pmt trend finish --format json >warm
    same cold warm
    [ -e .git/pmt/cache/trend ]
    echo rubbish >.git/pmt/cache/trend
    pmt trend finish --format json >broken
    same cold broken
    out cat cold
    json '[.records[] | .value != null] == [true, true, false, true, true] or (.records | length) == 5'
EOT

it 'is the value of today alone where there is no commit yet' <<'EOT'
    project
    pmt task add A
    git init -q .
    out pmt trend tasks --format json
    json '[.records[].value] == [1]'
    rm -r .git
    exits 4 pmt trend tasks
EOT

finish
