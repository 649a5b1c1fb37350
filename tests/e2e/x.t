#!/bin/sh
. "${0%/*}/lib.sh"
. "${0%/*}/guarded.sh"
it 'x' <<'EOT'
    guarded
    approved task set T-1 effort=11d
    ls -R changes
    cat changes/*/1-*
    cat changes/*/2-*
    git log --format='%h %an %s'
    land
    git push origin main 2>&1 | head -30
    pmt verify || true
    pmt change show $id || true
    pmt -q change approve $id --as zhang.min --key ../key-mallory || true
EOT
finish
