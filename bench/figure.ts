/** The parts of the bench, in their order. */
export const PARTS = ['ntlm', 'mapping', 'procore', 'events', 'sync', 'syncBySql'] as const;
export type PartName = (typeof PARTS)[number];

/** One measured value, with what it is held to and what it could be at best. */
export interface Figure {
	/** Path in the JSON object, e.g. `procore.firstLoad.calls`; absent = only in the table. */
	key?: string;
	name: string;
	value: number;
	unit: string;
	atMost?: number;
	atLeast?: number;
	/** What nobody can go below or above, in words. */
	floor?: string;
}

export function isMet({ value, atMost, atLeast }: Figure): boolean {
	return (atMost === undefined || value <= atMost) && (atLeast === undefined || value >= atLeast);
}

export function goalOf({ atMost, atLeast }: Figure): string {
	if (atMost !== undefined) return `≤ ${atMost}`;
	return atLeast === undefined ? '' : `≥ ${atLeast}`;
}

/** `a.b.c` → `{ a: { b: { c } } }`. */
export function asObject(figures: readonly Figure[]): Record<string, unknown> {
	const root: Record<string, unknown> = {};
	for (const { key, value } of figures) {
		if (key === undefined) continue;
		const path = key.split('.');
		const last = path.pop()!;
		let place = root;
		for (const part of path) place = (place[part] ??= {}) as Record<string, unknown>;
		place[last] = value;
	}
	return root;
}

/** At most four digits that mean something: `0.981`, `29.6`, `4517`. */
export function shown(value: number): string {
	if (Number.isInteger(value)) return value.toLocaleString('en-US');
	return Math.abs(value) < 100
		? String(Number(value.toPrecision(3)))
		: Math.round(value).toLocaleString('en-US');
}
