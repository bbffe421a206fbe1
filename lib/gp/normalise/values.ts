import { DateTime } from 'luxon';
import { storable } from '../../model/foreign-text';
import type { IsoDate, Stamp } from '../../model/gp-records';
import { type Decimal, parseDecimal, toFixed } from '../../model/money';

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
function dayOfMidnight(instant: number, zone: string | null): string | undefined {
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

/** Text that can be stored, with both ends trimmed (GP pads char columns), null when nothing is left. */
export function text(value: unknown): string | null {
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	if (typeof value !== 'string') return null;
	const trimmed = storable(value).trim();
	return trimmed === '' ? null : trimmed;
}

/**
 * A phone as GP keeps it: digits, the last four of fourteen being the extension, all zeros when
 * there is none. An empty extension is dropped, another follows an "x".
 */
export function phone(value: unknown): string | null {
	const written = text(value);
	if (written === null || !/[1-9a-z]/i.test(written.replace(/\bext\b\.?/gi, ''))) return null;
	if (!/^\d{14}$/.test(written)) return written;
	const extension = written.slice(10);
	return extension === '0000' ? written.slice(0, 10) : `${written.slice(0, 10)} x${extension}`;
}

/** Yes or no, in the words and numbers services have for it; null where it says neither. */
export function flag(value: unknown): boolean | null {
	if (typeof value === 'boolean') return value;
	const written = text(value)?.toLowerCase();
	if (written === undefined) return null;
	if (['true', '1', 'yes', 'y', '-1'].includes(written)) return true;
	if (['false', '0', 'no', 'n'].includes(written)) return false;
	return null;
}

/**
 * An amount, exact. GP keeps numeric(19,5); further digits can only be the tail of a float made on
 * the way, so they are rounded off. Null when it is not a number; thousands separators are not guessed at.
 */
export function amount(value: unknown): Decimal | null {
	const decimal = parseDecimal(value);
	if (decimal === null) return null;
	const decimals = decimal.split('.')[1]?.length ?? 0;
	return decimals > 5 ? parseDecimal(toFixed(decimal, 5)) : decimal;
}

/** How a site writes moments that name no zone and dates that are not ISO. */
export interface MomentSettings {
	zone: string;
	granularity: 'auto' | 'date' | 'dateTime';
	dateFormat: string | null;
	/** Zone whose midnights dates are that come as instants; null or absent: not set. */
	dateZone?: string | null;
}

/** How a site writes dates and times, out of its profile. */
export function momentsOf({
	stamp: { zone, granularity },
	dateFormat,
	dateZone,
}: Pick<MomentSettings, 'dateFormat' | 'dateZone'> & {
	stamp: Pick<MomentSettings, 'zone' | 'granularity'>;
}): MomentSettings {
	return { zone, granularity, dateFormat, dateZone };
}

interface WallClock {
	/** `YYYY-MM-DDTHH:MM:SS.mmm` as the server wrote it. */
	wall: string;
	/** The instant, when the text names it. */
	instant: number | null;
	/** The text names an instant by UTC alone: whose clock the wall is, is not known. */
	utc: boolean;
}

/** Years in which no GP document is dated: 1900-01-01, 0001-01-01, 1753-01-01, 1899-12-30, 9999-12-31 mean "no date". */
const EMPTY_YEARS = /^(0000|0001|1752|1753|1899|1900|9999)-/;

/**
 * The calendar day the server meant; null for an empty date, undefined when it cannot be read: it
 * is not a date, or a moment that is no midnight of the site's zone (`dayOfMidnight`). A moment with an
 * offset of its own shows the clock it was read from.
 */
export function isoDate(value: unknown, settings: MomentSettings): IsoDate | null | undefined {
	const written = text(value);
	if (written === null) return null;
	const read = wallClock(written, settings.dateFormat);
	if (!read) return undefined;
	if (EMPTY_YEARS.test(read.wall)) return null;
	if (read.utc && read.instant !== null)
		return dayOfMidnight(read.instant, settings.dateZone ?? null);
	if (read.instant !== null || read.wall.endsWith('T00:00:00.000')) return read.wall.slice(0, 10);
	// A time without a zone: only the site's own zone can explain it.
	return settings.dateZone
		? dayOfMidnight(Date.parse(`${read.wall}Z`), settings.dateZone)
		: undefined;
}

/** The instant of a date that came as one in UTC and is no midnight there; null for any other. */
export function shiftedMidnight(value: unknown, settings: MomentSettings): number | null {
	const written = text(value);
	const read = written === null ? null : wallClock(written, settings.dateFormat);
	if (!read?.utc || read.instant === null || EMPTY_YEARS.test(read.wall)) return null;
	return read.wall.endsWith('T00:00:00.000') ? null : read.instant;
}

/** The change stamp: a date where the site stamps days, else an instant in UTC; undefined when it cannot be read. */
export function stamp(value: unknown, settings: MomentSettings): Stamp | null | undefined {
	const written = text(value);
	if (written === null) return null;
	const read = wallClock(written, settings.dateFormat);
	if (!read) return undefined;
	if (EMPTY_YEARS.test(read.wall)) return null;
	const atMidnight = read.wall.endsWith('T00:00:00.000');
	if (settings.granularity === 'date' || (settings.granularity === 'auto' && atMidnight))
		return read.wall.slice(0, 10);
	if (read.instant !== null) return new Date(read.instant).toISOString();
	if (/^utc$/i.test(settings.zone)) return `${read.wall}Z`;
	const local = DateTime.fromISO(read.wall, { zone: settings.zone });
	if (!local.isValid) return undefined;
	// Shown twice when summer time ends: the first of the two, whatever season this machine is in.
	const instants = local.getPossibleOffsets().map((one) => one.toMillis());
	return new Date(Math.min(...instants)).toISOString();
}

const WCF_DATE = /^\\?\/Date\((-?\d+)([+-]\d{4})?\)\\?\/$/;
const ISO_DATE =
	/^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;

function wallClock(written: string, dateFormat: string | null): WallClock | null {
	const wcf = WCF_DATE.exec(written);
	if (wcf) {
		// WCF turns an unspecified time into UTC by the server's zone and notes that zone: adding it
		// again gives the clock reading that was stored. Without it, the time was UTC.
		const milliseconds = Number(wcf[1]);
		const shift = wcf[2] ? offsetMinutes(wcf[2]) * 60_000 : 0;
		const date = new Date(milliseconds + shift);
		if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1 || date.getUTCFullYear() > 9999)
			return null;
		return {
			wall: date.toISOString().slice(0, -1),
			instant: wcf[2] ? null : milliseconds,
			utc: !wcf[2],
		};
	}
	const iso = ISO_DATE.exec(written);
	if (iso) {
		const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone] =
			iso;
		const wall = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}`;
		const asUtc = Date.parse(`${wall}Z`);
		// Date.parse lets 31 April pass as 1 May.
		if (Number.isNaN(asUtc) || new Date(asUtc).getUTCDate() !== Number(day)) return null;
		if (!zone) return { wall, instant: null, utc: false };
		const shift = zone.toUpperCase() === 'Z' ? 0 : offsetMinutes(zone) * 60_000;
		return {
			wall,
			instant: asUtc - shift,
			utc: shift === 0,
		};
	}
	if (!dateFormat) return null;
	const parsed = DateTime.fromFormat(written, dateFormat, { zone: 'utc' });
	return parsed.isValid
		? { wall: parsed.toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS"), instant: null, utc: false }
		: null;
}

function offsetMinutes(offset: string): number {
	const sign = offset.startsWith('-') ? -1 : 1;
	return sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2)));
}
