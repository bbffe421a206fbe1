import { withAccountFacts } from '../../lib/gp/reading/add-facts';
import type { GpPayable, GpRecord } from '../../lib/model/gp-records';
import { account, payable, type Entry, vendor } from '../mapping/samples';

const HOUR = 3_600_000;

/** A chart of accounts that counts how it is asked; its name keeps what is remembered apart. */
function chart(owner: string, accounts: GpRecord[]) {
	const asked: string[] = [];
	const add = async (entries: Entry[], now = 0) => {
		const bare = payable(entries);
		bare.distributions = bare.distributions.map(({ accountFacts: _, ...one }) => one);
		const [found] = await withAccountFacts([bare], {
			owner,
			now,
			read: async (keys) => {
				asked.push(`keys ${keys.join(' ')}`);
				const records = accounts.filter((one) => keys.includes(one.key));
				return { records, faults: [], gone: [] };
			},
			list: async () => {
				asked.push('list');
				return accounts;
			},
		});
		return found.kind === 'payable' ? found.distributions.map((one) => one.accountFacts) : [];
	};
	return { add, asked };
}

const VAT = account('000-1180-00', { postingType: 'balanceSheet', description: 'Input VAT' });
const TAX: Entry = ['taxes', '000-1180-00', '20'];
const FACTS = { postingType: 'balanceSheet', active: true, description: 'Input VAT' };

test('a tax line gets what the chart says of its account; an active cost line nothing', async () => {
	const { add, asked } = chart('a', [VAT, account('300-5110-02')]);
	expect(await add([['purchase', '300-5110-02', '100'], TAX])).toEqual([
		undefined,
		FACTS,
		undefined,
	]);
	expect(asked).toEqual(['keys 300-5110-02 000-1180-00']);
});

test('a line whose account is inactive tells so', async () => {
	const { add } = chart('b', [account('300-5140-03', { active: false })]);
	const [facts] = await add([['purchase', '300-5140-03', '100']]);
	expect(facts).toMatchObject({ active: false });
});

test('a cost line on the balance sheet tells so, and so does a receipt line', async () => {
	const { add } = chart('sheet', [VAT, account('300-5110-02')]);
	expect(await add([['purchase', '000-1180-00', '20']])).toEqual([FACTS, undefined]);
	const receipt = { receipt: 'R1', line: 1, description: null, cost: '20', variance: '0' };
	const more = { varianceAccount: null, job: null, costCode: null, costType: null };
	const lines = ['000-1180-00', '300-5110-02', null].map((on) => ({
		...{ ...receipt, ...more },
		account: on,
	}));
	const [found] = await withAccountFacts([payable([], { receiptLines: lines })], {
		...{ owner: 'receipts', now: 0 },
		read: async () => ({ records: [VAT, account('300-5110-02')], faults: [], gone: [] }),
		list: async () => [],
	});
	expect((found as GpPayable).receiptLines).toEqual([
		{ ...lines[0], accountFacts: FACTS },
		lines[1],
		lines[2],
	]);
});

test('an account GP does not give is null, and asked for again after a quarter of an hour', async () => {
	const { add, asked } = chart('c', []);
	expect((await add([TAX]))[0]).toBeNull();
	expect((await add([TAX], 14 * 60_000))[0]).toBeNull();
	expect(asked).toHaveLength(1);
	await add([TAX], 15 * 60_000);
	expect(asked).toHaveLength(2);
});

test('what was read is believed for six hours, whatever its case and blanks', async () => {
	const { add, asked } = chart('d', [VAT]);
	await add([TAX]);
	expect(await add([['gst', ' 000-1180-00 ', '1']], 5 * HOUR)).toEqual([FACTS, undefined]);
	expect(asked).toHaveLength(1);
	await add([TAX], 6 * HOUR);
	expect(asked).toHaveLength(2);
});

test('many unknown accounts are read by one list', async () => {
	const numbers = Array.from({ length: 9 }, (_, index) => `30${index}-5110-02`);
	const { add, asked } = chart(
		'e',
		numbers.map((number) => account(number)),
	);
	await add(numbers.map((number): Entry => ['purchase', number, '1']));
	expect(asked).toEqual(['list']);
});

test('settling lines ask nothing', async () => {
	const { add, asked } = chart('f', [VAT]);
	await add([
		['payable', '000-2100-00', '-1'],
		['cash', '000-1100-00', '1'],
	]);
	expect(asked).toEqual([]);
});

test('up to eight unknown accounts are read one by one, without the blanks around them', async () => {
	const numbers = Array.from({ length: 8 }, (_, index) => `30${index}-5110-02`);
	const { add, asked } = chart('eight', []);
	await add(numbers.map((number): Entry => ['purchase', ` ${number} `, '1']));
	expect(asked).toEqual([`keys ${numbers.join(' ')}`]);
});

test('a line of goods and services tax tells what the chart says, whatever that is', async () => {
	const { add } = chart('gst', [account('300-5110-02')]);
	expect(await add([['gst', '300-5110-02', '1']])).toEqual([
		expect.objectContaining({ active: true }),
		undefined,
	]);
});

test('a line without an account asks nothing, and tells that nothing is known', async () => {
	const { add, asked } = chart('blank', []);
	expect(await add([['taxes', ' ', '1']])).toEqual([null, undefined]);
	expect(asked).toEqual([]);
});

describe('nothing is asked or told', () => {
	const tell = async (...records: GpRecord[]) => {
		const asked: string[][] = [];
		const told = await withAccountFacts(records, {
			...{ owner: `none ${records.length}`, now: 0 },
			read: async (keys) => {
				asked.push(keys);
				const inactive = keys.map((key) => account(key, { active: false }));
				return await Promise.resolve({ records: inactive, faults: [], gone: [] });
			},
			list: () => Promise.reject(new Error('nobody asked for the list')),
		});
		return { told, asked };
	};

	test('of vendors, and of documents whose lines are not read', async () => {
		const bare = { ...payable([]), distributions: undefined } as unknown as GpRecord;
		const { told, asked } = await tell(vendor(), bare);
		expect(told[0]).toEqual(vendor());
		expect(told[1]).toBe(bare);
		expect(asked).toEqual([]);
	});

	test('of lines of another company', async () => {
		const document = payable([['purchase', '300-5110-02', '1']]);
		document.distributions[0]!.company = 'THREE';
		const own = payable([['purchase', '000-5110-02', '1']]);
		const mixed = { ...own, distributions: [...own.distributions, ...document.distributions] };
		const { told, asked } = await tell(mixed, document, mixed);
		expect(asked).toEqual([['000-5110-02']]);
		const facts = (told[0] as GpPayable).distributions.map((one) => one.accountFacts?.active);
		expect(facts.filter((active) => active === false)).toHaveLength(1);
	});
});
