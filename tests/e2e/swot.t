#!/bin/sh
. "${0%/*}/lib.sh"

items() {
	project
	file swot.ini <<'END'
[swot SW-1]
title = 规则引擎自主可控
quadrant = strength
weight = 2
[swot SW-2]
title = Two people know the kernel
quadrant = weakness
strategy = Train a third one
[swot SW-3]
title = More weight
quadrant = strength
weight = 5
[swot SW-4]
title = Vendors have no budget
quadrant = threat
owner = li
[resource li]
END
}

it 'the picture: four fields, the weightiest first' <<'END'
	items
	COLUMNS=80 out pmt swot
	matches '^Strengths .*│ Weaknesses'
	matches '^· SW-3 More weight \(5\)'
	has 'Train a third one'
	widest 80
	COLUMNS=30 out pmt swot
	widest 30
	LC_ALL=C out pmt swot
	matches '^Strengths .* \| Weaknesses'
	out pmt swot quadrant=threat
	lacks 'SW-1'
	out pmt swot --format json
	json '[.records[].id] == ["SW-3","SW-1","SW-2","SW-4"]'
	out pmt swot --format svg
	has 'class="pf quadrants"'
	out pmt --lang zh_CN swot
	has '优势'
	exits 2 pmt swot colour=red
END

it 'an item becomes a risk, linked' <<'END'
	items
	out pmt swot promote SW-4 probability=50% impact_cost=1000
	err_has 'SW-4 becomes risk R-1'
	out pmt risk --format csv --columns title,type,owner,exposure
	rows <<'WANT'
kind,id,title,type,owner,exposure
risk,R-1,Vendors have no budget,threat,li,500.00 CNY
WANT
	out pmt swot
	has 'SW-4 Vendors have no budget → R-1'
	out pmt check
	exits 1 pmt swot promote SW-4
	err_has 'has a risk already: R-1'
	out pmt swot promote SW-1 title=Reuse
	out pmt risk show R-2 --format json
	json '.records[0].type == "opportunity" and .records[0].title == "Reuse"'
END

it 'bad input writes nothing' <<'END'
	items
	exits 2 pmt swot promote
	exits 2 pmt swot promote SW-9
	exits 2 pmt swot promote SW-2 probability=lots
	exits 2 pmt swot promote SW-2 SW-4
	out pmt swot promote SW-2 --dry-run
	[ ! -e risks ]
	out pmt swot --format json
	json '[.records[] | select(.risk)] == []'
	rm swot.ini
	out pmt swot
	has 'no SWOT items'
END

finish
