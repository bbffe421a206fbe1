import type { DesiredDirectCost } from '../../../lib/model/desired';
import type { ActualDirectCost } from '../../../lib/procore/resources/direct-costs';
import {
	type CostPolicies,
	type DirectCostLookup,
	directCostRules,
} from '../../../lib/sync/kinds/direct-cost';
import { type OriginData, writeOriginData } from '../../../lib/sync/origin-data';
import { directCost } from '../../procore/support/desired';

const own = (more: Partial<ActualDirectCost> = {}): ActualDirectCost => ({
	...{ id: '1', originId: 'GP:TWO:PM:1:1:P:9001', originData: null, type: 'invoice' },
	...{ status: 'approved', invoiceNumber: 'INV-1', vendorId: '7', total: '30.00', lineCount: 2 },
	fields: {},
	...more,
});
const rulesFor = (standing: ActualDirectCost[] = [], options: CostPolicies = {}) =>
	directCostRules(
		{
			withOriginId: (originId) => standing.find((one) => one.originId === originId),
			withInvoice: (vendorId, number) =>
				standing.filter((one) => one.vendorId === vendorId && one.invoiceNumber === number),
		} satisfies DirectCostLookup,
		{ of: () => '7' },
		options,
	);
const given = (amounts = ['10', '20'], more: Parameters<typeof directCost>[2] = {}) =>
	directCost('1', amounts, more);
/** What is kept with a record once it was sent as this. */
function kept(desired: DesiredDirectCost): OriginData {
	const rules = rulesFor();
	const h = rules.hash(desired);
	return { src: 'gp', h, ...(rules.row(desired, { outcome: 'created' }, h) as any).keeps };
}
const compared = (
	desired: DesiredDirectCost,
	standing: Partial<ActualDirectCost>,
	{ sent = desired, ...options }: CostPolicies & { sent?: DesiredDirectCost } = {},
) => {
	const rules = rulesFor([], options);
	const change = rules.compare(desired, own(standing), kept(sent), rules.hash(desired));
	const { withLines, readLines, onlyIfIncomplete } = (change as any)?.detail ?? {};
	if (!change || change.outcome !== 'updated') return change?.outcome;
	const words = Object.entries({ withLines, readLines, onlyIfIncomplete });
	return words.flatMap(([word, holds]) => (holds ? [word] : [])).join(' ') || 'header';
};
const LINES = 'withLines readLines';
const IN_DOUBT = `${LINES} onlyIfIncomplete`;

describe('voided in GP, and none of its own stands', () => {
	const gone = given([], { voided: true });
	const rule = (lookup: Partial<DirectCostLookup>, desired = gone, own?: ActualDirectCost) =>
		directCostRules(
			{ withOriginId: () => undefined, withInvoice: () => [], ...lookup },
			{ of: () => '7' },
			{},
		).rule!(desired, own) as any;

	test('there is nothing to do, unless it was sent so lately that no list shows it', () => {
		const skipped = { outcome: 'skipped', amount: '0.00', reason: { code: 'void-never-sent' } };
		expect(rule({})).toMatchObject(skipped);
		expect(rule({ isUnlisted: () => false })).toMatchObject(skipped);
		expect(rule({ isUnlisted: (id) => id === gone.originId })).toMatchObject({
			...{ outcome: 'parked', reason: { code: 'not-listed-yet' } },
		});
	});

	test('of any other it is not the rule', () => {
		expect([rule({}, given()), rule({}, gone, own())]).toEqual([undefined, undefined]);
	});
});

describe('sent in this very state', () => {
	const cancelling = ['5', '-5'];
	test.each<[string, Partial<ActualDirectCost>, string[], CostPolicies, string | undefined]>([
		['stands', {}, ['10', '20'], {}, undefined],
		['has more lines than ours', { lineCount: 3 }, ['10', '20'], {}, undefined],
		['tells no count', { lineCount: undefined }, ['10', '20'], {}, undefined],
		['has another total', { total: '31.00' }, ['10', '20'], {}, LINES],
		['tells no total', { total: null }, ['10', '20'], {}, LINES],
		['lacks a line', { lineCount: 1 }, ['10', '20'], {}, LINES],
		['has another status', { status: 'draft' }, ['10', '20'], {}, 'header'],
		['has a status that may stay', { status: 'draft' }, ['10', '20'], { drift: 'keep' }, undefined],
		['has a total that may stay', { total: '31.00' }, ['10', '20'], { drift: 'keep' }, IN_DOUBT],
		['has both', { total: '31.00', status: 'draft' }, ['10', '20'], {}, LINES],
		// A header alone looks the same where its lines cancel out.
		['comes to nothing', { total: '0.00' }, cancelling, {}, undefined],
		['may lack its lines', { total: '0.00', lineCount: undefined }, cancelling, {}, IN_DOUBT],
		['has none', { total: '0.00', lineCount: undefined }, [], {}, undefined],
		['is to be written anew', {}, ['10', '20'], { rewrite: true }, LINES],
		['has another type', { type: 'expense' }, ['10', '20'], {}, 'conflict'],
		['tells no type', { type: '' }, ['10', '20'], {}, undefined],
	])('%s', (_what, standing, amounts, options, expected) => {
		expect(compared(given(amounts), standing, options)).toBe(expected);
	});
});

describe('sent in another state', () => {
	const header = { description: 'New' };
	test.each<[string, DesiredDirectCost, Partial<ActualDirectCost>, CostPolicies, string]>([
		['the header alone differs', given(undefined, { header }), {}, {}, 'header'],
		['and its total', given(undefined, { header }), { total: '31.00' }, {}, 'withLines'],
		['and its count', given(undefined, { header }), { lineCount: 1 }, {}, 'withLines'],
		['an amount differs', given(['10', '25']), {}, {}, 'withLines'],
		['a line is gone', given(['10']), { total: '30.00' }, {}, LINES],
		['a line has come', given(['10', '20', '5']), {}, {}, LINES],
		['it is to be written anew', given(undefined, { header }), {}, { rewrite: true }, LINES],
	])('%s', (_what, desired, standing, options, expected) => {
		expect(compared(desired, standing, { ...options, sent: given() })).toBe(expected);
	});
});

test('a header whose batch was cut off before its lines is only completed', () => {
	const originData = writeOriginData({ ...kept(given()), b: 'B1', w: 'c' });
	const completes = (unrecordedBatches: string[], standing = {}) => {
		const rules = rulesFor([], { unrecordedBatches });
		const one = own({ originData, lineCount: 0, total: '0.00', ...standing });
		return (rules.compare(given(), one, kept(given()), rules.hash(given())) as any).completes;
	};
	expect([completes(['B1']), completes(['B2']), completes([])]).toEqual([true, false, false]);
});

describe('none of its own stands', () => {
	const byHand = (more: Partial<ActualDirectCost> = {}) => own({ originId: null, ...more });
	const adopt = (standing: ActualDirectCost[], desired = given()) =>
		rulesFor(standing).adopt!(desired) as any;

	test('it is made, with its lines where it has any', () => {
		expect(adopt([])).toEqual({ outcome: 'created', detail: { withLines: true } });
		expect(adopt([], given([]))).toEqual({ outcome: 'created', detail: { withLines: false } });
		expect(adopt([own({ originId: 'another', status: 'draft' })]).outcome).toBe('created');
		const unnumbered = given(undefined, { header: { invoice_number: undefined } });
		expect(adopt([byHand()], unnumbered).outcome).toBe('created');
	});

	test('the one entered by hand is taken over, where its type is the same or not told', () => {
		for (const type of ['invoice', ''])
			expect(
				adopt([own({ id: '2', originId: 'another', status: 'draft' }), byHand({ type })]),
			).toEqual({
				...{ outcome: 'adopted', actual: byHand({ type }) },
				detail: { withLines: true, readLines: true },
			});
		expect(adopt([byHand({ type: 'expense' })])).toMatchObject({
			...{ outcome: 'conflict', actual: { id: '1' }, reason: { code: 'type-fixed' } },
		});
	});

	test('nor is it made or taken over beside one of another integration that counts', () => {
		const another = own({ id: '2', originId: 'another' });
		expect(adopt([byHand(), another])).toMatchObject({
			...{ outcome: 'conflict', actual: { id: '2' }, reason: { code: 'foreign-origin-id' } },
		});
	});

	test('not by a second one of the batch under the same number', () => {
		const rules = rulesFor([byHand()]);
		const change = rules.adopt!(given()) as any;
		expect(change.outcome).toBe('adopted');
		rules.row(given(), change, 'h');
		expect(rules.adopt!(given())).toMatchObject({ outcome: 'created' });
		rules.begin!([]);
		expect(rules.adopt!(given())).toMatchObject({ outcome: 'adopted' });
	});

	test('what leaves frees its number until the next planning', () => {
		const rules = rulesFor([byHand()]);
		rules.planned!({ outcome: 'unchanged', actual: byHand() } as never);
		rules.planned!({ outcome: 'voided' } as never);
		expect(rules.adopt!(given())).toMatchObject({ outcome: 'adopted' });
		rules.planned!({ outcome: 'voided', actual: byHand() } as never);
		expect(rules.adopt!(given())).toMatchObject({ outcome: 'created' });
		rules.begin!([]);
		expect(rules.adopt!(given())).toMatchObject({ outcome: 'adopted' });
	});
});

test('voids come first, the others by origin id', () => {
	const at = (key: string, voided = false) => directCost(key, [], { voided });
	const order = rulesFor().begin!([at('C'), at('B', true), at('A'), at('A', true), at('A')]);
	expect(order.map(({ record, voided }) => `${(record as any).voucher} ${voided}`)).toEqual([
		...['B true', 'A true', 'A false', 'A false', 'C false'],
	]);
});

describe('the row of a direct cost', () => {
	const rowOf = (desired: DesiredDirectCost, actual?: ActualDirectCost, standing = [actual!]) => {
		const rules = rulesFor(actual ? standing : []);
		return rules.row(desired, { outcome: actual ? 'updated' : 'created', actual }, 'H') as any;
	};

	test('has its type and vendor; where it is new, no day of payment that is none', () => {
		const unpaid = given(undefined, { header: { payment_date: '' } });
		const { fields } = rowOf(unpaid);
		expect(fields).toStrictEqual({
			...{ direct_cost_type: 'invoice', invoice_number: 'INV-1', status: 'approved' },
			...{ direct_cost_date: '2026-09-30', vendor_id: 7 },
		});
		const paid = own({ fields: { payment_date: '2026-10-01' } });
		expect(rowOf(unpaid, paid).fields).toMatchObject({ payment_date: '' });
		expect(rowOf(unpaid, own()).fields).toMatchObject({ payment_date: '' });
		const never = own({ fields: { payment_date: null } });
		expect(rowOf(unpaid, never).fields).not.toHaveProperty('payment_date');
		expect(rowOf(unpaid, paid).fields).not.toHaveProperty('direct_cost_type');
	});

	test('keeps what GP had of the document where it is told, and what a part of it would be', () => {
		const source = { ...given().source, content: 'G' };
		expect(rowOf({ ...given(), source }).keeps).toMatchObject({ t: '30.00', g: 'G' });
		expect(rowOf(given()).keeps).not.toHaveProperty('g');
		expect(rowOf(given())).not.toHaveProperty('part');
		const { part } = rowOf(given(), own());
		expect(part).toEqual(expect.any(String));
		const inPart = own({ originData: writeOriginData({ src: 'gp', h: part }) });
		expect(rowOf(given(), inPart)).not.toHaveProperty('part');
	});

	const suffixed = given(undefined, { header: { invoiceNumberSuffix: '-B' } });
	const numberOf = (desired: DesiredDirectCost, actual: ActualDirectCost, others: object[] = []) =>
		rowOf(desired, actual, [actual, ...others.map((one) => own({ id: '2', ...one }))]).fields
			?.invoice_number;

	test('has the number that is free, and keeps the one it has', () => {
		expect(numberOf(suffixed, own())).toBe('INV-1');
		expect(numberOf(suffixed, own({ invoiceNumber: 'INV-1-B' }))).toBe('INV-1-B');
		expect(numberOf(suffixed, own({ invoiceNumber: 'INV-1-B', vendorId: '8' }))).toBe('INV-1');
		expect(numberOf(suffixed, own({ invoiceNumber: 'INV-0' }), [{}])).toBe('INV-1-B');
		expect(numberOf(given(), own({ invoiceNumber: 'INV-1-B' }))).toBe('INV-1');
		const taken = rowOf(given(), own({ invoiceNumber: 'X' }), [own({ id: '2' })]);
		expect(taken).toMatchObject({ outcome: 'conflict', reason: { code: 'duplicate-invoice' } });
	});

	test('says what changes, and of a vendor that a dry run would make only that', () => {
		const changes = (actual?: ActualDirectCost) => rowOf(given(['10', '25']), actual).changes;
		expect(changes(own({ fields: { ...given().header } }))).toEqual([
			{ field: 'total', before: '30.00', after: '35.00' },
		]);
		expect(changes()).toContainEqual({ field: 'vendor_id', before: null, after: '7' });
		const rules = directCostRules(
			{ withOriginId: () => undefined, withInvoice: () => [] },
			{ of: () => 'planned X' },
			{},
		);
		expect((rules.row(given(), { outcome: 'created' }, 'H') as any).changes).toContainEqual({
			...{ field: 'vendor_id', before: null, after: null },
		});
	});
});

test('the amount that stands: nothing of a void that is a draft, else what Procore shows', () => {
	const amount = (voided: boolean, actual?: ActualDirectCost) =>
		rulesFor().amount!(given(undefined, { voided }), actual);
	expect(amount(false, own())).toBe('30.00');
	expect(amount(false, own({ status: 'draft' }))).toBe('30.00');
	expect(amount(true, own())).toBe('30.00');
	expect(amount(true, own({ status: 'draft' }))).toBe('0.00');
	expect([amount(true), amount(false, own({ total: null }))]).toEqual([undefined, undefined]);
});
