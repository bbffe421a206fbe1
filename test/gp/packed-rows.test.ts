import fc from 'fast-check';
import type { ListedRow } from '../../lib/gp/reading/pages';
import { markAfter } from '../../lib/gp/reading/pending-changes';
import { RowPacker } from '../../lib/gp/reading/read-batch';
import type { GpRecord } from '../../lib/model/gp-records';
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
		const { content } = one as unknown as { content: unknown };
		expect(typeof content).toBe('string');
		return sum + (content as string).length;
	}, 0);
	const plain = Buffer.byteLength(JSON.stringify(rows.map(shown)));
	expect(held).toBeLessThan(plain / 5);
	expect(rows[99]!.pending!.raw).toEqual(raw(99));
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
