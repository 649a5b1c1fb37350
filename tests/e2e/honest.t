#!/bin/sh
. "${0%/*}/lib.sh"
. "${0%/*}/guarded.sh"

it 'flow: merge commit' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    land
    accepted
EOT

it 'flow: an edit that nothing protects' <<'EOT'
    guarded
    pmt task set T-1 progress=50%
    commit progress
    accepted
EOT

finish
