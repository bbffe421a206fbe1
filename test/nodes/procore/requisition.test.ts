import { byId, useBench } from './support';

const bench = useBench();

/** A subcontract of project 100 with its lines. */
function subcontract() {
	const { commitments, commitmentLines } = bench.procore.state;
	const projectId = Number(bench.project());
	const found = commitments
		.all()
		.find((one) => one.project_id === projectId && one.kind === 'work_order_contract')!;
	return { id: found.id, lines: commitmentLines.by('commitment', found.id), number: found.number };
}

const base = () => ({
	resource: 'requisition',
	project: byId(bench.project()),
	commitment: byId(subcontract().id),
});

const line = (amount: string, more = {}) => ({
	line: [{ lineItem: String(subcontract().lines[0].id), workCompletedThisPeriod: amount, ...more }],
});

const period = () =>
	byId(
		bench.procore.state.billingPeriods
			.all()
			.find((one) => String(one.project_id) === bench.project())!.id,
	);

test('a subcontractor invoice is created with exact amounts as text', async () => {
	const [made] = await bench.items({
		...base(),
		operation: 'create',
		lines: line('1250.10', { workCompletedRetainageRetainedThisPeriod: '125.01' }),
		additionalFields: {
			billingPeriod: period(),
			invoiceNumber: 'SUB-7',
			billingDate: '2026-09-30T00:00:00',
			originId: 'R-1',
		},
	});
	expect(bench.sent('POST').requisition).toEqual({
		period_id: Number(period().value),
		invoice_number: 'SUB-7',
		billing_date: '2026-09-30',
		origin_id: 'R-1',
		items: [
			{
				line_item_id: subcontract().lines[0].id,
				item_type: 'contract_item',
				work_completed_this_period: '1250.1',
				work_completed_retainage_retained_this_period: '125.01',
			},
		],
	});
	expect(made).toMatchObject({ invoice_number: 'SUB-7', total_claimed_amount: '1250.1' });
});

test('Create or Update makes it once and then changes it, lines by the commitment line they bill', async () => {
	const upsert = async (amount: string) =>
		(
			await bench.items({ ...base(), operation: 'upsert', originId: 'R-2', lines: line(amount) })
		)[0];
	const first = await upsert('100.00');
	const second = await upsert('90.00');
	expect(first.created).toBe(true);
	expect(second).toMatchObject({ created: false, id: first.id, total_claimed_amount: '90.0' });
});

test('Get and Update find it, and an update of a line leaves the header alone', async () => {
	const [made] = await bench.items({
		...base(),
		operation: 'create',
		lines: line('100.00'),
		additionalFields: { invoiceNumber: 'SUB-8' },
	});
	const one = { ...base(), requisition: byId(Number(made.id)) };
	const [changed] = await bench.items({ ...one, operation: 'update', lines: line('80.00') });
	expect(changed).toMatchObject({ invoice_number: 'SUB-8', total_claimed_amount: '80.0' });
	const [read] = await bench.items({ ...one, operation: 'get' });
	expect((read.items as object[])[0]).toMatchObject({ work_completed_this_period: '80' });
	await bench.items({ ...one, operation: 'update', updateFields: { status: 'under_review' } });
	expect((await bench.items({ ...one, operation: 'get' }))[0].status).toBe('under_review');
	expect(
		(await bench.pick('searchRequisitions', { project: byId(bench.project()) })).names[0],
	).toContain('SUB-8');
});

test('Get Many narrows down by commitment, period, status, origin id and time', async () => {
	await bench.items({
		...base(),
		operation: 'create',
		lines: line('100.00'),
		additionalFields: { originId: 'R-3', billingPeriod: period() },
	});
	const many = async (filters = {}, more = {}) =>
		await bench.items({ ...base(), operation: 'getAll', returnAll: true, filters, ...more });
	expect(await many({ originId: 'R-3' })).toHaveLength(1);
	expect(await many({ commitment: byId(subcontract().id) })).toHaveLength(1);
	expect(await many({ billingPeriod: period() })).toHaveLength(1);
	expect(await many({ status: 'approved' })).toEqual([]);
	expect(await many({ updatedSince: '2999-01-01' })).toEqual([]);
	expect((await many())[0]).not.toHaveProperty('items');
	expect((await many({}, { includeLines: true }))[0]).toHaveProperty('items');
});

test.each<[string, object, string]>([
	[
		'a line without commitment line',
		{ lines: { line: [{ workCompletedThisPeriod: '1' }] } },
		'commitment line',
	],
	['an amount that is none', { lines: () => line('ten') }, 'no amount'],
	['a date that is none', { additionalFields: { billingDate: '30/09/2026' } }, 'Billing Date'],
])('%s is refused before anything is sent', async (_what, change, said) => {
	const { lines, ...more } = change as { lines?: unknown };
	const { error } = await bench.run({
		...base(),
		operation: 'create',
		...(lines ? { lines: typeof lines === 'function' ? lines() : lines } : {}),
		...more,
	});
	expect(error?.message).toContain(said);
	expect(error?.description).toBeTruthy();
	expect(bench.calls()).toEqual([]);
});

test('commitments of both kinds are listed, found by number, and their lines read', async () => {
	const many = async (filters = {}, commitmentKind = 'both') =>
		await bench.items({
			resource: 'commitment',
			operation: 'getAll',
			project: byId(bench.project()),
			commitmentKind,
			returnAll: true,
			filters,
		});
	const all = await many();
	expect(all).toHaveLength(
		(await many({}, 'purchaseOrder')).length + (await many({}, 'subcontract')).length,
	);
	expect(await many({ number: subcontract().number })).toMatchObject([
		{ id: subcontract().id, kind: 'subcontract' },
	]);
	expect(await many({ search: 'nothing like it' })).toEqual([]);
	const [{ vendor }] = await many({ number: subcontract().number });
	const ofVendor = await many({ vendor: byId((vendor as { id: number }).id) });
	expect(ofVendor.map(({ id }) => id)).toContain(subcontract().id);
	const lines = await bench.items({
		resource: 'commitment',
		operation: 'getLines',
		project: byId(bench.project()),
		commitmentKind: 'subcontract',
		commitment: byId(subcontract().id),
	});
	expect(lines).toHaveLength(subcontract().lines.length);
});
