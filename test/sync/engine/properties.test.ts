import fc from 'fast-check';
import { add, toFixed } from '../../../lib/model/money';
import type { Outcome } from '../../../lib/model/outcome';
import type { DesiredCostCode, DesiredDirectCost, DesiredVendor } from '../../../lib/model/desired';
import { ConnectorError } from '../../../lib/model/connector-error';
import { syncCostCodes } from '../../../lib/sync/kinds/cost-code';
import { syncDirectCosts } from '../../../lib/sync/kinds/sync-direct-costs';
import { syncVendors } from '../../../lib/sync/kinds/vendor';
import { clientOf, costCode, directCost, vendor } from '../../procore/support/desired';
import { FakeProcore, silence } from '../../procore/support/fake-procore';

const live = { dryRun: false };
const RUNS = { numRuns: 150 };
const DONE = ['created', 'updated', 'unchanged', 'adopted', 'reactivated', 'voided'];

/** Rows another integration owns, as they stand. */
const foreignOf = (fake: FakeProcore) =>
	JSON.stringify(
		[...fake.vendors, ...fake.codes, ...fake.costs, ...fake.lines].filter(
			({ origin_id }) => origin_id && !String(origin_id).startsWith('GP:'),
		),
	);

const letters = fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H');
const names = fc.constantFrom(
	'Acme',
	'ACME Inc.',
	'Best Steel',
	'Best Steel LLC',
	'Core Drilling',
	'Delta',
);
const owner = fc.constantFrom(null, null, 'SAGE', 'ours');

/** Runs to the end although Procore falls silent after some requests, again and again. */
async function stubbornly(
	fake: FakeProcore,
	kills: number[],
	sync: () => Promise<Outcome[]>,
): Promise<Outcome[]> {
	for (const after of kills) {
		let left = after;
		fake.intercept = () => (left-- > 0 ? undefined : silence('ECONNREFUSED'));
		try {
			await sync();
		} catch (error) {
			if (!(error instanceof ConnectorError) || error.scope !== 'transport') throw error;
		}
		fake.intercept = undefined;
	}
	return sync();
}

describe('vendors', () => {
	const actual = fc.array(
		fc.record({
			key: letters,
			name: names,
			owner,
			code: fc.boolean(),
			active: fc.boolean(),
			city: fc.constantFrom('Fargo', 'Moorhead'),
		}),
		{ maxLength: 10 },
	);
	const desired = fc.uniqueArray(
		fc.record({
			key: letters,
			name: names,
			active: fc.boolean(),
			city: fc.constantFrom('Fargo', 'Duluth', undefined),
		}),
		{ selector: ({ key }) => key, maxLength: 8 },
	);

	test('plan and apply reach the desired state, again writes nothing, foreign records stay', async () => {
		await fc.assert(
			fc.asyncProperty(
				actual,
				desired,
				fc.array(fc.nat(8), { maxLength: 2 }),
				fc.nat(2),
				async (standing, wanted, kills, lost) => {
					const fake = new FakeProcore();
					const used = new Set<string>();
					for (const one of standing) {
						const originId =
							one.owner === 'ours'
								? `GP:TWO:V:${one.key}`
								: one.owner === 'SAGE'
									? `SAGE-${one.key}`
									: undefined;
						if (originId && used.has(originId)) continue;
						if (originId) used.add(originId);
						fake.vendors.push({
							id: fake.id(),
							name: one.name,
							city: one.city,
							is_active: one.active,
							...(one.code ? { origin_code: one.key } : {}),
							...(originId ? { origin_id: originId } : {}),
							...(one.owner === 'ours' ? { origin_data: '{"src":"gp","h":"old"}' } : {}),
						});
					}
					const records: DesiredVendor[] = wanted.map(({ key, name, active, city }) =>
						vendor(key, { name, is_active: active, ...(city ? { city } : {}) }),
					);
					const foreign = foreignOf(fake);
					fake.loseAnswers = lost;
					const outcomes = await stubbornly(fake, kills, () =>
						syncVendors(clientOf(fake.transport, { batchSize: 3 }), records, live),
					);

					expect(outcomes.map(({ originId }) => originId)).toEqual(
						records.map(({ originId }) => originId),
					);
					for (const [index, { outcome, procore }] of outcomes.entries()) {
						const row = fake.vendors.filter(
							({ origin_id }) => origin_id === records[index].originId,
						);
						if (DONE.includes(outcome)) {
							expect(row).toHaveLength(1);
							expect(row[0]).toMatchObject({ ...records[index].vendor, id: Number(procore?.id) });
						} else expect(outcome).toBe('conflict');
					}
					expect(foreignOf(fake)).toBe(foreign);

					const writes = fake.writes.length;
					const again = await syncVendors(clientOf(fake.transport), records, live);
					expect(fake.writes).toHaveLength(writes);
					expect(again.map(({ outcome }) => outcome)).toEqual(
						outcomes.map(({ outcome }) => (DONE.includes(outcome) ? 'unchanged' : outcome)),
					);
				},
			),
			RUNS,
		);
	});

	test('a dry run foretells every outcome', async () => {
		await fc.assert(
			fc.asyncProperty(actual, desired, async (standing, wanted) => {
				const fake = new FakeProcore();
				for (const one of standing)
					fake.vendors.push({
						id: fake.id(),
						name: one.name,
						is_active: one.active,
						...(one.code ? { origin_code: one.key } : {}),
					});
				const records = wanted.map(({ key, name, active }) =>
					vendor(key, { name, is_active: active }),
				);
				const planned = await syncVendors(clientOf(fake.transport), records, { dryRun: true });
				expect(fake.writes).toHaveLength(0);
				const real = await syncVendors(clientOf(fake.transport), records, live);
				expect(planned.map(({ outcome, changes }) => ({ outcome, changes }))).toEqual(
					real.map(({ outcome, changes }) => ({ outcome, changes })),
				);
			}),
			RUNS,
		);
	});
});

describe('cost codes', () => {
	const segment = fc.constantFrom('100', '200', '300');
	const division = fc.constantFrom(undefined, '03', '05');
	const actual = fc.uniqueArray(fc.record({ code: segment, division, owner, name: names }), {
		selector: ({ code, division: above }) => `${above} ${code}`,
		maxLength: 6,
	});
	const desired = fc.uniqueArray(
		fc.record({ code: segment, division, name: names, project: fc.constantFrom('9001', '9002') }),
		{
			selector: ({ code, division: above, project }) => `${project} ${above} ${code}`,
			maxLength: 10,
		},
	);

	test('plan and apply reach the desired state, again writes nothing, foreign records stay', async () => {
		await fc.assert(
			fc.asyncProperty(
				actual,
				desired,
				fc.array(fc.nat(6), { maxLength: 2 }),
				async (standing, wanted, kills) => {
					const fake = new FakeProcore();
					const divisions = new Map<string, number>();
					for (const one of standing) {
						let parent_id: number | null = null;
						if (one.division) {
							parent_id = divisions.get(one.division) ?? fake.id();
							if (!divisions.has(one.division))
								fake.codes.push({
									id: parent_id,
									project_id: 9001,
									code: one.division,
									name: 'Division',
									parent_id: null,
								});
							divisions.set(one.division, parent_id);
						}
						fake.codes.push({
							id: fake.id(),
							project_id: 9001,
							code: one.code,
							name: one.name,
							parent_id,
							...(one.owner === 'SAGE' ? { origin_id: `SAGE-${one.division}-${one.code}` } : {}),
						});
					}
					const records: DesiredCostCode[] = wanted.map(
						({ code, division: above, name, project }) =>
							costCode(code, {
								name,
								projectId: project,
								...(above
									? {
											parent: {
												code: above,
												name: `Division ${above}`,
												originId: `GP:TWO:D:${above}:P:${project}`,
											},
										}
									: {}),
							}),
					);
					const foreign = foreignOf(fake);
					const outcomes = await stubbornly(fake, kills, () =>
						syncCostCodes(clientOf(fake.transport, { batchSize: 3 }), records, live),
					);

					expect(outcomes.map(({ originId }) => originId)).toEqual(
						records.map(({ originId }) => originId),
					);
					for (const [index, { outcome, procore }] of outcomes.entries()) {
						const record = records[index];
						const row = fake.codes.filter(({ origin_id }) => origin_id === record.originId);
						if (!DONE.includes(outcome)) {
							expect(outcome).toBe('conflict');
							continue;
						}
						expect(row).toHaveLength(1);
						expect(row[0]).toMatchObject({
							id: Number(procore?.id),
							code: record.code,
							name: record.name,
							project_id: Number(record.projectId),
						});
						expect(fake.codes.find(({ id }) => id === row[0].parent_id)?.code).toBe(
							record.parent?.code,
						);
					}
					const places = fake.codes.map(
						({ project_id, parent_id, code }) => `${project_id} ${parent_id ?? null} ${code}`,
					);
					expect(new Set(places).size).toBe(places.length);
					expect(foreignOf(fake)).toBe(foreign);

					const writes = fake.writes.length;
					await syncCostCodes(clientOf(fake.transport), records, live);
					expect(fake.writes).toHaveLength(writes);
				},
			),
			RUNS,
		);
	});
});

describe('direct costs', () => {
	const cents = fc.integer({ min: -500000, max: 500000 }).map((value) => toFixed(`${value}e-2`));
	const state = fc.record({
		key: letters,
		number: fc.constantFrom('INV-1', 'INV-2', 'INV-3'),
		amounts: fc.array(cents, { maxLength: 4 }),
		code: fc.constantFrom('5110', '03-300'),
		vendor: fc.constantFrom('GP:TWO:V:ACME', 'GP:TWO:V:BEST'),
		project: fc.constantFrom('9001', '9002'),
		status: fc.constantFrom('approved' as const, 'pending' as const),
		voided: fc.boolean(),
	});
	const batch = fc.uniqueArray(state, {
		selector: ({ key, project }) => `${key} ${project}`,
		maxLength: 9,
	});
	const manual = fc.uniqueArray(
		fc.record({
			number: fc.constantFrom('INV-1', 'INV-2'),
			vendor: fc.constantFrom(7, 8),
			amounts: fc.array(cents, { maxLength: 3 }),
			owner: fc.constantFrom(null, 'SAGE'),
		}),
		{ selector: ({ number, vendor: id }) => `${number} ${id}`, maxLength: 4 },
	);

	function company(
		entered: Array<{ number: string; vendor: number; amounts: string[]; owner: string | null }>,
	): FakeProcore {
		const fake = new FakeProcore();
		fake.vendors.push(
			{ id: 7, name: 'ACME', is_active: true, origin_id: 'GP:TWO:V:ACME' },
			{ id: 8, name: 'BEST', is_active: true, origin_id: 'GP:TWO:V:BEST' },
		);
		for (const project_id of [9001, 9002]) {
			const division = { id: fake.id(), project_id, code: '03', name: 'Concrete', parent_id: null };
			fake.codes.push(
				division,
				{ id: fake.id(), project_id, code: '300', name: 'Cast in place', parent_id: division.id },
				{ id: fake.id(), project_id, code: '5110', name: 'Materials', parent_id: null },
			);
		}
		for (const one of entered) {
			const cost = {
				id: fake.id(),
				project_id: 9001,
				direct_cost_type: 'invoice',
				vendor_id: one.vendor,
				invoice_number: one.number,
				// One of theirs that counts is a conflict of its own.
				status: one.owner ? 'draft' : 'approved',
				...(one.owner ? { origin_id: `SAGE-${one.vendor}-${one.number}` } : {}),
			};
			fake.costs.push(cost);
			one.amounts.forEach((amount, index) =>
				fake.lines.push({
					id: fake.id(),
					project_id: 9001,
					direct_cost_id: cost.id,
					cost_code_id: fake.codes[2].id,
					line_item_type_id: 502,
					amount,
					...(one.owner ? { origin_id: `SAGE-L${cost.id}-${index}` } : {}),
				}),
			);
		}
		return fake;
	}

	const desiredOf = ({
		key,
		number,
		amounts,
		code,
		vendor: vendorOriginId,
		project,
		status,
		voided,
	}: typeof state extends fc.Arbitrary<infer T> ? T : never): DesiredDirectCost =>
		directCost(key, amounts, {
			projectId: project,
			costCode: code,
			vendorOriginId,
			voided,
			header: { invoice_number: number, invoiceNumberSuffix: `-${key}`, status },
		});

	test('whatever changes from run to run and wherever it is killed, the desired state is reached, nothing is doubled', async () => {
		await fc.assert(
			fc.asyncProperty(
				manual,
				fc.array(fc.tuple(batch, fc.array(fc.nat(14), { maxLength: 2 }), fc.nat(2)), {
					minLength: 1,
					maxLength: 3,
				}),
				fc.boolean(),
				async (entered, runs, hidden) => {
					const fake = company(entered);
					if (hidden) fake.hide.add('line_items_count');
					const foreign = foreignOf(fake);
					for (const [states, kills, lost] of runs) {
						const records = states.map(desiredOf);
						fake.loseAnswers = lost;
						const outcomes = await stubbornly(fake, kills, () =>
							syncDirectCosts(clientOf(fake.transport, { batchSize: 5 }), records, live),
						);
						fake.loseAnswers = 0;

						expect(outcomes.map(({ originId }) => originId)).toEqual(
							records.map(({ originId }) => originId),
						);
						for (const [index, { outcome, amount, reason }] of outcomes.entries()) {
							const record = records[index];
							const rows = fake.costs.filter(({ origin_id }) => origin_id === record.originId);
							if (record.voided) {
								if (outcome === 'skipped') expect(rows).toHaveLength(0);
								else expect(rows).toMatchObject([{ status: 'draft' }]);
								continue;
							}
							expect([outcome, reason]).toEqual([
								expect.stringMatching(/^(created|updated|unchanged|adopted)$/),
								undefined,
							]);
							expect(amount).toBe(record.total);
							expect(rows).toHaveLength(1);
							expect(rows[0]).toMatchObject({
								status: record.header.status,
								vendor_id: record.vendorOriginId?.endsWith('ACME') ? 7 : 8,
								project_id: Number(record.projectId),
							});
							const lines = fake.lines.filter(
								({ direct_cost_id }) => direct_cost_id === rows[0].id,
							);
							expect(toFixed(add('0', ...lines.map((line) => String(line.amount))))).toBe(
								record.total,
							);
							for (const line of record.lines) {
								expect(
									lines
										.filter(({ origin_id }) => origin_id === line.originId)
										.map((one) => toFixed(String(one.amount))),
								).toEqual([line.amount]);
							}
						}
						const writes = fake.writes.length;
						const again = await syncDirectCosts(clientOf(fake.transport), records, live);
						expect(again.map(({ outcome }) => outcome)).toEqual(
							outcomes.map(({ outcome }) => (outcome === 'skipped' ? outcome : 'unchanged')),
						);
						expect(fake.writes).toHaveLength(writes);
					}
					expect(foreignOf(fake)).toBe(foreign);
					const numbers = fake.costs.map(
						({ project_id, vendor_id, invoice_number }) =>
							`${project_id} ${vendor_id} ${invoice_number}`,
					);
					expect(new Set(numbers).size).toBe(numbers.length);
				},
			),
			RUNS,
		);
	}, 60_000);
});
