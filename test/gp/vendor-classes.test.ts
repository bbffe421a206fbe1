import type { KeyedRecords } from '../../lib/gp/reading/read-records';
import { withVendorClasses } from '../../lib/gp/reading/add-facts';
import type { GpPayable } from '../../lib/model/gp-records';
import { payable, vendor } from '../mapping/samples';

const CLASSES: Record<string, string | null> = { ACME0001: 'SUBS', BOLT0002: null };

let site = 0;
/** A site of its own for each test: classes are remembered by site. */
function reader(answer: Partial<KeyedRecords> = {}) {
	const asked: string[][] = [];
	const owner = `site ${++site}`;
	const add = async (records: Parameters<typeof withVendorClasses>[0], now = 0) =>
		(await withVendorClasses(records, {
			owner,
			now,
			read: async (ids) => {
				asked.push(ids);
				const known = ids.map((id) => id.toUpperCase()).filter((id) => id in CLASSES);
				return {
					records: known.map((vendorId) => vendor({ vendorId, classId: CLASSES[vendorId] })),
					gone: [],
					faults: [],
					...answer,
				};
			},
		})) as GpPayable[];
	return { add, asked };
}

const of = (vendorId: string) => payable([['purchase', '300-5110-02', '1']], { vendorId });
const classes = (records: GpPayable[]) => records.map(({ vendorClassId }) => vendorClassId);

describe('the class of a vendor', () => {
	test('is read once per vendor, however many documents and batches', async () => {
		const { add, asked } = reader();
		const records = [of('ACME0001'), of('acme0001 '), of('BOLT0002')];
		expect(classes(await add(records))).toEqual(['SUBS', 'SUBS', null]);
		await add(records, 60_000);
		expect(asked).toEqual([['acme0001', 'BOLT0002']]);
	});

	test('is read anew after a quarter of an hour', async () => {
		const { add, asked } = reader();
		await add([of('ACME0001')]);
		await add([of('ACME0001')], 15 * 60_000);
		expect(asked).toHaveLength(2);
	});

	test('of a vendor that is gone is none, of one that cannot be read stays open', async () => {
		const { add } = reader({ gone: ['GONE'] });
		expect(classes(await add([of('GONE'), of('BROKEN')]))).toEqual([null, undefined]);
	});

	test('leaves the document otherwise as it was, its hash too', async () => {
		const { add } = reader();
		const record = of('ACME0001');
		expect(await add([record])).toEqual([{ ...record, vendorClassId: 'SUBS' }]);
		expect(record).not.toHaveProperty('vendorClassId');
	});
});

describe('no class is asked for', () => {
	test('of vendors themselves, which stay as they are', async () => {
		const { add, asked } = reader();
		const firm = vendor({ vendorId: 'ACME0001' });
		expect(await add([firm])).toEqual([firm]);
		expect(asked).toEqual([]);
	});

	test('of a document that is gone, nor of one that names no vendor', async () => {
		const { add, asked } = reader();
		const gone = payable([], { vendorId: 'BOLT0002', extra: { gone: true } } as never);
		const bare = payable([], { vendorId: 'BROKEN', extra: undefined } as never);
		const found = await add([gone, of(' '), bare]);
		expect(asked).toEqual([['BROKEN']]);
		for (const one of found) expect(one).not.toHaveProperty('vendorClassId');
	});
});
