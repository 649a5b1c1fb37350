#!/bin/sh
. "${0%/*}/lib.sh"

it 'records samples by hand and lists the latest with health and trend' <<'EOT'
    project
    pmt metric add coverage title='Unit tests' unit=% target=85 warn=82 fail=80
    out pmt metric record coverage 83.6 --date 2026-05-20
    err_has 'coverage: 83.6 % (good)'
    pmt metric record coverage 81.2% --date 2026-05-29 '结算引擎重构'
    out pmt metric record coverage 79.1
    err_has '(fail)'
    grep -q '^2026-05-29 = 81.2 结算引擎重构$' samples/2026.ini
    out pmt metric --format json
    json '.records[0] | .value == 79.1 and .health == "fail" and .trend == "falling" and .measured == "2026-06-10"'
    out pmt metric health=fail --format csv --columns id,value
    rows <<'END'
kind,id,value
metric,coverage,79.1
END
EOT

it 'refuses the future, what is no number, and metrics there are not' <<'EOT'
    project
    pmt metric add coverage fail=80
    exits 2 pmt metric record coverage 80 --date 2026-06-11
    err_has 'after today'
    exits 2 pmt metric record coverage many
    err_has "'many' is no number"
    exits 2 pmt metric record covrage 80
    exits 2 pmt metric record coverage
    [ ! -e samples ]
    file samples.ini <<'END'
[sample coverage]
2027-01-01 = 99
2026-06-01 = 81
END
    out pmt check
    has sample-future || err_has sample-future
    out pmt metric --format json
    json '.records[0].value == 81'
EOT

it 'runs no command of a repository that is not trusted' <<'EOT'
    repository
    pmt metric add n source='touch ran; echo 3'
    exits 1 pmt metric run
    err_has 'not trusted'
    err_has 'pmt config trust yes'
    [ ! -e ran ]
    # Neither may the tree itself say so, nor a setting for all repositories.
    exits 2 pmt config --global trust yes
    git config -f .gitconfig pmt.trustCommands yes
    exits 1 pmt metric run
    [ ! -e ran ]
    pmt config trust yes
    out pmt metric run
    [ -e ran ]
    out pmt config trust
    has yes
    # The pin of change control is another thing.
    git config pmt.trust "$(pmt verify --pin)"
    out pmt verify
    out pmt config trust
    has yes
    pmt config trust no
    exits 1 pmt metric run
EOT

it 'stores what commands print, and nothing of those that fail, hang, or print no number' <<'EOT'
    repository
    pmt config trust yes
    pmt metric add good source='echo "TOTAL 1000 185 81.5%"' fail=80
    pmt metric add place source='basename "$PMT_ROOT" | wc -l; echo $PMT_METRIC >&2'
    out pmt metric run
    pmt metric add fails source='echo 7; echo broken pipe >&2; exit 3'
    pmt metric add mute source='echo nothing to see'
    pmt metric add silent source=true
    pmt metric add dumb source=false
    pmt metric add hangs source='sleep 100 & echo 5; sleep 100'
    pmt metric add endless source='yes 5'
    exits 1 pmt metric run --timeout 3 --date 2026-06-01
    err_has 'ended with 3: broken pipe'
    err_has 'printed no number: nothing to see'
    err_has 'stopped after 3 s'
    err_has 'prints without end'
    err_has "'silent': printed nothing"
    err_has "'dumb': ended with 1 and said nothing"
    exits 1 pmt metric run --timeout 3 --date 2026-06-01 --format json
    json '[.records[] | select(.value != null) | .id] == ["good", "place"]'
    out pmt metric show fails
    ! grep -q fails samples/2026.ini
    ! grep -q hangs samples/2026.ini
    grep -q '^2026-06-10 = 81.5' samples/2026.ini
    exits 2 pmt metric run nobody
    pmt metric add still
    exits 2 pmt metric run still
    err_has 'no source'
EOT

it 'takes measures from result files, by what metrics read and by the command line' <<'EOT'
    project
    pmt metric add lines unit=% fail=80 reads=lcov.lines
    pmt metric add passed unit=% reads=junit.passed
    pmt metric add sum 'reads=json:$.totals.sum'
    printf 'SF:a.c\nLF:200\nLH:163\nend_of_record\n' > cov.info
    out pmt metric import cov.info
    err_has 'lines: 81.5 % (good)'
    grep -q '^2026-06-10 = 81.5$' samples/2026.ini
    echo '<testsuite><testcase/><testcase><failure/></testcase></testsuite>' > t.xml
    out pmt metric import t.xml --date 2026-06-09
    out pmt metric passed --format json
    json '.records[0] | .value == 50 and .measured == "2026-06-09"'
    echo '{"totals": {"sum": 7}}' > n.json
    out pmt metric import n.json
    out pmt metric import n.json 'lines=json:$.totals.sum' --dry-run
    out pmt metric lines --format json
    json '.records[0].value == 81.5'
    echo '<coverage line-rate="0.5"/>' > c.xml
    out pmt metric import c.xml
    has 'cobertura.lines'
    err_has 'nothing was stored'
    exits 2 pmt metric import c.xml lines=cobertura.branches
    err_has 'it holds cobertura.lines'
    out pmt metric import c.xml lines=cobertura.lines
    err_has '(fail)'
EOT

it 'stores nothing of a file that is malformed' <<'EOT'
    project
    pmt metric add passed unit=% reads=junit.passed
    echo '<testsuite><testcase/><testcase>' > t.xml
    exits 3 pmt metric import t.xml
    err_has 't.xml:2:1: '
    echo 'hello' > x.txt
    exits 3 pmt metric import x.txt
    err_has 'neither JUnit'
    exits 3 pmt metric import x.txt --type lcov
    err_has 'x.txt:1: no line of an lcov tracefile'
    exits 2 pmt metric import x.txt --type word
    exits 3 pmt metric import none.xml
    exits 2 pmt metric import t.xml passed
    exits 2 pmt metric import t.xml 'passed=json:$.a b'
    exits 2 pmt metric import
    [ ! -e samples ]
EOT

it 'of samples of one moment the last written counts' <<'EOT'
    project
    pmt metric add load direction=down fail=80
    out pmt metric record load 70 --date '2026-06-09 10:00'
    err_has 'load: 70 (good)'
    out pmt metric record load 90 --date '2026-06-09 10:00'
    err_has 'load: 90 (fail)'
    out pmt metric load --format json
    json '.records[0].value == 90 and .records[0].health == "fail"'
    out pmt check
    # Nothing to hold it against: nothing is said of it.
    pmt metric add mood target=5
    out pmt metric record mood 4
    err_is <<'END'
mood: 4
END
EOT

it 'does not read without end' <<'EOT'
    project
    pmt metric add tests reads=junit.tests
    exits '3|128' pmt metric import /dev/zero
    err_has "cannot read '/dev/zero': File too large"
    [ ! -e samples ]
EOT

it 'draws a control chart with limits and signals' <<'EOT'
    project
    pmt metric add flow title=Flowrate
    file samples/2026.ini <<'END'
[sample flow]
2026-01-01 = 49.6
2026-01-02 = 47.6
2026-01-03 = 49.9
2026-01-04 = 51.3
2026-01-05 = 47.8
2026-01-06 = 51.2
2026-01-07 = 52.6
2026-01-08 = 52.4
2026-01-09 = 53.6
2026-01-10 = 52.1
END
    out pmt metric chart flow --format json
    json '.process | .centre == 50.81 and .lower == 45.8159 and .upper == 55.8041 and .mean_range == 1.8778'
    json '.chart.figure == "control"'
    COLUMNS=80
    export COLUMNS
    out pmt metric chart flow
    has 'upper limit 55.8'
    widest 80
    pmt metric record flow 60 --date 2026-01-11
    out pmt metric chart flow --limits 2026-01-10 --format json
    json '.signals | map(.rule) | contains([1])'
    out pmt metric chart flow --format svg
    has '<svg'
    has 'upper limit'
    out pmt metric chart flow --since 2026-01-09 --format csv
    exits 1 pmt metric chart flow --since 2026-05-01
    exits 1 pmt metric chart flow --limits 2026-01-01
    pmt metric add empty
    out pmt metric chart empty
    has 'never measured'
    exits 2 pmt metric chart
    LC_ALL=C
    export LC_ALL
    out pmt metric chart flow
    lacks '│'
    has ' |'
    out pmt metric flow
    lacks █
    has @
    out pmt metric flow --format markdown
    has █
    out pmt metric show flow
    lacks █
EOT

# Data is limited to less than the file has: neither the file nor what its tests printed is kept.
it 'imports a result file that is larger than the memory it has' <<'EOT'
    project
    awk 'BEGIN {
        line = sprintf("%1000s", "log"); print "<testsuites><testsuite>"
        for (i = 0; i < 20000; i++)
            print "<testcase name=\"" i "\"><system-out>" line "</system-out></testcase>"
        print "<system-out>"
        for (i = 0; i < 10000; i++)
            print line
        print "</system-out></testsuite></testsuites>"
    }' >junit.xml
    [ "$(wc -c <junit.xml)" -gt 30000000 ]
    # A sanitizer's own maps are larger than any limit.
    ([ "${SANITIZE:-}" ] || ulimit -d 20000; pmt metric import junit.xml) >"$OUT"
    matches 'junit.tests +20,000'
EOT

finish
