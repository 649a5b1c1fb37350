#!/bin/sh
# Attacks by what git stores and what it is called: trees, modes, links, names of files and of references.
. "${0%/*}/lib.sh"
. "${0%/*}/guarded.sh"

# retree CODE: a commit on HEAD whose tree git would not write. CODE is Perl, for each entry ($mode, $name, $id: what it prints is the tree);
# entry MODE NAME ID prints one. In END it may add to them.
retree() {
	git ls-tree -z HEAD >../entries
	tree=$(perl -0ne 'sub entry { print "$_[0] $_[1]\0" . pack("H*", $_[2]) }
		chomp; ($mode, $id, $name) = /^0?(\d+) \w+ (\w+)\t(.*)$/s;'"$1" ../entries | git hash-object -t tree -w --stdin --literally)
	commit=$(git commit-tree -p HEAD -m retree "$tree")
}

blob() { git hash-object -w --stdin; }

it 'attack: a file made a link to what its own text names' <<'EOT'
    guarded
    printf '#evil' >extra.ini
    commit comment
    accepted
    printf '[task T-9]\ntitle = 暗度陈仓\neffort = 90d\n' >'#evil'
    git add -A
    git update-index --add --cacheinfo 120000,$(git rev-parse HEAD:extra.ini),extra.ini
    git commit -q -m link
    refused 'is a link'
EOT

it 'attack: a mode that is a link to git and a file to others' <<'EOT'
    guarded
    printf '#evil' >extra.ini
    printf '[task T-9]\ntitle = 暗度陈仓\neffort = 90d\n' >'#evil'
    commit comment
    accepted
    for mode in 120755 160755 120777 0; do
        retree '$mode = "'$mode'" if $name eq "extra.ini"; entry($mode, $name, $id)'
        refused 'none that git would write' '' $commit:main
    done
EOT

it 'attack: one name twice in a tree, a file and a folder of one name' <<'EOT'
    guarded
    evil=$(sed 's/effort = 10d/effort = 90d/' plan.ini | blob)
    retree 'entry("100644", $name, "'$evil'") if $name eq "plan.ini"; entry($mode, $name, $id)'
    refused 'none that git would write' '' $commit:main
    retree 'entry($mode, $name, $id); entry("100644", $name, "'$evil'") if $name eq "plan.ini"'
    refused 'none that git would write' '' $commit:main
    retree 'entry("100644", "baselines", "'$evil'"), entry("100644", "baselines.", "'$evil'") if $name eq "baselines"; entry($mode, $name, $id)'
    refused 'none that git would write' '' $commit:main
EOT

it 'attack: names out of order, which a search does not find' <<'EOT'
    guarded
    evil=$(printf '*.ini filter=evil\n' | blob)
    retree 'entry($mode, $name, $id); END { entry("100644", ".gitattributes", "'$evil'") }'
    refused 'none that git would write' '' $commit:main
EOT

it 'attack: names that are paths, or no names' <<'EOT'
    guarded
    evil=$(printf '[risk R-9]\ntitle = x\n' | blob)
    for bad in .. . .git .GIT '!/x.ini'; do
        retree 'BEGIN { entry("100644", "'$bad'", "'$evil'") } entry($mode, $name, $id)'
        refused 'none that git would write' '' $commit:main
    done
    retree 'BEGIN { entry("100644", "", "'$evil'") } entry($mode, $name, $id)'
    refused '' '' $commit:main
EOT

it 'attack: names that differ in case alone' <<'EOT'
    guarded
    for name in Policy.ini PLAN.INI .GitAttributes sub/PMT.ini Baselines/x.ini baselineS; do
        case $name in */*) mkdir "${name%/*}" ;; esac
        printf '[risk R-9]\ntitle = x\n' >$name
        exits 1 pmt check
        has file-twin
        commit case
        refused file-twin
        restore
    done
    # What is no text of the project may be called as one likes.
    mkdir code
    touch code/a.h code/A.h
    commit code
    accepted
EOT

it 'attack: a folder beside the project of the same name in another case' <<'EOT'
    guarded
    mkdir pm
    git mv pmt.ini plan.ini people.ini policy.ini requirements.ini baselines pm/
    commit moved
    accepted
    mkdir PM
    sed 's/7K3QW9M2XH4T8R5B/ZZZZZZZZZZZZZZZZ/' pm/pmt.ini >PM/pmt.ini
    (cd pm && exits 1 pmt check && has file-twin)
    commit beside
    refused file-twin
    restore
    echo '*.ini ident' >.GITattributes
    (cd pm && exits 1 pmt check && has file-twin)
    commit attributes
    refused file-twin
EOT

it 'attack: names that differ in Unicode form alone' <<'EOT'
    guarded
    printf '[risk R-9]\ntitle = x\n' >"$(printf 'caf\303\251.ini')"
    printf '[risk R-8]\ntitle = x\n' >"$(printf 'cafe\314\201.ini')"
    exits 1 pmt check
    has file-twin
    commit form
    refused file-twin
EOT

it 'attack: names of control characters, of bytes that are no text' <<'EOT'
    guarded
    for name in "$(printf 'a\nb.ini')" "$(printf 'a\033[2Jb.ini')" "$(printf 'a\377b.ini')"; do
        printf '[risk R-9]\ntitle = x\n' >"$name"
        exits 1 pmt check
        has file-name
        ! grep -q "$(printf '\033')" "$OUT" || fail 'the terminal gets what the name holds'
        commit name
        refused file-name
        restore
    done
EOT

it 'attack: .gitattributes with CR and BOM' <<'EOT'
    guarded
    for line in '*.ini\rident\n' '*.ini ident\r\n' '\357\273\277*.ini ident\n' ' *.ini ident\n' '*.txt text\n\r*.ini\tident\r\n'; do
        printf "$line" >.gitattributes
        commit a
        refused '[attributes]'
        restore
    done
EOT

it 'attack: a second project by a link to the pmt.ini of the first' <<'EOT'
    guarded
    mkdir pm other
    git mv pmt.ini plan.ini people.ini policy.ini requirements.ini baselines pm/
    commit moved
    accepted
    ln -s ../pm/pmt.ini other/pmt.ini
    cp pm/plan.ini other/
    commit link
    refused project-twice
EOT

it 'attack: tags and branches that are taken for the guarded branch' <<'EOT'
    guarded
    for name in refs/tags/main refs/tags/origin/main refs/heads/Main refs/tags/MAIN refs/heads/HEAD; do
        refused 'taken for the guarded branch' '' main~1:$name
    done
    refused "taken for a baseline's tag" '' main~1:refs/tags/Baseline/1
    # Whoever has one there already may take it away.
    git -C ../server.git tag main main~1
    git push -q origin :refs/tags/main
EOT

it 'attack: a reference named like the commit that is pushed' <<'EOT'
    guarded
    good=$(git rev-parse HEAD)
    pmt -q task set T-1 effort=11d
    commit direct
    evil=$(git rev-parse HEAD)
    git push -q origin $good:refs/heads/$evil $good:refs/tags/$evil
    refused uncovered
EOT

it 'attack: gigabytes of zeros in a few bytes' <<'EOT'
    guarded
    head -c 300000000 /dev/zero >zero.ini
    commit huge
    # A sanitizer's own maps are larger than any limit.
    [ "${SANITIZE:-}" ] || sed -i '2i ulimit -v 400000' ../server.git/hooks/pre-receive
    refused 'larger than 64 MiB'
EOT

it 'attack: an estimate read otherwise' <<'EOT'
    guarded
    approved project set estimate_percentile=80%
    sign wang.fang approve
    git push -q origin change/$id
    land
    accepted
    approved task set T-1 effort=10d/12d/30d
    sign wang.fang approve
    land
    accepted
    for distribution in uniform triangular; do
        pmt -q task set T-1 distribution=$distribution
        commit distribution
        refused uncovered money
        restore
        pmt -q project set distribution=$distribution
        commit distribution
        refused uncovered money
        restore
    done
EOT
finish
