import { DateTime } from 'luxon';
import { GpSettingInvalid } from '../errors/gp-error';
import type { StampSettings } from '../profiles/site-profile';
import type { Stamp } from '../../model/gp-records';

/** A stamp a person may have typed into the watermark table, as records carry it. */
export function checkedStamp(value: string, setting: string): Stamp {
	const text = value.trim();
	if (/^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text).isValid) return text;
	const read = /^\d{4}-\d{2}-\d{2}[T ]/.test(text)
		? DateTime.fromISO(text.replace(' ', 'T'), { zone: 'utc' })
		: null;
	if (!read?.isValid) {
		throw new GpSettingInvalid(
			setting,
			`"${text.slice(0, 40)}" is not a date`,
			'Write "2026-05-31", or "2026-05-31T14:30:00Z" for a moment in UTC. Empty reads everything.',
		);
	}
	return new Date(read.toMillis()).toISOString();
}

/** What a clock on the wall goes back when summer time ends: its stamps of that hour are older than earlier ones. */
const REPEATED_MINUTES = 60;

/** From where to read again so that rows committed late are met: the overlap before the watermark. */
export function overlapStart(since: Stamp, settings: StampSettings): Stamp {
	if (since.length === 10 || settings.granularity === 'date') {
		return shiftDays(since.slice(0, 10), -Math.max(0, Math.ceil(settings.overlapDays)));
	}
	const { zone } = settings;
	const minutes = Math.max(0, settings.overlapMinutes);
	if (/^utc$/i.test(zone)) return shiftMilliseconds(since, -minutes * 60_000);
	const start = shiftMilliseconds(since, -(minutes + REPEATED_MINUTES) * 60_000);
	// A server asked by the clock on its wall: where that went back in between, it shows less than so much before.
	const offset = (stamp: Stamp) => DateTime.fromISO(stamp, { zone }).offset;
	const putBack = offset(start) - offset(since);
	return putBack > 0 ? shiftMilliseconds(start, -putBack * 60_000) : start;
}

/** Where the day begins first, it does so before UTC. */
const EARLIEST_DAY_MS = 14 * 3_600_000;

/**
 * Whether a stamp is ahead of our clock: GP's was wrong, its user date is tomorrow's, or it counts in another zone
 * than is known. No watermark moves to it, else what comes until then would lie before it.
 */
export function isAhead(stamp: Stamp, now: number): boolean {
	const isDate = stamp.length === 10;
	return stamp > new Date(isDate ? now + EARLIEST_DAY_MS : now).toISOString();
}

/** Whether a row stamped so is at or after a bound. A date stands for its whole day, on either side. */
export function isAtOrAfter(stamp: Stamp, bound: Stamp): boolean {
	return stamp >= bound.slice(0, stamp.length);
}

/** Whether a row stamped so is at or before the end of a range, the whole of its last day included. */
export function isAtOrBefore(stamp: Stamp, bound: Stamp): boolean {
	return isAtOrAfter(bound, stamp);
}

/** Whether a row stamped so lies in a range whose ends may be open; one without a stamp may lie anywhere. */
export function isWithin(
	stamp: Stamp | null,
	{ since, until }: { since?: Stamp | null; until?: Stamp | null },
): boolean {
	if (stamp === null) return true;
	return (!since || isAtOrAfter(stamp, since)) && (!until || isAtOrBefore(stamp, until));
}

/** The later stamp; one that is not known counts as the earliest. */
export function laterOf(left: Stamp | null, right: Stamp | null): Stamp | null {
	return (left ?? '') > (right ?? '') ? left : right;
}

/** The earlier stamp. */
export function earlierOf(left: Stamp, right: Stamp): Stamp {
	return left <= right ? left : right;
}

/** Moves an instant; a date is left alone, its overlap is counted in days. */
export function shiftMilliseconds(stamp: Stamp, milliseconds: number): Stamp {
	if (stamp.length === 10) return stamp;
	return clamped(Date.parse(stamp) + milliseconds).toISOString();
}

/**
 * A range asked for by somebody, a day wider on both sides: a service may leave out its ends, or compare
 * in another zone. Whoever asks sifts the rows again.
 */
export function aDayWider({ since, until }: { since: Stamp | null; until: Stamp | null }): {
	since: Stamp | null;
	until: Stamp | null;
} {
	const shifted = (stamp: Stamp, days: number) =>
		stamp.length === 10 ? shiftDays(stamp, days) : shiftMilliseconds(stamp, days * 86_400_000);
	return { since: since && shifted(since, -1), until: until && shifted(until, 1) };
}

function shiftDays(date: Stamp, days: number): Stamp {
	return clamped(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000)
		.toISOString()
		.slice(0, 10);
}

function clamped(time: number): Date {
	return new Date(
		Math.min(
			Math.max(time, Date.parse('0001-01-01T00:00:00Z')),
			Date.parse('9999-12-31T23:59:59Z'),
		),
	);
}
