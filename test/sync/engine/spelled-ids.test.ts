import type { DesiredDirectCost, DesiredVendor } from '../../../lib/model/desired';
import { syncCostCodes } from '../../../lib/sync/kinds/cost-code';
import { syncDirectCosts } from '../../../lib/sync/kinds/sync-direct-costs';
import { hasSpellings, OriginIndex } from '../../../lib/sync/engine/known';
import { syncVendors } from '../../../lib/sync/kinds/vendor';
import { clientOf, costCode, directCost, source, vendor } from '../../procore/support/desired';
import { FakeProcore } from '../../procore/support/fake-procore';

/*
 * Versions up to 0.2.0 wrote origin ids as GP spelled them, and GP spells one id in any case. What
 * they sent is the same record: recognised, brought to the canonical origin id, never doubled.
 */
const live = { dryRun: false };
let fake: FakeProcore;
beforeEach(() => {
	fake = new FakeProcore();
	fake.codes.push({
		id: fake.id(),
		project_id: 9001,
		code: '5110',
		name: 'Materials',
		parent_id: null,
	});
});

const client = () => clientOf(fake.transport);
const kinds = (outcomes: Array<{ outcome: string }>) => outcomes.map(({ outcome }) => outcome);
const asOnceSent = (key: string) => vendor(key);
const asNow = (key: string, former?: string): DesiredVendor => ({
	...vendor(key.toUpperCase(), { name: `${key} Supplies` }),
	...(former === undefined ? {} : { formerOriginIds: [`GP:TWO:V:${former}`] }),
});

describe('a vendor sent under another spelling', () => {
	const others = Array.from({ length: 8 }, (_, index) => vendor(`OTHER${index}`));

	test.each([
		['alone, GP spelling it as it did', [asNow('Acme01', 'Acme01')]],
		['alone, GP spelling it anew', [asNow('Acme01', 'aCME01')]],
		['alone, nothing in GP showing the spelling', [asNow('Acme01')]],
		['among many', [...others, asNow('Acme01', 'Acme01')]],
	])('is the same vendor: %s', async (_, desired) => {
		await syncVendors(client(), [asOnceSent('Acme01')], live);
		const [outcome] = (await syncVendors(client(), desired, live)).slice(-1);
		expect(['updated', 'unchanged']).toContain(outcome.outcome);
		expect(fake.vendors.filter(({ name }) => name === 'Acme01 Supplies')).toHaveLength(1);
		await syncVendors(client(), [asNow('Acme01')], live);
		const writes = fake.writes.length;
		expect(kinds(await syncVendors(client(), [asNow('Acme01')], live))).toEqual(['unchanged']);
		expect(fake.writes).toHaveLength(writes);
	});

	test('two spellings in one batch are one vendor', async () => {
		const outcomes = await syncVendors(client(), [asNow('Acme01'), asNow('aCME01')], live);
		expect(kinds(outcomes)).toEqual(['created', 'unchanged']);
		expect(fake.vendors).toHaveLength(1);
	});

	test('is found by what is booked on it', async () => {
		await syncVendors(client(), [asOnceSent('Acme01')], live);
		const cost = directCost('00417', ['10.00'], { vendorOriginId: 'GP:TWO:V:ACME01' });
		const [outcome] = await syncDirectCosts(client(), [cost], live);
		expect(outcome.outcome).toBe('created');
		expect(fake.costs[0].vendor_id).toBe(fake.vendors[0].id);
	});
});

describe('a document sent under another spelling', () => {
	beforeEach(async () => {
		await syncVendors(client(), [vendor('ACME')], live);
		await syncDirectCosts(client(), [directCost('Ab12', ['100.10', '-0.05'])], live);
	});
	const now = (
		amounts: string[],
		former: string[] = ['GP:TWO:PM:1:Ab12:P:9001'],
	): DesiredDirectCost => ({
		...directCost('AB12', amounts, { header: { invoice_number: 'INV-Ab12' } }),
		formerOriginIds: former,
	});
	const others = Array.from({ length: 8 }, (_, index) => directCost(`D${index}`, ['1.00']));
	const total = () => fake.showCost(fake.costs[0]).grand_total;

	test.each([
		['alone', [], undefined],
		['among many', others, undefined],
		['alone, nothing in GP showing the spelling', [], []],
	])('is the same document, lines too: %s', async (_, more, former) => {
		const amounts = ['100.10', '-0.05'];
		await syncDirectCosts(client(), [now(amounts, former), ...more], live);
		expect(fake.costs).toHaveLength(1 + more.length);
		expect(fake.costs[0].origin_id).toBe('GP:TWO:PM:1:AB12:P:9001');
		const lines = fake.lines.filter(({ direct_cost_id: id }) => id === fake.costs[0].id);
		expect(lines.map(({ origin_id }) => origin_id)).toEqual([
			'GP:TWO:PM:1:AB12:P:9001:L:1',
			'GP:TWO:PM:1:AB12:P:9001:L:2',
		]);
		expect(total()).toBe('100.05');
		expect(kinds(await syncDirectCosts(client(), [now(amounts)], live))).toEqual(['unchanged']);
	});

	test('loses a line that GP took away, and is voided', async () => {
		await syncDirectCosts(client(), [now(['100.10'])], live);
		expect(Number(total())).toBe(100.1);
		const [outcome] = await syncDirectCosts(
			client(),
			[{ ...now([]), voided: true, lines: [], total: '0.00' }],
			live,
		);
		expect(outcome.outcome).toBe('voided');
		expect(fake.costs).toHaveLength(1);
		expect(fake.costs[0].status).toBe('draft');
	});
});

test('a cost code whose deciding account was noted in another case is still renamed by it', async () => {
	const before = costCode('51a0', {
		originId: 'GP:TWO:CC:51a0:P:9001',
		source: source('account', '300-51a0-02'),
	});
	await syncCostCodes(client(), [before], live);
	const after = costCode('51a0', {
		originId: 'GP:TWO:CC:51A0:P:9001',
		source: source('account', '300-51A0-02'),
		name: 'Renamed in GP',
	});
	expect(kinds(await syncCostCodes(client(), [after], live))).toEqual(['updated']);
	expect(fake.codes.filter(({ code }) => code === '51a0')).toEqual([
		expect.objectContaining({ name: 'Renamed in GP', origin_id: 'GP:TWO:CC:51A0:P:9001' }),
	]);
});

test('of two that already stand doubled, the one spelled as asked counts', () => {
	const index = new OriginIndex<number>();
	index.set('GP:TWO:V:Acme', 1);
	index.set('GP:TWO:V:ACME', 2);
	index.set('other-ab', 3);
	expect(index.get('GP:TWO:V:ACME')).toBe(2);
	expect(index.get('GP:TWO:V:acme')).toBe(1);
	expect(index.get('OTHER-AB')).toBeUndefined();
	index.delete('GP:TWO:V:ACME');
	expect(index.get('GP:TWO:V:ACME')).toBe(1);
	// The only one left of a name counts however it is spelled; it can be replaced, and removed by its own spelling.
	index.delete('GP:TWO:V:Acme');
	expect(index.has('GP:TWO:V:acme')).toBe(false);
	index.set('GP:TWO:V:Bolt', 4);
	index.set('GP:TWO:V:Bolt', 5);
	index.delete('GP:TWO:V:BOLT');
	expect(index.get('GP:TWO:V:BOLT')).toBe(5);
	index.delete('GP:TWO:V:Bolt');
	expect(index.has('GP:TWO:V:Bolt')).toBe(false);
	index.set('GP:TWO:V:BOLT', 6);
	index.delete('GP:TWO:V:Bolt');
	expect(index.get('GP:TWO:V:Bolt')).toBe(6);
	expect(hasSpellings(`GP:TWO:PM:1:00417`)).toBe(false);
	expect(hasSpellings(`GP:TWO:V:A1`)).toBe(true);
});
