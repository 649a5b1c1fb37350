#!/bin/sh
. "${0%/*}/lib.sh"

it 'puts everybody into a quadrant' <<'EOT'
    project
    file stakeholders.ini <<'END'
[stakeholder zhang.min]
title = 张敏
power = high
interest = medium
[stakeholder bank]
title = 银行 🏦
power = medium
interest = low
attitude = oppose
[stakeholder public]
title = 参保群众
power = low
interest = high
[stakeholder press]
title = Press
power = low
interest = low
[stakeholder middle]
power = medium
interest = medium
[stakeholder nobody]
title = Unknown
END
    out pmt stakeholder grid --format json
    json '[.records[] | [.id, .quadrant]] == [["zhang.min", "manage closely"], ["bank", "keep satisfied"],
        ["public", "keep informed"], ["middle", "keep informed"], ["press", "monitor"], ["nobody", "power or interest unknown"]]'
    json '.grid.cells[] | select(.row == "high" and .column == "medium") | .items == ["zhang.min"]'
    out pmt stakeholder grid
    has 参保群众
    widest 100
    out env COLUMNS=60 pmt stakeholder grid
    widest 60
    out pmt stakeholder grid attitude=oppose
    has bank
    lacks zhang.min
    out pmt --lang zh_CN stakeholder grid
    has 重点管理
    out pmt stakeholder grid --format svg
    xmllint --noout "$OUT"
    out pmt stakeholder grid --format html
    has '<svg'
EOT

it 'shows where engagement has to go, the widest gap first' <<'EOT'
    project
    pmt stakeholder add a title=A engagement=supportive desired=supportive
    pmt stakeholder add b title=B engagement=unaware desired=leading
    pmt stakeholder add c title=C desired=neutral
    out pmt stakeholder engagement --format json
    json '[.records[] | [.id, .gap]] == [["b", 4], ["a", 0], ["c", null]]'
    out pmt stakeholder engagement
    matches 'b +B +✗ C +D +\+4'
    has 'find out where they stand'
EOT

it 'has nothing to draw without stakeholders, and says so' <<'EOT'
    project
    out pmt stakeholder grid
    has "'pmt stakeholder add'"
    exits 2 pmt stakeholder grid powr=high
    err_has "'power'"
EOT

finish
