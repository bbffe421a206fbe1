import { Settings } from 'luxon';
import { stamp } from '../../../lib/gp/normalise/values';
import { dateLiteral } from '../../../lib/gp/query/list-query';
import {
	aDayWider,
	checkedStamp,
	earlierOf,
	isAtOrAfter,
	isAtOrBefore,
	isWithin,
	laterOf,
	overlapStart,
	shiftMilliseconds,
} from '../../../lib/gp/reading/stamps';

const DAY = '2026-05-31';
const NOON = '2026-05-31T12:00:00.000Z';

describe('a stamp somebody typed', () => {
	// A machine of another zone: what names no zone is UTC all the same.
	beforeAll(() => {
		Settings.defaultZone = 'Asia/Tokyo';
	});
	afterAll(() => {
		Settings.defaultZone = 'system';
	});

	test.each([
		[' 2026-05-31 ', DAY],
		['2024-02-29', '2024-02-29'],
		['2026-05-31T12:00:00Z', NOON],
		['2026-05-31 12:00', NOON],
		['2026-05-31T12:00', NOON],
		['2026-05-31T14:00:00+02:00', NOON],
		['2026-05-31T12:00:00.123', '2026-05-31T12:00:00.123Z'],
	])('"%s" is %s', (given, stamp) => {
		expect(checkedStamp(given, 'watermark')).toBe(stamp);
	});

	test.each([
		...['', 'yesterday', '2026-02-30', '2026-13-01', '2026-05-31T25:00:00', '2026-W22', '2026-5-3'],
		...[
			'31.05.2026',
			'x2026-05-31',
			'2026-05-31x',
			'+002026-05-31',
			'+002026-05-31T12:00',
			'20260531',
		],
	])('"%s" is refused, with the setting it stands in', (given) => {
		expect(() => checkedStamp(given, 'the watermark')).toThrow(
			expect.objectContaining({
				code: 'GP_SETTING_INVALID',
				message: expect.stringContaining(`"${given}" is not a date`),
				details: expect.objectContaining({ setting: 'the watermark' }),
			}),
		);
	});

	test('a long text is shown by its beginning', () => {
		expect(() => checkedStamp(`no ${'x'.repeat(90)}`, 'from')).toThrow(
			new RegExp(`"no ${'x'.repeat(37)}" is not`),
		);
	});
});

describe('the start of the overlap', () => {
	const settings = {
		granularity: 'auto',
		zone: 'UTC',
		overlapMinutes: 15,
		overlapDays: 1,
	} as const;
	test('reaches behind the hour that a clock on the wall shows twice when summer time ends', () => {
		const zone = 'America/New_York';
		const moments = { zone, granularity: 'dateTime' as const, dateFormat: null };
		const written = (wall: string) => stamp(wall, moments)!;
		// 1:50 for the first time, then 1:05 for the second, a quarter of an hour later.
		const since = written('2026-11-01T01:50:00');
		const second = written('2026-11-01T01:05:00');
		expect(
			isAtOrAfter(second, overlapStart(since, { ...settings, zone, overlapMinutes: 15 })),
		).toBe(true);
		expect(isAtOrAfter(second, overlapStart(since, { ...settings, overlapMinutes: 15 }))).toBe(
			false,
		);
	});

	test('is an hour earlier on the wall, too, where the clock was put back in between', () => {
		const zone = 'America/New_York';
		const at = (since: string) => overlapStart(since, { ...settings, zone });
		// 2:10 in winter time: the overlap ends in the hour shown twice, of which both have to be asked for.
		const bound = at('2026-11-01T07:10:00.000Z');
		expect(dateLiteral(bound, 'odata3', zone)).toBe("datetime'2026-11-01T00:55:00'");
		expect(at('2026-11-01T05:50:00.000Z')).toBe('2026-11-01T04:35:00.000Z');
		expect(at('2026-11-02T07:10:00.000Z')).toBe('2026-11-02T05:55:00.000Z');
		expect(at('2026-03-08T08:10:00.000Z')).toBe('2026-03-08T06:55:00.000Z');
	});

	const start = (since: string, more: Partial<Parameters<typeof overlapStart>[1]> = {}) =>
		overlapStart(since, { ...settings, ...more });

	test.each<[string, string, Parameters<typeof start>[1], string]>([
		['of an instant, minutes before it', NOON, {}, '2026-05-31T11:45:00.000Z'],
		['of a day, days before it', DAY, {}, '2026-05-30'],
		['of a day in full days', DAY, { overlapDays: 0.5 }, '2026-05-30'],
		['of an instant where stamps are days', NOON, { granularity: 'date' }, '2026-05-30'],
		['without an overlap, itself', NOON, { overlapMinutes: 0 }, NOON],
		['never behind it', NOON, { overlapMinutes: -5 }, NOON],
		['never behind it, in days', DAY, { overlapDays: -2 }, DAY],
		['at the beginning of time', '0001-01-01', {}, '0001-01-01'],
	])('%s', (_what, since, more, expected) => expect(start(since, more)).toBe(expected));
});

describe('a range', () => {
	test.each<[string, string, boolean]>([
		[NOON, NOON, true],
		['2026-05-31T12:00:00.001Z', NOON, true],
		['2026-05-31T11:59:59.999Z', NOON, false],
		[DAY, NOON, true],
		[NOON, DAY, true],
		['2026-05-30', NOON, false],
		['2026-06-01', DAY, true],
	])('%s at or after %s: %s', (stamp, bound, expected) => {
		expect(isAtOrAfter(stamp, bound)).toBe(expected);
		expect(isAtOrBefore(bound, stamp)).toBe(expected);
	});

	test.each<[string | null, string | null, string | null, boolean]>([
		[NOON, DAY, DAY, true],
		[NOON, null, null, true],
		[NOON, '2026-06-01', null, false],
		[NOON, null, '2026-05-30', false],
		[NOON, null, DAY, true],
		[NOON, DAY, null, true],
		['2026-06-01', DAY, DAY, false],
		[null, DAY, DAY, true],
	])('%s between %s and %s: %s', (stamp, since, until, expected) => {
		expect(isWithin(stamp, { since, until })).toBe(expected);
	});

	test('is asked for a day wider on both sides, an open end stays open', () => {
		expect(aDayWider({ since: DAY, until: DAY })).toEqual({
			...{ since: '2026-05-30', until: '2026-06-01' },
		});
		expect(aDayWider({ since: NOON, until: NOON })).toEqual({
			...{ since: '2026-05-30T12:00:00.000Z', until: '2026-06-01T12:00:00.000Z' },
		});
		expect(aDayWider({ since: null, until: null })).toEqual({ since: null, until: null });
	});
});

test('of two stamps the later or the earlier, where there are two', () => {
	expect(laterOf(DAY, '2026-06-01')).toBe('2026-06-01');
	expect(laterOf('2026-06-01', DAY)).toBe('2026-06-01');
	expect([laterOf(null, DAY), laterOf(DAY, null), laterOf(null, null)]).toEqual([DAY, DAY, null]);
	expect([earlierOf(DAY, '2026-06-01'), earlierOf('2026-06-01', DAY)]).toEqual([DAY, DAY]);
});

test('an instant is moved, a day is not, and neither leaves the years that can be written', () => {
	expect(shiftMilliseconds(NOON, -3_600_000)).toBe('2026-05-31T11:00:00.000Z');
	expect(shiftMilliseconds(DAY, -3_600_000)).toBe(DAY);
	expect(shiftMilliseconds('0001-01-01T00:00:05.000Z', -60_000)).toBe('0001-01-01T00:00:00.000Z');
	expect(shiftMilliseconds('9999-12-31T23:59:00.000Z', 600_000)).toBe('9999-12-31T23:59:59.000Z');
});
