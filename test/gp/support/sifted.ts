import type { ListedRow, SeenMark } from '../../../lib/gp/reading/pages';
import {
	type Owed,
	type PendingChanges,
	type Reach,
	siftChanges,
} from '../../../lib/gp/reading/pending-changes';
import { encodeMark, unreadMark } from '../../../lib/gp/reading/recheck';
import { byKey } from './listed-rows';

/* Listings sifted at eight in the evening of the first of June; the overlap is an hour. */

export const SETTINGS = {
	granularity: 'auto',
	zone: 'UTC',
	overlapMinutes: 60,
	overlapDays: 1,
} as const;
const BUDGET = {
	recentPerRun: 9,
	openPerRun: 9,
	afterMinutes: 0,
	keepOpen: true,
	baseline: false,
};
export const hour = (number: number) => `2026-06-01T${String(number).padStart(2, '0')}:00:00.000Z`;
export const NOW = Date.parse(hour(20));
export const live = (since: string | null, seen: Record<string, string> = {}): Reach => ({
	watermark: { since, seen },
	range: null,
});
export const range = (from: string | null, until: string | null): Reach => ({
	watermark: { since: hour(9), seen: { '1;1': 'x' } },
	range: { from, until },
});
export const markOf = (row: ListedRow, more: Partial<SeenMark> = {}) =>
	encodeMark({ ...unreadMark(row), ...more });

interface Given {
	listing?: Partial<Parameters<typeof siftChanges>[3]>;
	budget?: Partial<typeof BUDGET>;
	owed?: Owed[];
	first?: boolean;
}
export const sift = async (rows: ListedRow[], reach: Reach, given: Given = {}) =>
	await siftChanges(
		byKey(rows),
		reach,
		SETTINGS,
		{
			...{ read: rows.length, durationMs: 0, now: NOW, unfiltered: false, whole: false },
			...given.listing,
		},
		{
			budget: { ...BUDGET, ...given.budget },
			owed: given.owed ?? [],
			first: given.first ?? true,
		},
	);
export const shown = ({ changed, again, unchanged }: PendingChanges) => ({
	changed: changed.map(({ key }) => key),
	again: again.map(({ key }) => key),
	unchanged: unchanged.map(({ key }) => key),
});
