#!/bin/sh
. "${0%/*}/lib.sh"

it 'makes the status report in every format' <<'EOT'
    project
    pmt task add 调研 effort=5d
    pmt task add 开发 depends=T-1 effort=20d
    for format in table markdown html json; do
        out pmt report status --format $format
        [ -s "$OUT" ]
    done
    out pmt report status --format json
    json 'type == "object"'
EOT

it 'is one HTML file that needs nothing else' <<'EOT'
    out pmt -C "$SRC/examples/yibao" -o "$PWD/status.html" report status
    cp status.html "$OUT"
    has '<html'
    has 'lang="zh'
    has '<svg'
    lacks '<script src'
    lacks 'http-equiv="refresh"'
    ! grep -Eo '(src|href)="https?://[^"]*"' status.html
EOT

it 'escapes what people write' <<'EOT'
    project
    pmt task add '<script>alert("x")</script>' effort=5d
    out pmt report status --format html
    lacks '<script>alert'
EOT

it 'is the same for the same project and day' <<'EOT'
    pmt -C "$SRC/examples/yibao" -o "$PWD/one.html" report status
    pmt -C "$SRC/examples/yibao" -o "$PWD/two.html" report status
    same one.html two.html
EOT

it 'is in the language that is asked for' <<'EOT'
    out pmt -C "$SRC/examples/yibao" --lang zh_CN report status --format markdown
    has 关键路径
    out pmt -C "$SRC/examples/yibao" --lang en report status --format markdown
    has 'Critical path'
EOT

it 'shows in a browser without a message, and fits 1280 and 390 pixels' <<'EOT'
    browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
    [ "$browser" ] || skip no chromium
    pmt -C "$SRC/examples/yibao" -o "$PWD/status.html" report status
    perl "$SRC/tests/e2e/browser.pl" "$browser" "$PWD/status.html" 1280 390
EOT

it 'knows its reports' <<'EOT'
    project
    exits 2 pmt report statsu
    err_has status
EOT

it 'refuses to rest on errors' <<'EOT'
    project
    printf '[task T-1]\ntitle = A\ndepends = T-9\n' >plan.ini
    exits 3 pmt report status
    err_has ref-unknown
    [ ! -s "$OUT" ]
EOT

it 'reports the period that is asked for' <<'EOT'
    project
    file plan.ini <<'END'
[task T-1]
title = A
duration = 5d
status = done
actual_start = 2026-03-02
actual_finish = 2026-03-06
END
    out pmt --now 2026-03-20 report status --format json
    json '.period.tasks_finished == 0 and .period.since == "2026-03-13"'
    out pmt --now 2026-03-20 report status --since 2026-03-01 --format json
    json '.period.tasks_finished == 1 and (.done | map(.id)) == ["T-1"]'
    exits 2 pmt --now 2026-03-20 report status --since 2027-01-01
    exits 2 pmt report status --since never
EOT

finish
