/** Finds which of many ranges of text hold a text. */
export class RangeIndex {
	private readonly ranges: Array<{ from: string; to: string; rule: number }>;
	/** A balanced tree over the ranges, sorted by where they begin: the last end at or below each node. */
	private readonly lastEnd: string[] = [];

	constructor(ranges: ReadonlyArray<{ from: string; to: string; rule: number }>) {
		this.ranges = [...ranges].sort((one, other) =>
			one.from < other.from ? -1 : one.from > other.from ? 1 : 0,
		);
		this.endsOf(0, this.ranges.length);
	}

	/** Rules of the ranges that hold `text`, ends included. */
	holding(text: string): number[] {
		const found: number[] = [];
		this.search(text, 0, this.ranges.length, found);
		return found;
	}

	private endsOf(from: number, to: number): string | null {
		if (from >= to) return null;
		const middle = (from + to) >> 1;
		let last = this.ranges[middle].to;
		for (const side of [this.endsOf(from, middle), this.endsOf(middle + 1, to)])
			if (side !== null && side > last) last = side;
		this.lastEnd[middle] = last;
		return last;
	}

	private search(text: string, from: number, to: number, found: number[]): void {
		if (from >= to) return;
		const middle = (from + to) >> 1;
		if (this.lastEnd[middle] < text) return;
		this.search(text, from, middle, found);
		const range = this.ranges[middle];
		if (range.from > text) return;
		if (range.to >= text) found.push(range.rule);
		this.search(text, middle + 1, to, found);
	}
}
