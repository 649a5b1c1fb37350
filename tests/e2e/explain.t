#!/bin/sh
. "${0%/*}/lib.sh"

it 'explains a finding, outside a project' <<'EOT'
    out pmt explain cycle
    has 'tasks depend on each other in a circle'
    has 'depends = T-7'
    has 'what to do'
    widest 100
    silent
EOT

it 'explains a kind with its example and fields' <<'EOT'
    out pmt explain task
    has '[task T-12]'
    has 'not_before'
    out pmt explain tasks
    has 'not_before'
EOT

it 'explains a field, of one kind or of all that have it' <<'EOT'
    out pmt explain task.depends
    has 'T-9 SS+2d'
    out pmt explain levelling_delay
    has 'task.levelling_delay'
    out pmt explain severity
    has incident
    has issue
EOT

it 'explains a type' <<'EOT'
    out pmt explain duration
    has '3d/5d/10d'
EOT

it 'lists what there is, also as JSON' <<'EOT'
    out pmt explain
    has calendar-horizon
    has stakeholder
    has allocations
    out pmt explain --format json
    json '.schema == "pmt.explain/1"'
    json '.findings | map(.id) | index("cycle") != null'
    json '.kinds | length > 40'
EOT

it 'suggests the nearest topic' <<'EOT'
    exits 2 pmt explain cylce
    err_has "did you mean 'cycle'?"
EOT

finish
