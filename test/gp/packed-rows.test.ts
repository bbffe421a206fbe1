import fc from 'fast-check';
import type { ListedRow } from '../../lib/gp/reading/pages';
import { type ChangedRow, markAfter, stampOf } from '../../lib/gp/reading/pending-changes';
import { RowPacker } from '../../lib/gp/reading/read-batch';
import type { GpRecord } from '../../lib/model/gp-records';
import { contentHash } from '../../lib/model/json-text';
import { hour, live, sift } from './support/sifted';

const row = (
	key: string,
	record: unknown,
	raw: Record<string, unknown> | null = null,
): ListedRow => ({
	key,
	record: record as GpRecord,
	fault: null,
	pending: raw && { raw, source: 0 },
});
/** What a row is packed as. */
const textOf = (one: ListedRow): string =>
	(({ content, packed }) => packed ?? content)(one as unknown as Record<string, string>);
const shown = ({ key, record, fault, pending }: ListedRow) => ({ key, record, fault, pending });

test('each row is what it was, in whatever order rows are looked at, packed or not yet', () => {
	const values = fc.oneof(
		fc.jsonValue(),
		fc.constantFrom(undefined, -0, NaN, Infinity, new Date(0), 10n ** 20n),
	);
	fc.assert(
		fc.property(
			fc.array(
				fc.tuple(fc.string(), fc.dictionary(fc.string({ maxLength: 8 }), values, { maxKeys: 5 })),
				{ minLength: 20, maxLength: 80, size: 'max' },
			),
			fc.array(fc.nat({ max: 79 }), { minLength: 50, maxLength: 200, size: 'max' }),
			(given, order) => {
				const packer = new RowPacker();
				const rows = given.map(([key, raw], index) =>
					row(key, index % 3 === 0 ? { hash: key, lines: [raw] } : null, index % 2 ? raw : null),
				);
				const packed = rows.map((one) => packer.add(one));
				for (const index of order.filter((at) => at < rows.length))
					expect(shown(packed[index]!)).toStrictEqual(shown(rows[index]!));
			},
		),
	);
});

test('what is wrong with a row stands beside it', () => {
	const packer = new RowPacker();
	const malformed = { ...row('#1', null), fault: new Error('no key') as never };
	expect(packer.add(malformed)).toBe(malformed);
});

test('a long listing takes a fraction of the room', () => {
	const packer = new RowPacker();
	const raw = (index: number) => ({
		Key: { Id: `0000${index}` },
		VendorName: 'ACME CONCRETE',
		...Object.fromEntries(
			Array.from({ length: 40 }, (_, field) => [`Field${field}`, `value ${index % 7}`]),
		),
	});
	const rows = Array.from({ length: 100 }, (_, index) =>
		packer.add(row(String(index), { hash: String(index) }, raw(index))),
	);
	// The first few are the dictionary of the others and stay as they came.
	const held = rows.slice(3).reduce((sum, one) => {
		expect(typeof textOf(one)).toBe('string');
		return sum + textOf(one).length;
	}, 0);
	const plain = Buffer.byteLength(JSON.stringify(rows.map(shown)));
	expect(held).toBeLessThan(plain / 5);
	expect(rows[99]!.pending!.raw).toEqual(raw(99));
});

const changeOf = (one: ListedRow): ChangedRow => ({
	...{ key: one.key, row: one, stamp: stampOf(one), before: null, after: null, must: false },
});

test('rows packed with those beside them are what they were, those of an odd group by themselves', async () => {
	const packer = new RowPacker();
	const given = Array.from({ length: 440 }, (_none, index) =>
		row(
			`1;${index}`,
			{
				...{ kind: 'payable', key: `1;${index}`, hash: `hash ${index}` },
				modified: hour(index % 20),
			},
			// A moment of a database, which JSON does not keep; nothing pending.
			index === 220 ? { at: new Date(0) } : index === 160 ? null : { Key: `1;${index}` },
		),
	);
	const faulty = { ...row('#1', null), fault: new Error('no key') as never };
	const listed = [...given.slice(0, 290), faulty, ...given.slice(290)];
	const changed = listed.map((one) => changeOf(packer.add(one)));
	changed[303]!.must = true;
	const marks = changed.map((one) => markAfter(one));
	const before = changed.map(({ row: one }) => one);
	await packer.together(changed);
	// Whole groups of 50 behind the first three: the fourth, the seventh and the eighth.
	const anew = changed.flatMap((one, index) => (one.row === before[index] ? [] : index));
	expect(new Set(anew.map((index) => Math.floor(index / 50)))).toEqual(new Set([3, 6, 7]));
	expect(anew).toHaveLength(150);
	for (const index of [440, 0, 160, 399, 161, 220, 290, 303, 350, 150]) {
		expect(shown(changed[index]!.row)).toStrictEqual(shown(listed[index]!));
		expect(changed[index]).toMatchObject({
			...{ key: listed[index]!.key, stamp: stampOf(listed[index]!), must: index === 303 },
		});
		expect(markAfter(changed[index]!)).toStrictEqual(marks[index]);
	}
});

/** As GP lists an invoice with its lines. */
function invoice(index: number): ListedRow {
	const [amount, voucher] = [`${(index * 7_919) % 90_000}.31`, String(index).padStart(17, '0')];
	const day = `2026-0${1 + (index % 9)}-1${index % 7}`;
	const line = (sequence: number, type: string, account: string) => ({
		...{ sequence, type, account, debit: amount, credit: '0', reference: null },
	});
	return row(`1;${voucher}`, {
		...{ company: 'TWO', kind: 'payable', key: `1;${voucher}`, voucher, state: 'open' },
		...{ documentType: 'invoice', documentNumber: `INV-${index * 3}`, voided: false },
		...{ vendorId: `CONTOSO${index % 30}`, vendorName: `CONTOSO LTD No. ${index % 30}` },
		...{ documentDate: day, postingDate: day, dueDate: day, postedDate: null, description: null },
		amounts: { document: amount, purchases: amount, tradeDiscount: '0', freight: '0', tax: '0' },
		distributions: [
			line(16_384, 'purchase', `${index % 9}00-51${index % 8}0-02`),
			line(32_768, 'payable', '000-2100-00'),
		],
		extra: { AuditTrailCode: `PMTRX${(index * 104_729) % 1_000_000}`, TaxDate: `${day}T00:00:00` },
		...{ modified: hour(index % 20), hash: contentHash(index) },
	});
}

test('packed with those beside them rows take three quarters of the room', async () => {
	const packer = new RowPacker();
	const rows = Array.from({ length: 500 }, (_none, index) => packer.add(invoice(index)));
	const changed = rows.map(changeOf);
	const alone = rows.slice(150).reduce((sum, one) => sum + textOf(one).length, 0);
	await packer.together(changed);
	const texts = new Set(changed.slice(150).map(({ row: one }) => textOf(one)));
	expect(texts.size).toBe(7);
	expect([...texts].join('').length).toBeLessThan((alone * 3) / 4);
});

test('a listing is sifted without unpacking its rows', async () => {
	const packer = new RowPacker();
	const document = (index: number) =>
		row(
			`1;${index}`,
			{
				...{ kind: 'payable', key: `1;${index}`, hash: `hash ${index}`, voided: false },
				...{ state: index % 2 ? 'history' : 'open', modified: hour(1 + (index % 9)) },
			},
			{ Key: `1;${index}` },
		);
	const rows = Array.from({ length: 40 }, (_, index) => document(index));
	const packed = rows.map((one) => packer.add(one));
	for (const [index, one] of packed.entries()) {
		Object.defineProperty(one, 'unpacked', {
			get: () => {
				throw new Error(`row ${index} was unpacked`);
			},
		});
		expect(() => one.record).toThrow('unpacked');
	}
	const places = async (listed: readonly ListedRow[]) =>
		(await sift([...listed], live(null))).changed.map((change) => ({
			...{ key: change.key, stamp: change.stamp, mark: markAfter(change) },
		}));
	expect(await places(packed)).toEqual(await places(rows));
});
