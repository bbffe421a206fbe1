/** Deterministic random numbers: the same seed gives the same company on every machine. */
export class SeededRandom {
	private state: number;

	constructor(seed: string) {
		// FNV-1a, so that similar seeds start far apart.
		let hash = 2166136261;
		for (const character of seed) {
			hash = Math.imul(hash ^ character.codePointAt(0)!, 16777619);
		}
		this.state = hash >>> 0;
	}

	/** In [0, 1): mulberry32. */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) >>> 0;
		let t = this.state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	}

	/** Both ends included. */
	integer(low: number, high: number): number {
		return low + Math.floor(this.next() * (high - low + 1));
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	pick<T>(values: readonly T[]): T {
		return values[this.integer(0, values.length - 1)];
	}

	/** Some different values, in their order. */
	sample<T>(values: readonly T[], count: number): T[] {
		const left = [...values];
		const taken: T[] = [];
		while (taken.length < count && left.length > 0) {
			taken.push(...left.splice(this.integer(0, left.length - 1), 1));
		}
		return taken;
	}
}
