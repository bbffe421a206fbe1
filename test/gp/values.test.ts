import fc from 'fast-check';
import { DateTime, Settings } from 'luxon';
import {
	amount,
	flag,
	isoDate,
	phone,
	stamp,
	text,
	zonesOfMidnights,
} from '../../lib/gp/normalise/values';
import {
	codeOf,
	DISTRIBUTION_TYPES,
	DOCUMENT_TYPES,
	TRANSACTION_STATES,
	VENDOR_STATUSES,
} from '../../lib/gp/normalise/code-lists';
import { dateLiteral } from '../../lib/gp/query/list-query';
import { encodePathText } from '../../lib/gp/addressing/resource-address';
import { isAtOrAfter, overlapStart } from '../../lib/gp/reading/stamps';
import { decodeBody } from '../../lib/gp/response/decode-body';
import { excerptOf } from '../../lib/model/foreign-text';

const utc = { zone: 'utc', granularity: 'auto', dateFormat: null } as const;

test.each([
	['2026-05-31', '2026-05-31'],
	['2026-05-31T00:00:00', '2026-05-31'],
	['2026-05-31T00:00:00Z', '2026-05-31'],
	['2026-05-31T23:30:00-05:00', '2026-05-31'],
	['2026-05-31 00:00:00.000', '2026-05-31'],
	['/Date(1780185600000)/', '2026-05-31'],
	// WCF wrote local midnight in Chicago as UTC and noted the zone.
	['/Date(1780203600000-0500)/', '2026-05-31'],
	['\\/Date(1780178400000+0200)\\/', '2026-05-31'],
	['1900-01-01T00:00:00', null],
	['0001-01-01T00:00:00', null],
	['/Date(-2208988800000)/', null],
	['   ', null],
	['2026-02-30', undefined],
	['31.05.2026', undefined],
	['soon', undefined],
])('the date %s is %s', (written, day) => {
	expect(isoDate(written, utc)).toBe(day);
});

test('a site may write dates its own way', () => {
	expect(isoDate('5/31/2026', { ...utc, dateFormat: 'M/d/yyyy' })).toBe('2026-05-31');
	expect(isoDate('2026-05-31', { ...utc, dateFormat: 'M/d/yyyy' })).toBe('2026-05-31');
});

test.each([
	['2026-05-31T14:30:00', utc, '2026-05-31T14:30:00.000Z'],
	['2026-05-31T14:30:00.1234567', utc, '2026-05-31T14:30:00.123Z'],
	['2026-05-31T14:30:00-05:00', utc, '2026-05-31T19:30:00.000Z'],
	['2026-05-31T00:00:00', utc, '2026-05-31'],
	['2026-05-31T00:00:00', { ...utc, granularity: 'dateTime' }, '2026-05-31T00:00:00.000Z'],
	['2026-05-31T14:30:00', { ...utc, granularity: 'date' }, '2026-05-31'],
	['2026-05-31T14:30:00', { ...utc, zone: 'America/Chicago' }, '2026-05-31T19:30:00.000Z'],
	['/Date(1780237800000)/', { ...utc, zone: 'America/Chicago' }, '2026-05-31T14:30:00.000Z'],
	['1900-01-01T00:00:00', utc, null],
	['never', utc, undefined],
] as const)('the stamp %s under %j is %s', (written, settings, expected) => {
	expect(stamp(written, settings)).toBe(expected);
});

test.each(['2026-07-01T12:00:00Z', '2026-12-01T12:00:00Z'])(
	'a stamp of the hour shown twice is the first of the two, on a machine where it is %s',
	(today) => {
		const now = jest.spyOn(Settings, 'now').mockReturnValue(Date.parse(today));
		const zone = 'America/New_York';
		expect(stamp('2026-11-01T01:50:00', { ...utc, zone })).toBe('2026-11-01T05:50:00.000Z');
		expect(dateLiteral('2026-11-01T05:35:00.000Z', 'odata4', zone)).toBe('2026-11-01T05:35:00Z');
		expect(dateLiteral('2026-11-01T06:35:00.000Z', 'odata4', zone)).toBe('2026-11-01T06:35:00Z');
		now.mockRestore();
	},
);

test.each([
	[1234.5, '1234.5'],
	['1234.50000', '1234.5'],
	['-0.00001', '-0.00001'],
	['99999999999999.99999', '99999999999999.99999'],
	[0.1 + 0.2, '0.3'],
	['1,234.50', null],
	['', null],
	[Number.NaN, null],
])('the amount %p is exactly %p', (written, exact) => {
	expect(amount(written)).toBe(exact);
});

test('every amount GP can keep survives a JSON answer to the last digit', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.bigInt({ min: -(10n ** 19n) + 1n, max: 10n ** 19n - 1n }),
			fc.boolean(),
			async (units, quoted) => {
				const digits = (units < 0n ? -units : units).toString().padStart(6, '0');
				const written = `${units < 0n ? '-' : ''}${digits.slice(0, -5)}.${digits.slice(-5)}`;
				const body = Buffer.from(
					`{"note":"12345678901234567890 \\" 1","A":${quoted ? `"${written}"` : written}}`,
				);
				const { value } = await decodeBody({ status: 200, headers: {}, body, url: '' }, {});
				const expected = written.replace(/0+$/, '').replace(/\.$/, '').replace(/^-0$/, '0');
				expect(amount((value as { A: unknown }).A)).toBe(expected);
				expect((value as { note: string }).note).toBe('12345678901234567890 " 1');
			},
		),
	);
});

test.each([
	['20355501210000', '2035550121'],
	['20355501210042', '2035550121 x0042'],
	['00000000000000', null],
	['(000) 000-0000 Ext. 0000', null],
	['+49 30 901820', '+49 30 901820'],
	['', null],
])('the phone %p is %p', (written, expected) => {
	expect(phone(written)).toBe(expected);
});

test('text is trimmed at both ends and null when blank; flags know the ways of writing yes', () => {
	expect([text('  ACME   '), text('   '), text(7), text({})]).toEqual(['ACME', null, '7', null]);
	expect([true, 1, '1', 'TRUE', '-1', false, 0, 'no', 'maybe', null].map(flag)).toEqual([
		true,
		true,
		true,
		true,
		true,
		false,
		false,
		false,
		null,
		null,
	]);
});

test('codes are known by number, name and abbreviation, and nothing else', () => {
	expect(
		[
			'1',
			1,
			'01',
			'6.00000',
			'Invoice',
			'Credit Memo',
			'CREDIT_MEMO',
			'Misc Charge',
			'7',
			'Scheduled',
		].map((value) => codeOf(DOCUMENT_TYPES, value)),
	).toEqual([
		'invoice',
		'invoice',
		'invoice',
		'payment',
		'invoice',
		'creditMemo',
		'creditMemo',
		'miscellaneousCharge',
		undefined,
		undefined,
	]);
	expect(['Work', 2, 'history', 'Limbo'].map((value) => codeOf(TRANSACTION_STATES, value))).toEqual(
		['unposted', 'open', 'history', undefined],
	);
	expect(
		[6, 'PURCH', 'Trade Discount', 'FNCHG', 20, 21].map((value) =>
			codeOf(DISTRIBUTION_TYPES, value),
		),
	).toEqual(['purchase', 'purchase', 'tradeDiscount', 'financeCharge', 'dueFrom', undefined]);
	expect([1, 'Inactive', 3].map((value) => codeOf(VENDOR_STATUSES, value))).toEqual([
		'active',
		'inactive',
		'temporary',
	]);
});

test('a company name travels whatever it is called', () => {
	expect(encodePathText('Fabrikam, Inc.')).toBe('Fabrikam,%20Inc.');
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
			const encoded = encodePathText(name);
			expect(decodeURIComponent(encoded)).toBe(name);
			expect(encoded).not.toMatch(/[()/?#;\s']/);
		}),
	);
	expect(encodePathText('COMPAÑÍA (Bermuda)')).toBe('COMPA%C3%91%C3%8DA%20%28Bermuda%29');
});

test.each([
	['2026-05-31', 'odata3', 'utc', "datetime'2026-05-31T00:00:00'"],
	['2026-05-31T14:30:00.500Z', 'odata3', 'utc', "datetime'2026-05-31T14:30:00.500'"],
	['2026-05-31T14:30:00.000Z', 'odata4', 'utc', '2026-05-31T14:30:00Z'],
	['2026-05-31', 'odata4', 'utc', '2026-05-31T00:00:00Z'],
	['2026-05-31T14:30:00.000Z', 'iso', 'America/Chicago', '2026-05-31T09:30:00'],
	['2026-05-31T14:30:00.000Z', 'date', 'utc', '2026-05-31'],
] as const)('%s is asked for as %s in %s as %s', (moment, literal, zone, written) => {
	expect(dateLiteral(moment, literal, zone)).toBe(written);
});

test('the overlap is counted in minutes before an instant and in days before a date', () => {
	const settings = {
		granularity: 'auto',
		zone: 'utc',
		overlapMinutes: 15,
		overlapDays: 1,
	} as const;
	expect(overlapStart('2026-03-01T00:05:00.000Z', settings)).toBe('2026-02-28T23:50:00.000Z');
	expect(overlapStart('2026-03-01', settings)).toBe('2026-02-28');
	expect(overlapStart('2026-03-01T10:00:00.000Z', { ...settings, granularity: 'date' })).toBe(
		'2026-02-28',
	);
	expect([
		isAtOrAfter('2026-03-01', '2026-03-01T10:00:00.000Z'),
		isAtOrAfter('2026-03-01T09:00:00.000Z', '2026-03-01T10:00:00.000Z'),
		isAtOrAfter('2026-03-01T00:00:00.000Z', '2026-03-01'),
	]).toEqual([true, false, true]);
});

test('an excerpt is one line of at most 200 characters', () => {
	expect(excerptOf(`a\r\n\tb  ${'c'.repeat(500)}`)).toMatch(/^a b c{196}$/);
	expect(excerptOf('<TaxIdentificationNumber>98-7654321</TaxIdentificationNumber>')).not.toContain(
		'98-7654321',
	);
	expect(excerptOf('{"BankAccountNumber" : "4711 0815"}')).not.toContain('4711');
});

const berlin = { ...utc, dateZone: 'Europe/Berlin' };
const chicago = { ...utc, dateZone: 'America/Chicago' };
test.each([
	// Midnight somewhere, turned into UTC on the way: one day only, whatever the zone.
	['2026-03-31T22:00:00Z', utc, '2026-04-01'],
	['2026-01-31T23:00:00Z', utc, '2026-02-01'],
	['2026-04-01T05:00:00.000Z', utc, '2026-04-01'],
	['2026-03-31T18:30:00Z', utc, '2026-04-01'],
	['/Date(1774994400000)/', utc, '2026-04-01'],
	// Two days have their midnight then, on both sides of the date line.
	['2026-04-01T11:00:00Z', utc, undefined],
	['2026-04-01T10:00:00Z', utc, undefined],
	['2026-04-01T11:00:00Z', { ...utc, dateZone: 'Pacific/Auckland' }, '2026-04-02'],
	['2026-04-01T10:00:00Z', { ...utc, dateZone: 'Pacific/Honolulu' }, '2026-04-01'],
	// No midnight anywhere.
	['2026-03-31T14:37:00Z', utc, undefined],
	['2026-03-31T22:00:01Z', utc, undefined],
	['/Date(1774994400001)/', utc, undefined],
	['2026-03-31T14:37:00', utc, undefined],
	// The zone is known: its midnights and no others, in summer and in winter.
	['2026-03-31T22:00:00Z', berlin, '2026-04-01'],
	['2026-01-31T23:00:00Z', berlin, '2026-02-01'],
	['2026-03-31T23:00:00Z', berlin, undefined],
	['2026-03-31T22:00:00', berlin, '2026-04-01'],
	['2026-03-31T00:00:00', berlin, '2026-03-31'],
	['2026-03-31T00:00:00Z', berlin, '2026-03-31'],
	['2026-04-01T05:00:00Z', chicago, '2026-04-01'],
	['2026-01-31T06:00:00Z', chicago, '2026-01-31'],
	['2026-03-31T22:00:00Z', chicago, undefined],
	// Clocks went forward at midnight: the day began at one o'clock.
	['2018-11-04T03:00:00Z', { ...utc, dateZone: 'America/Sao_Paulo' }, '2018-11-04'],
	// An empty date, shifted.
	['1899-12-31T23:00:00Z', berlin, null],
	['1900-01-01T06:00:00Z', chicago, null],
])('a day is a day: %s under %j is %s', (written, settings, day) => {
	expect(isoDate(written, settings)).toBe(day);
});

test('every day of every zone of the list survives the way through UTC', () => {
	fc.assert(
		fc.property(
			fc.constantFrom(
				'America/Chicago',
				'America/St_Johns',
				'Europe/Berlin',
				'Asia/Kolkata',
				'Australia/Sydney',
			),
			fc.integer({ min: 0, max: 10_000 }),
			fc.boolean(),
			(zone, days, wcf) => {
				const day = DateTime.fromISO('2005-01-01', { zone }).plus({ days });
				const instant = day.startOf('day').toMillis();
				const written = wcf ? `/Date(${instant})/` : new Date(instant).toISOString();
				expect(isoDate(written, { ...utc, dateZone: zone })).toBe(day.toFormat('yyyy-MM-dd'));
				expect([day.toFormat('yyyy-MM-dd'), undefined]).toContain(isoDate(written, utc));
				expect(zonesOfMidnights([instant])).toContain(zone);
			},
		),
	);
});
