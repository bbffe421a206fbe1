import { BillingProcore, REQUISITIONS } from '../../procore/support/billing-procore';
import { directCost } from '../../procore/support/desired';
import { reply } from '../../procore/support/fake-procore';

/** A batch was cut off after it made a subcontractor invoice, so that no event tells of it. */
let procore: BillingProcore;
beforeEach(() => (procore = new BillingProcore()));

type More = Parameters<typeof directCost>[2];
const billing = (more?: More) =>
	directCost('1', ['100.00'], { commitment: { number: 'SC-1', then: 'requisition' }, ...more });
const plain = (more?: More) => directCost('1', ['100.00'], more);
const gone = { voided: true, lines: [], total: '0.00' };

const CUT_OFF = { batchId: 'B2', unrecordedBatches: ['B1'] };
const asksForInvoices = () => procore.requests.filter(({ path }) => REQUISITIONS.test(path));

test('its document names no order any more: the invoice is taken out, and counts as a direct cost alone', async () => {
	await procore.run(billing(), { batchId: 'B1' });
	expect(await procore.run(plain(), CUT_OFF)).toMatchObject({
		outcome: 'created',
		unrecorded: { batchId: 'B1', outcome: 'created', procore: { type: 'requisition' } },
		also: [{ outcome: 'voided', procore: { type: 'requisition' } }],
	});
	expect(procore.counted).toEqual(['0.00', '100.00']);
	expect(await procore.run(plain(), { batchId: 'B3' })).toMatchObject({ outcome: 'unchanged' });
});

test('its document is void and names no order: the invoice is taken out', async () => {
	await procore.run(billing(), { batchId: 'B1' });
	expect(await procore.run(plain(gone), CUT_OFF)).toMatchObject({ outcome: 'voided' });
	expect(procore.counted).toEqual(['0.00', '0.00']);
});

test('it is looked for only where such a batch wrote, and never in a run after none', async () => {
	await procore.run(plain());
	await procore.run(plain(), { batchId: 'B2' });
	await procore.run(plain(), { ...CUT_OFF, unrecordedPlaces: ['9002'] });
	expect(asksForInvoices()).toEqual([]);
	await procore.run(plain(), { ...CUT_OFF, unrecordedPlaces: ['9001'] });
	expect(asksForInvoices()).toHaveLength(1);
});

test('a project without subcontractor invoices takes direct costs all the same', async () => {
	procore.refuse = (_method, path) =>
		REQUISITIONS.test(path) ? { status: 403, headers: {}, body: '{}' } : undefined;
	expect(await procore.run(plain(), CUT_OFF)).toMatchObject({ outcome: 'created' });
});

test('a list that shows an invoice as it was before it was sent again is not believed', async () => {
	await procore.run(billing(), { batchId: 'B1' });
	await procore.run(billing(gone), { batchId: 'B2' });
	const late = structuredClone(procore.requisitions);
	await procore.run(billing(), { batchId: 'B3' });
	const [{ id }] = procore.requisitions;
	const transport: typeof procore.transport = async (request) => {
		const current = procore.requisitions;
		const isList = request.method === 'GET' && REQUISITIONS.test(new URL(request.url).pathname);
		if (isList) procore.requisitions = late;
		const answer = await procore.transport(request);
		if (isList) procore.requisitions = current;
		return answer;
	};
	const sentAs = { type: 'requisition', id: String(id), at: '2026-09-16T00:00:00.000Z' } as const;
	await procore.runAll([plain({ sentAs })], { batchId: 'B4' }, transport);
	expect(procore.counted).toEqual(['0.00', '100.00']);
});

test('a direct cost that no list shows yet goes with its document, though an invoice taken out stands beside', async () => {
	await procore.run(billing(), { batchId: 'B1' });
	await procore.run(plain(gone), { batchId: 'B2', unrecordedBatches: ['B1'] });
	await procore.run(plain(), { batchId: 'B3' });
	const [{ id }] = procore.costs;
	const late = (shown: boolean) => {
		procore.refuse = (method, path) =>
			method === 'GET' &&
			(/direct_costs$/.test(path) || (!shown && /direct_costs\/\d+$/.test(path)))
				? reply(/direct_costs$/.test(path) ? 200 : 404, [])
				: undefined;
	};
	const at = new Date(procore.clock.now() - 3_600_000).toISOString();
	const sentAs = { id: String(id), at };
	const left = plain({ ...gone, withdrawn: true, sentAs });
	late(false);
	expect(await procore.run(left, { batchId: 'B4' })).toMatchObject({
		outcome: 'parked',
		reason: { code: 'not-listed-yet' },
	});
	expect(procore.counted).toEqual(['0.00', '100.00']);
	late(true);
	expect(await procore.run(left, { batchId: 'B5' })).toMatchObject({ outcome: 'voided' });
	expect(procore.counted).toEqual(['0.00', '0.00']);
});

test('a list that shows a direct cost as it was before its document became an invoice is not believed', async () => {
	await procore.run(plain(), { batchId: 'B1' });
	const late = structuredClone(procore.costs);
	await procore.run(billing(), { batchId: 'B2' });
	expect(procore.counted).toEqual(['100.00', '0.00']);
	const [{ id }] = procore.requisitions;
	const transport: typeof procore.transport = async (request) => {
		const current = procore.costs;
		const isList = request.method === 'GET' && /direct_costs$/.test(new URL(request.url).pathname);
		if (isList) procore.costs = late;
		const answer = await procore.transport(request);
		if (isList) procore.costs = current;
		return answer;
	};
	const sentAs = { type: 'requisition', id: String(id), at: '2026-09-16T00:00:00.000Z' } as const;
	const [outcome] = await procore.runAll([plain({ sentAs })], { batchId: 'B3' }, transport);
	expect(outcome).toMatchObject({ outcome: 'updated' });
	expect(procore.counted).toEqual(['0.00', '100.00']);
	const byId = procore.requests.filter(
		({ method, path }) => method === 'GET' && /direct_costs\/\d+$/.test(path),
	);
	expect(byId).toHaveLength(1);
});
