#!/bin/sh
. "${0%/*}/lib.sh"

decisions() {
	project
	file d.ini <<'END'
[decision D-1]
title = 直连数据库
status = superseded
[decision D-2]
title = Bus
supersedes = D-1
[decision D-3]
title = Gateway
supersedes = D-2
review = 2026-06-12
[decision D-4]
title = Parallel?
status = proposed
due = 2026-06-05
[decision D-5]
title = Later
review = 2026-09-01
END
}

it 'what waits' <<'END'
	decisions
	out pmt decision due --format json
	json '[.records[] | [.id, .overdue]] == [["D-4",5],["D-3",null]]'
	out pmt decision due --until 2026-10-01
	has 'D-5'
	exits 2 pmt decision due --until never
	out pmt decision "overdue > 0" --format json
	json '[.records[].id] == ["D-4"]'
END

it 'chains, and what does not say that it is replaced' <<'END'
	decisions
	out pmt decision chain
	is <<'WANT'
Gateway  D-3
└── Bus  D-2
    └── 直连数据库  D-1

! Replaced, but their status still is not 'superseded': 1
WANT
	out pmt decision chain D-2 --format json
	json '[.records[] | [.id, .superseded_by]] == [["D-2",null],["D-1","D-2"]]'
	out pmt decision show D-1
	has 'D-2'
	exits 2 pmt decision chain D-9
END

it 'a circle is a finding, and is cut' <<'END'
	decisions
	printf '[decision D-6]\ntitle = a\nsupersedes = D-7\n[decision D-7]\ntitle = b\nsupersedes = D-6\n' >e.ini
	exits 1 pmt check
	has 'decisions supersede each other in a circle: D-6 → D-7 → D-6'
	out pmt decision chain D-6
	lines 4
	rm *.ini
	project
	out pmt decision chain
	has 'no decision replaces another one'
	out pmt decision due
	has 'no decision is waiting'
END

it 'an edit that would close a circle is refused, and nothing is written' <<'END'
	decisions
	cp d.ini before
	exits 2 pmt decision set D-1 supersedes=D-3
	err_has 'decision-cycle'
	err_has 'nothing was written'
	cmp d.ini before
	out pmt decision set D-5 supersedes='D-3, D-4'
	exits 2 pmt decision set D-4 supersedes=D-2,d-5
	printf '[decision D-6]\ntitle = a\nsupersedes = D-7\n[decision D-7]\ntitle = b\nsupersedes = D-6\n' >e.ini
	out pmt decision set D-6 title=named
	out pmt decision set D-6 supersedes=
	out pmt decision list
END

it 'what is due goes by the status date' <<'END'
	decisions
	project status_date=2026-06-10
	out pmt --now 2026-11-21 decision due --format json
	json '[.records[] | [.id, .overdue]] == [["D-4",5],["D-3",null]]'
END

finish
