#!/bin/sh
. "${0%/*}/lib.sh"

# OR-AS's network: safe 2 9 5 2 3 6 2 3, aggressive 1 6 3 1 2 4 1 2 (case B01).
network() {
    project
    file plan.ini <<'END'
[task A1]
duration = 1d/1d/2d
[task A2]
title = 主链第一步
duration = 6d/6d/9d
[task A3]
duration = 3d/3d/5d
[task A4]
duration = 1d/1d/2d
depends = A1
[task A5]
duration = 2d/2d/3d
depends = A3
[task A6]
duration = 4d/4d/6d
depends = A2, A4
[task A7]
duration = 1d/1d/2d
depends = A5
[task A8]
duration = 2d/2d/3d
depends = A6, A7
END
}

it 'sizes buffers by cut and paste' <<'EOT'
    network
    out pmt chain --aggressive optimistic --safe pessimistic --format json
    json '.schema == "pmt.chain/1"'
    json '.summary.length == 12 * 480 and .summary.buffer == 6 * 480 and .summary.zone == "green"'
    json '[.records[] | select(.chain == 0) | .id] == ["A2", "A6", "A8"]'
    json '[.buffers[] | select(.joins == "A6")][0] | .buffer == 480 and .tasks == ["A1", "A4"]'
    json '[.buffers[] | select(.joins == "A8")][0] | .buffer == 3 * 480 and .tasks == ["A3", "A5", "A7"]'
    out pmt chain --aggressive optimistic --safe pessimistic --share 25% --format json
    json '.summary.buffer == 3 * 480'
    silent
EOT

it 'sizes buffers by the root of the sum of squares' <<'EOT'
    network
    out pmt chain --method rsem --aggressive optimistic --safe pessimistic --format json
    json '.summary.buffer == 1796'
    json '[.buffers[] | select(.joins == "A6")][0].buffer == 679'
    json '[.buffers[] | select(.joins == "A8")][0].buffer == 1176'
EOT

it 'goes through people, and through the median by itself' <<'EOT'
    project
    file people.ini <<'END'
[resource li]
END
    pmt task add A duration=2d/4d/12d assign=li
    pmt task add B duration=2d/4d/12d assign=li
    out pmt chain --format json
    json '[.records[].id] | sort == ["T-1", "T-2"]'
    json '.records[1].follows == "people"'
    json '.records[0].aggressive < .records[0].safe'
EOT

it 'draws the fever chart, green to red' <<'EOT'
    project 'status_date = 2026-06-10'
    pmt task add A duration=4d/4d/8d actual_start=2026-03-02 actual_finish=2026-03-20
    pmt task add B duration=6d/6d/9d depends=T-1
    out pmt chain --aggressive likely --format json
    json '.summary.zone == "red" and .summary.consumption > 100 and .summary.completion == 40'
    json '.fever.series | length == 3'
    out pmt chain --fever --format svg
    has '<svg'
    out pmt chain --red 900%..900% --yellow 800%..800% --aggressive likely --format json
    exits 2 pmt chain --red 10%..20%
    COLUMNS=80 out pmt chain
    widest 80
    has '●'
    LC_ALL=C COLUMNS=80 out pmt chain
    lacks '●'
    out pmt --lang zh_CN chain
    has 项目缓冲
EOT

it 'refuses what makes no sense' <<'EOT'
    network
    exits 2 pmt chain --method magic
    err_has magic
    exits 2 pmt chain --share x
    exits 2 pmt chain --share 200%
    err_has 'from 0% to 100%'
    exits 2 pmt chain --aggressive 0%
    exits 2 pmt chain --safe never
    exits 2 pmt chain --yellow 15%
    exits 2 pmt chain A1
    rm plan.ini
    exits 3 pmt chain
EOT

it 'sees the task that is last now, whatever the planned order' <<'EOT'
    project status_date=2026-03-20
    file plan.ini <<'END'
[resource a]
[task T-1]
effort=5d
assign=a
[task T-2]
effort=5d
assign=a
actual_start=2026-03-09
actual_finish=2026-03-13
END
    out pmt chain --format json
    json '.summary.projected_finish[0:10] == "2026-03-26" and .summary.consumption == 180 and .summary.zone == "red"'
EOT

finish
