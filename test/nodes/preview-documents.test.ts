import { previewInWords } from '../../lib/mapping/preview';
import { canonicalKey } from '../../lib/model/keys';
import {
	asRunsHaveThem,
	byVoucher,
	vouchersIn,
} from '../../nodes/GpToProcore/actions/mapping.resource';
import { payable } from '../mapping/samples';

const notFound = { code: 'GP_RECORD_NOT_FOUND', message: 'none', remedy: '' };
const malformed = {
	code: 'GP_RECORD_MALFORMED',
	message: 'Its amount is no number.',
	remedy: 'Mend it.',
};

/** A GP that has one voucher, cannot read another, and knows nothing of the rest. */
const client = {
	readByKeys: async (_entity: string, keys: readonly string[]) =>
		await Promise.resolve({
			records: keys
				.filter((key) => /;0*417$/.test(key) && key.startsWith('1;'))
				.map(() => payable([['purchase', '300-5110-02', '1']], { key: '1;00000000000000417' })),
			faults: keys
				.filter((key) => !/;0*417$/.test(key))
				.map((key) => ({
					key: canonicalKey(key),
					label: `payables document ${key}`,
					error: key === '1;00000000000000500' ? malformed : notFound,
				})),
			gone: [],
		}),
} as never;

test('numbers are taken as people paste them', () => {
	expect(vouchersIn(' "00417", ‘418’;\n`419`\t“PM-420” ,')).toEqual([
		'00417',
		'418',
		'419',
		'PM-420',
	]);
	expect(vouchersIn(' , ""')).toEqual([]);
});

test('what was asked for and is not shown is named, with the reason', async () => {
	const { found, unseen } = await byVoucher(client, ['417', '418', '500']);
	expect(found.map(({ key }) => key)).toEqual(['1;00000000000000417']);
	expect(unseen).toEqual([
		expect.stringMatching(/^Voucher 418 was not found in GP: /),
		'payables document 1;00000000000000500 could not be read: Its amount is no number. Mend it.',
	]);
	const { text } = previewInWords([], [], unseen);
	for (const one of unseen) expect(text).toContain(one);
});

test('a document that cannot be read is not called absent', async () => {
	const title = async (voucher: string) =>
		previewInWords([], [], (await byVoucher(client, [voucher])).unseen).title;
	expect(await title('500')).toBe('The document could not be read from GP');
	expect(await title('418')).toBe('No such document was found in GP');
});

test('more than are shown are not left out without a word', async () => {
	const many = Array.from({ length: 201 }, () => '417');
	const { unseen } = await byVoucher(client, many);
	expect(unseen).toEqual(['Only the first 200 of 201 vouchers are shown.']);
});

test('accounts of receipt lines are looked up as a run does', async () => {
	const line = { receipt: 'R1', line: 1, account: '000-1300-00', description: null, cost: '1' };
	const more = { variance: '0', varianceAccount: null, job: null, costCode: null, costType: null };
	const asked: unknown[] = [];
	const [shown] = await asRunsHaveThem(
		{
			withVendorClasses: async (records) => await Promise.resolve([...records]),
			withReceiptLines: async (records) =>
				await Promise.resolve(
					records.map((one) => ({ ...one, receiptLines: [{ ...line, ...more }] }) as never),
				),
			withAccountFacts: async (records) => {
				asked.push(...records.map((one) => (one as never as typeof shown).receiptLines?.length));
				return await Promise.resolve([...records]);
			},
		},
		[payable([['purchase', '000-2105-00', '1']])],
	);
	expect(asked).toEqual([1]);
	expect(shown.receiptLines).toHaveLength(1);
});
