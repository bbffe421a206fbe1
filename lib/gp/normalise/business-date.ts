import { DateTime } from 'luxon';

/** Hours that clocks somewhere are ahead of UTC (tz database, zones in use), besides whole ones from -11 to 14. */
const ODD_OFFSETS = new Set([
	-9.5, -3.5, -2.5, 3.5, 4.5, 5.5, 5.75, 6.5, 8.75, 9.5, 10.5, 12.75, 13.75,
]);
const FIRST_OFFSET = -11;
const LAST_OFFSET = 14;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * The day a service meant by an instant. GP's dates have no time, so an instant is the midnight of
 * some zone, turned into UTC on the way: "2026-03-31T22:00:00Z" is 1 April in Berlin.
 *
 * @param zone the site's zone; null: not set, then the instant has to be the midnight of one day only
 * @returns `YYYY-MM-DD`; undefined when it is no midnight there, or could be that of two days
 */
export function dayOfMidnight(instant: number, zone: string | null): string | undefined {
	const utc = new Date(instant).toISOString();
	// Midnight of UTC: a day written as an instant without any shift.
	if (utc.endsWith('T00:00:00.000Z')) return utc.slice(0, 10);
	if (zone !== null) {
		const local = DateTime.fromMillis(instant, { zone });
		// The first moment of the day: where clocks go forward at midnight that is one o'clock.
		return local.isValid && local.startOf('day').toMillis() === instant
			? local.toFormat('yyyy-MM-dd')
			: undefined;
	}
	const days = plausibleOffsets(instant).map((offset) =>
		new Date(instant + offset * HOUR_MS).toISOString().slice(0, 10),
	);
	return days.length === 1 ? days[0] : undefined;
}

/** Offsets in hours at which an instant is midnight; two around noon in UTC, where the date line lies. */
function plausibleOffsets(instant: number): number[] {
	const sinceMidnight = (((instant % DAY_MS) + DAY_MS) % DAY_MS) / HOUR_MS;
	return [-sinceMidnight, 24 - sinceMidnight].filter(
		(offset) =>
			offset >= FIRST_OFFSET &&
			offset <= LAST_OFFSET &&
			(Number.isInteger(offset) || ODD_OFFSETS.has(offset)),
	);
}

/** Zones tried for a proposal, those with many GP customers first. */
const COMMON_ZONES = [
	'America/New_York',
	'America/Chicago',
	'America/Denver',
	'America/Phoenix',
	'America/Los_Angeles',
	'America/Anchorage',
	'America/Halifax',
	'America/St_Johns',
	'Pacific/Honolulu',
	'Europe/London',
	'Europe/Berlin',
	'Europe/Athens',
	'Asia/Dubai',
	'Asia/Kolkata',
	'Asia/Singapore',
	'Australia/Adelaide',
	'Australia/Brisbane',
	'Australia/Sydney',
	'Pacific/Auckland',
];

/** Zones in which every one of these instants begins a day; empty when there is none or nothing to go by. */
export function zonesOfMidnights(instants: readonly number[]): string[] {
	const shifted = instants.filter((instant) => instant % DAY_MS !== 0);
	if (shifted.length === 0) return [];
	return COMMON_ZONES.filter((zone) =>
		shifted.every((instant) => dayOfMidnight(instant, zone) !== undefined),
	);
}
