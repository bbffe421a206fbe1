import type { DesiredDirectCost } from '../../../lib/model/desired';
import { syncDirectCosts } from '../../../lib/sync/kinds/sync-direct-costs';
import type { SyncOptions } from '../../../lib/sync/sync-run';
import { clientOf, directCost } from '../../procore/support/desired';
import { FakeProcore } from '../../procore/support/fake-procore';

let fake: FakeProcore;
beforeEach(() => {
	fake = new FakeProcore();
	for (const project_id of [9001, 9002])
		fake.codes.push({
			id: fake.id(),
			project_id,
			code: '5110',
			name: 'Materials',
			parent_id: null,
		});
	fake.vendors.push({ id: 7, name: 'ACME', is_active: true, origin_id: 'GP:TWO:V:ACME' });
});

const run = (desired: DesiredDirectCost[], options: Partial<SyncOptions> = {}) =>
	syncDirectCosts(clientOf(fake.transport), desired, { dryRun: false, ...options });
const invoice = (key: string, projectId = '9001', amount = '10') =>
	directCost(key, [amount], { projectId, header: { invoice_number: 'INV-7' } });
const gone = (key: string, projectId = '9001'): DesiredDirectCost => ({
	...directCost(key, [], { projectId, voided: true }),
	withdrawn: true,
});
const standing = () =>
	fake.costs.map(({ project_id, status, invoice_number }) => [project_id, status, invoice_number]);

test('a document the mapping takes out of a project is voided with a message that says so', async () => {
	await run([invoice('1')]);
	const [outcome] = await run([gone('1')]);
	expect(outcome).toMatchObject({
		outcome: 'voided',
		amount: '0.00',
		reason: { code: 'withdrawn', message: expect.stringContaining('taken out of this project') },
	});
	expect(outcome).not.toHaveProperty('record');
	expect(await run([gone('1')])).toMatchObject([{ outcome: 'unchanged', amount: '0.00' }]);
	expect(await run([gone('2')])).toMatchObject([
		{ outcome: 'skipped', reason: { message: expect.stringContaining('was never there') } },
	]);
});

test('a document that moves to another project leaves the first one its invoice number', async () => {
	await run([invoice('1')]);
	expect(await run([invoice('1', '9002'), gone('1')])).toMatchObject([
		{ outcome: 'created' },
		{ outcome: 'voided' },
	]);
	const [first] = fake.costs;
	expect(standing()).toEqual([
		[9001, 'draft', `INV-7 (void ${first.id})`],
		[9002, 'approved', 'INV-7'],
	]);
	// Another document of the vendor may now have the number, and the first one may come back.
	expect(await run([invoice('2')])).toMatchObject([{ outcome: 'created' }]);
	expect(fake.costs[2].invoice_number).toBe('INV-7');
});

test.each(['draft', 'delete'] as const)(
	'a document voided and issued again under its number in one batch needs no suffix (%s)',
	async (voidPolicy) => {
		await run([invoice('2')]);
		const batch = () => [invoice('1'), { ...invoice('2'), voided: true }];
		expect(await run(batch(), { voidPolicy, batchId: 'B1' })).toMatchObject([
			{ outcome: 'created', amount: '10.00' },
			{ outcome: 'voided', amount: '0.00' },
		]);
		expect(standing().filter(([, status]) => status === 'approved')).toEqual([
			[9001, 'approved', 'INV-7'],
		]);
		const writes = fake.writes.length;
		await run(batch(), { voidPolicy, batchId: 'B2' });
		expect(fake.writes).toHaveLength(writes);
	},
);

test('a number given up costs one more call only where somebody takes it in the same batch', async () => {
	const other = () => directCost('3', ['1']);
	await run([invoice('1'), invoice('2', '9002')]);
	const before = fake.writes.length;
	await run([other(), { ...invoice('1'), voided: true }]);
	expect(fake.writes.length - before).toBe(2);
});

test('a void taken back gets its number back, and keeps its record', async () => {
	await run([invoice('1')]);
	await run([{ ...invoice('1'), voided: true }]);
	expect(await run([invoice('1')])).toMatchObject([{ outcome: 'updated', amount: '10.00' }]);
	expect(standing()).toEqual([[9001, 'approved', 'INV-7']]);
});

test('a list that still shows it as taken out before it came back does not keep it in the budget', async () => {
	await run([invoice('1')]);
	await run([gone('1')]);
	const listed = structuredClone(fake.costs);
	await run([invoice('1')]);
	fake.intercept = ({ method }, path) =>
		method === 'GET' && /\/direct_costs$/.test(path)
			? { status: 200, headers: { total: '1' }, body: listed }
			: undefined;
	const sentAs = { id: String(fake.costs[0].id), at: new Date().toISOString() };
	expect(await run([{ ...gone('1'), sentAs }])).toMatchObject([
		{ outcome: 'voided', amount: '0.00' },
	]);
	expect(standing()).toEqual([[9001, 'draft', expect.stringContaining('INV-7 (void')]]);
});

test('a void Procore refuses leaves the number where it is: the next one takes its suffix', async () => {
	await run([invoice('2')]);
	fake.intercept = ({ body }) => {
		const rows = (body as { updates?: Array<Record<string, unknown>> })?.updates;
		return rows?.every(({ status }) => status === 'draft')
			? {
					status: 200,
					headers: {},
					body: {
						entities: [],
						errors: rows.map((row) => ({ ...row, errors: { base: ['is locked'] } })),
					},
				}
			: undefined;
	};
	const again = invoice('1');
	again.header.invoiceNumberSuffix = ' (1)';
	expect(await run([again, { ...invoice('2'), voided: true }])).toMatchObject([
		{ outcome: 'created' },
		{ outcome: 'locked' },
	]);
	expect(standing()).toEqual([
		[9001, 'approved', 'INV-7'],
		[9001, 'approved', 'INV-7 (1)'],
	]);
});

test.each([
	['a page of a proxy', { status: 200, headers: {}, body: '<html>Sign in</html>' }],
	['nothing, while the cost stands', { status: 200, headers: {}, body: '' }],
])('a delete that is answered by %s is not told as voided', async (_what, answer) => {
	await run([invoice('1')]);
	const client = clientOf(async (request) =>
		request.method === 'DELETE' ? answer : await fake.transport(request),
	);
	const options = { dryRun: false, voidPolicy: 'delete' as const };
	await expect(syncDirectCosts(client, [gone('1')], options)).rejects.toMatchObject({
		code: 'procore-unexpected-answer',
	});
	expect(standing()).toEqual([[9001, 'approved', 'INV-7']]);
	expect(await run([gone('1')], { voidPolicy: 'delete' })).toMatchObject([{ outcome: 'voided' }]);
});
