#!/bin/sh
. "${0%/*}/lib.sh"

it 'shows who does and who answers, inherited in small letters' <<'EOT'
    project
    for r in li.wei wang.fang; do pmt resource add $r; done
    pmt stakeholder add boss title=Boss
    pmt task add 建设 accountable=boss
    pmt task add 开发 parent=T-1 effort=3d assign=li.wei
    pmt task add 测试 parent=T-1 effort=1d responsible=wang.fang accountable=li.wei consulted=boss
    pmt task add 上线 parent=T-1 milestone=yes
    out pmt raci
    matches '开发 .* R'
    out pmt raci --format json
    json '[.records[] | [.id, .responsible, .accountable, .consulted, .inherited, .fault]] == [
        ["T-1", null, ["boss"], null, false, null],
        ["T-2", ["li.wei"], ["boss"], null, true, null],
        ["T-3", ["wang.fang"], ["li.wei"], ["boss"], false, null],
        ["T-4", null, ["boss"], null, true, null]]'
    out pmt raci --check
    has 'every task has one A'
EOT

it 'finds what has no A or no R, and who answers for too much' <<'EOT'
    project
    pmt resource add li.wei
    pmt task add A effort=1d assign=li.wei
    pmt task add B effort=1d accountable=li.wei
    pmt task add C effort=1d accountable=li.wei responsible=li.wei
    exits 1 pmt raci --check
    matches 'T-1 .*no A'
    matches 'T-2 .*no R'
    lacks T-3
    exits 1 pmt raci --check --most 1
    has 'answers for too much'
    exits 2 pmt raci --most 0
EOT

finish
