#!/bin/sh
. "${0%/*}/lib.sh"

it 'tells what came in uncovered, and goes on behind it' <<'EOT'
    repository
    pmt task add Alpha effort=5d
    pmt policy add scope protect=task.effort approve=sponsor
    commit base
    git config pmt.trust "$(pmt verify --pin)"
    out pmt audit
    pmt task set T-1 effort=6d
    commit wrong
    pmt task set T-1 title=Beta
    commit free
    pmt task set T-1 effort=7d
    commit again
    exits 1 pmt audit --format json
    json '[.findings[] | select(.finding == "uncovered")] | length == 2'
    json '.findings[0].author | contains("li.wei@example.org")'
    json '.findings[0].when != null'
    exits 1 pmt audit
    has 'Who approved what'
    has 'uncovered'
    exits 1 pmt audit --format markdown
    exits 1 pmt audit --format html
    exits 1 pmt --lang zh_CN audit
    out pmt audit HEAD~3
    exits 2 pmt audit HEAD HEAD
EOT

finish
