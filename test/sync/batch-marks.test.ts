import fc from 'fast-check';
import { ConnectorError } from '../../lib/model/connector-error';
import { toFixed } from '../../lib/model/money';
import type { Outcome } from '../../lib/model/outcome';
import { syncCostCodes } from '../../lib/sync/kinds/cost-code';
import { type DesiredCostType, syncCostTypes } from '../../lib/sync/kinds/cost-type';
import { syncDirectCosts } from '../../lib/sync/kinds/sync-direct-costs';
import { readOriginData } from '../../lib/sync/origin-data';
import type { SyncOptions } from '../../lib/sync/sync-run';
import { findUnrecordedWrites } from '../../lib/sync/unrecorded-writes';
import { syncVendors } from '../../lib/sync/kinds/vendor';
import { clientOf, costCode, directCost, source, vendor } from '../procore/support/desired';
import { FakeProcore, silence } from '../procore/support/fake-procore';

const WRITTEN = ['created', 'updated', 'adopted', 'reactivated', 'voided'];

function company(): FakeProcore {
	const fake = new FakeProcore();
	fake.vendors.push({ id: 7, name: 'ACME', is_active: true, origin_id: 'GP:TWO:V:ACME' });
	fake.codes.push({ id: 900, project_id: 9001, code: '5110', name: 'Materials', parent_id: null });
	return fake;
}

/** An invoice somebody entered by hand. */
function byHand(fake: FakeProcore, number: string, amount: string): void {
	const id = fake.id();
	fake.costs.push({
		id,
		project_id: 9001,
		direct_cost_type: 'invoice',
		vendor_id: 7,
		invoice_number: `INV-${number}`,
		status: 'approved',
	});
	fake.lines.push({
		id: fake.id(),
		project_id: 9001,
		direct_cost_id: id,
		cost_code_id: 900,
		line_item_type_id: 502,
		amount,
	});
}

type Run = (fake: FakeProcore, options: Partial<SyncOptions>) => Promise<Outcome[]>;
interface Scenario {
	prepare?: (fake: FakeProcore) => void | Promise<unknown>;
	run: Run;
	kinds: string[];
}

const costs =
	(desired: () => ReturnType<typeof directCost>[], more: Partial<SyncOptions> = {}): Run =>
	(fake, options) =>
		syncDirectCosts(clientOf(fake.transport, { batchSize: 2 }), desired(), {
			dryRun: false,
			...more,
			...options,
		});
const three = () => ['1', '2', '3'].map((number) => directCost(number, ['10', '20.50', '-5']));
const changed = () => [
	directCost('1', ['10', '7']),
	directCost('2', ['10', '20.50', '-5'], { header: { terms: 'Net 10' } }),
	directCost('3', ['10', '20.50', '-5']),
];
const division = { code: '03', name: 'Concrete', originId: 'GP:TWO:D:03:P:9001' };
const costType = (code: string): DesiredCostType => ({
	kind: 'costType',
	originId: `GP:TWO:T:${code}`,
	source: source('account', code),
	code,
	name: `Type ${code}`,
});

const SCENARIOS: Record<string, Scenario> = {
	'new invoices with lines': { run: costs(three), kinds: ['created', 'created', 'created'] },
	'a changed amount with a line less, changed terms, and one as it was': {
		prepare: (fake) => costs(three)(fake, { batchId: 'B0' }),
		run: costs(changed),
		kinds: ['updated', 'updated', 'unchanged'],
	},
	'an invoice entered by hand, with another amount': {
		prepare: (fake) => byHand(fake, '1', '99'),
		run: costs(() => three().slice(0, 2)),
		kinds: ['adopted', 'created'],
	},
	'a void beside a new one and a changed one': {
		prepare: (fake) => costs(() => three().slice(0, 2))(fake, { batchId: 'B0' }),
		run: costs(() => {
			const [first, second, third] = three();
			return [
				{ ...first, voided: true },
				{ ...second, header: { ...second.header, terms: 'x' } },
				third,
			];
		}),
		kinds: ['voided', 'updated', 'created'],
	},
	vendors: {
		prepare: (fake) => {
			fake.vendors.push(
				{ id: 8, name: 'Bolt', is_active: true, origin_code: 'BOLT' },
				{ id: 9, name: 'Core', is_active: false, origin_code: 'CORE' },
				{ id: 10, name: 'Delta', is_active: true, origin_id: 'GP:TWO:V:DELTA' },
			);
		},
		run: (fake, options) =>
			syncVendors(
				clientOf(fake.transport, { batchSize: 2 }),
				['NEW', 'BOLT', 'CORE', 'DELTA'].map((key) => vendor(key)),
				{ dryRun: false, ...options },
			),
		kinds: ['created', 'adopted', 'reactivated', 'updated'],
	},
	'cost codes under a division still to be made': {
		prepare: (fake) => {
			fake.codes.push({ id: 901, project_id: 9001, code: '700', name: 'By hand', parent_id: null });
		},
		run: (fake, options) =>
			syncCostCodes(
				clientOf(fake.transport),
				[
					costCode('300', { parent: division }),
					costCode('310', { parent: division }),
					costCode('700'),
				],
				{ dryRun: false, ...options },
			),
		kinds: ['created', 'created', 'adopted'],
	},
	'cost types': {
		run: (fake, options) =>
			syncCostTypes(clientOf(fake.transport), [costType('X'), costType('M')], {
				dryRun: false,
				...options,
			}),
		kinds: ['created', 'adopted'],
	},
};

/** A run that ends with the process: what it had to say is lost. */
async function cutOff(fake: FakeProcore, afterCalls: number, run: () => Promise<Outcome[]>) {
	fake.diesAfter = fake.requests.length + afterCalls;
	try {
		await run();
	} catch (error) {
		if (!(error instanceof ConnectorError) || error.scope !== 'transport') throw error;
	}
	fake.diesAfter = Infinity;
}

describe.each(Object.entries(SCENARIOS))('%s', (_name, { prepare, run, kinds }) => {
	test('killed after any call and run again, each write has its one outcome, as if run once', async () => {
		const once = company();
		await prepare?.(once);
		const begin = once.requests.length;
		const undisturbed = await run(once, { batchId: 'B1' });
		expect(undisturbed.map(({ outcome }) => outcome)).toEqual(kinds);
		const calls = once.requests.length - begin;

		for (let after = 1; after <= calls + 1; after++) {
			const fake = company();
			await prepare?.(fake);
			await cutOff(fake, after, () => run(fake, { batchId: 'B1' }));
			const again = await run(fake, { batchId: 'B2', unrecordedBatches: ['B1'] });
			const told = ({ outcome, procore, amount, unrecorded }: Outcome) => ({
				outcome,
				amount,
				unrecorded,
				known: procore?.id !== undefined,
			});
			expect([after, again.map(told)]).toEqual([after, undisturbed.map(told)]);

			const writes = fake.writes.length;
			const third = await run(fake, { batchId: 'B3' });
			expect(new Set(third.map(({ outcome }) => outcome))).toEqual(new Set(['unchanged']));
			expect(fake.writes).toHaveLength(writes);
		}
	});

	test('a batch that wrote everything and was not recorded is told without a write', async () => {
		const fake = company();
		await prepare?.(fake);
		await run(fake, { batchId: 'B1' });
		const writes = fake.writes.length;
		const again = await run(fake, { batchId: 'B2', unrecordedBatches: ['B1'] });
		expect(fake.writes).toHaveLength(writes);
		expect(again.map(({ outcome, recovered }) => [outcome, recovered])).toEqual(
			kinds.map((kind) => [kind, kind === 'unchanged' ? undefined : { batchId: 'B1' }]),
		);
	});

	test('a recorded batch is never told twice, and a dry run recovers nothing', async () => {
		const fake = company();
		await prepare?.(fake);
		await run(fake, { batchId: 'B1' });
		for (const options of [
			{ batchId: 'B2', unrecordedBatches: [] },
			{ batchId: 'B2', unrecordedBatches: ['B7'] },
			{ unrecordedBatches: ['B1'], dryRun: true },
		]) {
			const again = await run(fake, options);
			expect(new Set(again.map(({ outcome }) => outcome))).toEqual(new Set(['unchanged']));
		}
	});
});

test('two different writes give two events: the unrecorded one and this one', async () => {
	const fake = company();
	await costs(three)(fake, { batchId: 'B1' });
	const outcomes = await costs(changed)(fake, { batchId: 'B2', unrecordedBatches: ['B1'] });
	const created = { batchId: 'B1', outcome: 'created' };
	expect(outcomes).toMatchObject([
		{ outcome: 'updated', unrecorded: created, amount: '17.00' },
		{ outcome: 'updated', unrecorded: created },
		{ outcome: 'created', recovered: { batchId: 'B1' }, amount: '25.50' },
	]);
	expect(outcomes[0]).not.toHaveProperty('recovered');
});

test('a write that nobody recorded is told even when this batch cannot go on with the record', async () => {
	const fake = company();
	await costs(three)(fake, { batchId: 'B1' });
	const refused = () => [directCost('1', ['3'], { costCode: 'none such' })];
	expect(await costs(refused)(fake, { batchId: 'B2', unrecordedBatches: ['B1'] })).toMatchObject([
		{ outcome: 'failed', unrecorded: { batchId: 'B1', outcome: 'created' } },
	]);
});

test('after two batches in a row that were cut off, both have their event', async () => {
	const fake = company();
	await costs(three)(fake, { batchId: 'B1' });
	await costs(changed)(fake, { batchId: 'B2', unrecordedBatches: ['B1'] });
	const outcomes = await costs(changed)(fake, { batchId: 'B3', unrecordedBatches: ['B1', 'B2'] });
	expect(outcomes).toMatchObject([
		{
			outcome: 'updated',
			recovered: { batchId: 'B2' },
			unrecorded: { batchId: 'B1', outcome: 'created' },
		},
		{
			outcome: 'updated',
			recovered: { batchId: 'B2' },
			unrecorded: { batchId: 'B1', outcome: 'created' },
		},
		{ outcome: 'created', recovered: { batchId: 'B1' } },
	]);
	expect(outcomes[2]).not.toHaveProperty('unrecorded');
});

test('a mark is no content: another batch id alone writes nothing, and without one none is written', async () => {
	const fake = company();
	await costs(three)(fake, {});
	expect(fake.costs[0].origin_data).not.toMatch(/"[bwp]"/);
	const writes = fake.writes.length;
	await costs(three)(fake, { batchId: 'B9' });
	expect(fake.writes).toHaveLength(writes);
});

describe('a voided invoice whose policy is to be deleted', () => {
	const gone = () => [{ ...three()[0], voided: true }];
	const run = costs(gone, { voidPolicy: 'delete' });

	test('cut off before the deletion it is a marked draft, deleted and told once by the next batch', async () => {
		const calls = 4;
		for (let after = 1; after <= calls; after++) {
			const fake = company();
			await costs(three)(fake, { batchId: 'B0' });
			await cutOff(fake, after, () => run(fake, { batchId: 'B1' }));
			const deleted = fake.costs.length === 2;
			const [outcome] = await run(fake, { batchId: 'B2', unrecordedBatches: ['B1'] });
			expect(fake.costs).toHaveLength(2);
			// What is deleted keeps no mark: then the outcome says that it is not there, and why that may be.
			expect(outcome).toMatchObject(
				deleted
					? {
							outcome: 'skipped',
							amount: '0.00',
							reason: { message: expect.stringContaining('deleted already') },
						}
					: { outcome: 'voided', amount: '0.00' },
			);
			expect(outcome.unrecorded).toBeUndefined();
		}
	});

	test('a deletion Procore refuses fails that record alone, out of the budget as a draft', async () => {
		const fake = company();
		await costs(three)(fake, { batchId: 'B0' });
		fake.intercept = ({ method }) =>
			method === 'DELETE'
				? { status: 422, headers: {}, body: { errors: ['is locked'] } }
				: undefined;
		const both = costs(() => [...gone(), directCost('4', ['1'])], { voidPolicy: 'delete' });
		expect(await both(fake, { batchId: 'B1' })).toMatchObject([
			{ outcome: 'locked' },
			{ outcome: 'created' },
		]);
		expect(fake.costs[0].status).toBe('draft');
	});
});

/** What the marks ever written say happened: one write for each run of marks with the same content. */
function writesOf(fake: FakeProcore, originId: string): string[] {
	const kinds: Record<string, string> = { c: 'created', u: 'updated', a: 'adopted', v: 'voided' };
	let last: string | undefined;
	return (fake.written.get(originId) ?? []).flatMap((text) => {
		const { h, w } = readOriginData(text) ?? { h: '' };
		const again = h === last;
		last = h;
		return again ? [] : [kinds[w ?? '']];
	});
}

test('wherever batches are cut off, each write has exactly one event once a batch is recorded', async () => {
	const cents = fc.integer({ min: -90_000, max: 90_000 }).map((value) => toFixed(`${value}e-2`));
	const version = fc.record({
		amounts: fc.array(cents, { maxLength: 3 }),
		terms: fc.constantFrom('Net 10', 'Net 30'),
		voided: fc.boolean(),
	});
	const records = fc.record({
		byHand: fc.boolean(),
		versions: fc.tuple(version, version, version),
	});
	await fc.assert(
		fc.asyncProperty(
			fc.array(records, { minLength: 1, maxLength: 5 }),
			// The content of each batch, and after how many calls it is cut off.
			fc.array(fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 14 })), { maxLength: 3 }),
			fc.nat(2),
			fc.boolean(),
			async (wanted, cuts, last, hidden) => {
				const fake = company();
				if (hidden) fake.hide.add('line_items_count');
				wanted.forEach((one, index) => one.byHand && byHand(fake, String(index), '12.34'));
				const batch = (content: number) => () =>
					wanted.map(({ versions }, index) => {
						const { amounts, terms, voided } = versions[content];
						// What counts the other way under its number is another document: it gets a number of its own.
						const header = { terms, invoiceNumberSuffix: ` (${index})` };
						return directCost(String(index), amounts, { voided, header });
					});
				const unrecordedBatches: string[] = [];
				for (const [content, after] of cuts) {
					const options = {
						batchId: `B${unrecordedBatches.length}`,
						unrecordedBatches: [...unrecordedBatches],
					};
					await cutOff(fake, after, () => costs(batch(content))(fake, options));
					unrecordedBatches.push(options.batchId);
				}
				// As the node does: first what was cut off is looked for, then the batch is written.
				const found = await findUnrecordedWrites(clientOf(fake.transport), 'directCost', {
					unrecordedBatches,
					unrecordedPlaces: ['9001'],
				});
				const outcomes = await costs(batch(last))(fake, { batchId: 'recorded', unrecordedBatches });
				const order = [...unrecordedBatches, 'recorded'];
				for (const one of outcomes) {
					// A write is one batch's with one record, however often it is told.
					const told = new Map(
						found.writes
							.filter(({ originId }) => originId === one.originId)
							.map((write) => [write.recovered!.batchId, write.outcome]),
					);
					if (one.unrecorded) told.set(one.unrecorded.batchId, one.unrecorded.outcome);
					if (WRITTEN.includes(one.outcome))
						told.set(one.recovered?.batchId ?? 'recorded', one.outcome);
					const events = order.flatMap((id) => told.get(id) ?? []);
					expect(events).toEqual(writesOf(fake, one.originId as string));
				}
				const count = fake.writes.length;
				const again = await costs(batch(last))(fake, { batchId: 'next' });
				expect(again.some(({ outcome }) => WRITTEN.includes(outcome))).toBe(false);
				expect(fake.writes).toHaveLength(count);
			},
		),
		{ numRuns: 200 },
	);
});

test('the silence of a dead network is no fault of a record', async () => {
	const fake = company();
	fake.intercept = () => silence('ECONNREFUSED');
	await expect(costs(three)(fake, { batchId: 'B1' })).rejects.toMatchObject({ scope: 'transport' });
});
