import fc from 'fast-check';
import type { ListedRow } from '../../lib/gp/reading/pages';
import { type ChangedRow, markAfter, stampOf } from '../../lib/gp/reading/pending-changes';
import { RowPacker } from '../../lib/gp/reading/read-batch';
import { unreadMark } from '../../lib/gp/reading/recheck';
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
/** What holds a row: a text, or what came where it is not packed. */
const heldBy = (one: ListedRow): unknown =>
	(one as unknown as { group: { kept: unknown } }).group.kept;
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
	const texts = [...new Set(rows.map(heldBy))];
	expect(texts.map((text) => typeof text)).toEqual(['string', 'string']);
	const held = (texts as string[]).join('').length;
	const plain = Buffer.byteLength(JSON.stringify(rows.map(shown)));
	expect(held).toBeLessThan(plain / 10);
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
	// Listed in another order than that of their turn.
	const changed: ChangedRow[] = [];
	for (let at = 0; at < 441; at += 1)
		changed[(at * 5) % 441] = changeOf(packer.add(listed[(at * 5) % 441]!));
	changed[303]!.must = true;
	const marks = changed.map((one) => markAfter(one));
	const before = changed.map(({ row: one }) => one);
	await packer.together(changed);
	// All but the faulty one, which has no turn among them; two groups are not whole or not exact.
	const anew = changed.flatMap((one, index) => (one.row === before[index] ? [] : index));
	expect(anew).toHaveLength(440);
	expect(anew).not.toContain(290);
	const texts = new Set(changed.flatMap(({ row: one }) => (one.fault ? [] : [heldBy(one)])));
	expect([...texts].map((text) => typeof text)).toEqual([
		...['string', 'string', 'string', 'string', 'object'],
		...['string', 'string', 'string', 'object'],
	]);
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

test('packed in the order of their turn rows take two hundred bytes, by whatever way they came', async () => {
	const packer = new RowPacker();
	const listed = Array.from({ length: 6_000 }, (_, index) => invoice((index * 7) % 6_000));
	const changed = listed.map((one) => changeOf(packer.add(one)));
	changed.sort((left, right) => (left.key < right.key ? -1 : 1));
	await packer.together(changed);
	const texts = new Set(changed.map(({ row: one }) => heldBy(one)));
	expect(texts.size).toBe(120);
	expect([...texts].join('').length).toBeLessThan(200 * changed.length);
	// Each text holds fifty whose turns follow each other.
	for (let turn = 0; turn < 6_000; turn += 1) {
		expect(heldBy(changed[turn]!.row)).toBe(heldBy(changed[turn - (turn % 50)]!.row));
		if (turn % 101 === 0) expect(shown(changed[turn]!.row)).toStrictEqual(shown(invoice(turn)));
		expect(changed[turn]!.key).toBe(invoice(turn).key);
	}
});

test('rows that GP listed in the order of their turn stay packed as they are', async () => {
	const packer = new RowPacker();
	const nearly = (turn: number) => (turn % 50 < 48 ? turn : turn ^ 1);
	const packed = Array.from({ length: 1_000 }, (_, at) => packer.add(invoice(nearly(at))));
	const changed = packed.map((_, turn) => changeOf(packed[nearly(turn)]!));
	const held = changed.map(({ row: one }) => one);
	await packer.together(changed);
	expect(changed.every(({ row: one }, turn) => one === held[turn])).toBe(true);
	// Two lists whose rows take turns are none of that order.
	const both = new RowPacker();
	const [early, late] = [0, 500].map((from) =>
		Array.from({ length: 500 }, (_, at) => changeOf(both.add(invoice(from + at)))),
	);
	const mixed = early!.flatMap((one, at) => [one, late![at]!]);
	await both.together(mixed);
	expect(heldBy(mixed[0]!.row)).toBe(heldBy(mixed[49]!.row));
	expect(shown(mixed[1]!.row)).toStrictEqual(shown(invoice(500)));
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
		Object.defineProperty(one, 'content', {
			get: () => {
				throw new Error(`row ${index} was unpacked`);
			},
		});
		expect(() => one.record).toThrow('unpacked');
	}
	const places = async (listed: readonly ListedRow[]) =>
		(await sift([...listed], live(null))).changed.map((change) => ({
			...{ key: change.key, stamp: change.stamp },
		}));
	expect(await places(packed)).toEqual(await places(rows));
	const marks = (listed: readonly ListedRow[]) => listed.map((one) => unreadMark(one));
	expect(marks(rows.map((one) => new RowPacker().add(one)))).toEqual(marks(rows));
});
