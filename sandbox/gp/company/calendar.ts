import type { RowStamp } from './types';

export const DAY_MS = 86_400_000;

/** `YYYY-MM-DD` of an instant, in UTC. */
export function dateOf(epochMs: number): string {
	return new Date(epochMs).toISOString().slice(0, 10);
}

export function addDays(date: string, days: number): string {
	return dateOf(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS);
}

/** An instant as SQL Server's datetime keeps it: three-hundredths of a second. */
export function toRowStamp(epochMs: number): RowStamp {
	const ticks = Math.round((epochMs % 1000) * 0.3);
	const rounded = Math.floor(epochMs / 1000) * 1000 + Math.round(ticks / 0.3);
	return new Date(rounded).toISOString().slice(0, -1);
}

export function stampToEpoch(stamp: RowStamp): number {
	return Date.parse(/Z$|[+-]\d\d:\d\d$/.test(stamp) ? stamp : `${stamp}Z`);
}
