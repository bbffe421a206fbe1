import type { DesiredDirectCost } from '../../../lib/model/desired';
import type { Outcome } from '../../../lib/model/outcome';
import { sentBefore } from '../../../lib/run/batch';
import type { ProcoreTransport } from '../../../lib/procore/transport';
import { BillingProcore, DIRECT_COSTS, REQUISITIONS } from '../../procore/support/billing-procore';
import { directCost } from '../../procore/support/desired';
import { reply } from '../../procore/support/fake-procore';

/** A document that bills an order, or no longer does, and counts in one place through all that may go wrong. */
let procore: BillingProcore;
beforeEach(() => (procore = new BillingProcore()));

type More = Parameters<typeof directCost>[2];
const document = (number: string, voucher: string, amounts: string[], more?: More) =>
	directCost(voucher, amounts, { commitment: { number, then: 'requisition' }, ...more });
const billing = (more?: More) => document('SC-1', '1', ['100.00'], more);
const plain = (more?: More) => document('gone', '1', ['100.00'], more);
const gone = { voided: true, lines: [], total: '0.00' };

describe('a subcontractor invoice that may not become a direct cost goes on counting as what it is', () => {
	const NO_WORKFLOW = { status: ['must be approved by a workflow'] };
	test.each<[string, string, () => void]>([
		['no vendor', 'vendor-missing', () => (procore.vendors[0].origin_id = null)],
		['no cost code', 'cost-code-missing', () => (procore.codes = [])],
		[
			'refused',
			'status-refused',
			() => {
				procore.refuse = (method, path, { updates = [] }) =>
					method === 'PATCH' && DIRECT_COSTS.test(path)
						? reply(200, {
								entities: [],
								errors: updates.map((row: object) => ({ ...row, errors: NO_WORKFLOW })),
							})
						: undefined;
			},
		],
	])('%s', async (_what, code, goesWrong) => {
		await procore.run(billing(), { batchId: 'B1' });
		goesWrong();
		const outcome = await procore.run(plain(), { batchId: 'B2' });
		expect(outcome).toMatchObject({ outcome: 'failed', reason: { code } });
		expect(outcome.reason!.message).toMatch(/goes on counting as the subcontractor invoice it was/);
		expect(outcome.also ?? []).toEqual([]);
		expect(procore.counted).toEqual(['100.00', '0.00']);
		const before = procore.writes.length;
		expect(await procore.run(plain(), { batchId: 'B3' })).toMatchObject({ reason: { code } });
		expect(procore.writes).toHaveLength(before);

		procore.refuse = undefined;
		procore.vendors[0].origin_id = 'GP:TWO:V:ACME';
		procore.codes = [{ id: 21, project_id: 9001, code: '5110', name: 'Materials' }];
		await procore.clock.sleep(24 * 3_600_000);
		expect(await procore.run(plain(), { batchId: 'B4' })).toMatchObject({ outcome: 'created' });
		expect(procore.counted).toEqual(['0.00', '100.00']);
	});

	test('the write of a batch that was cut off is told all the same', async () => {
		await procore.run(billing(), { batchId: 'B1' });
		procore.codes = [];
		expect(await procore.run(plain(), { batchId: 'B2', unrecordedBatches: ['B1'] })).toMatchObject({
			outcome: 'failed',
			unrecorded: { batchId: 'B1', outcome: 'created', procore: { type: 'requisition' } },
		});
	});

	test('is not put back where the answer about the direct cost was lost: that may stand', async () => {
		await procore.run(plain());
		await procore.run(billing());
		const transport: ProcoreTransport = async (request) => {
			const answer = await procore.transport(request);
			return DIRECT_COSTS.test(new URL(request.url).pathname) ? reply(502, '') : answer;
		};
		const options = { dryRun: false };
		const [outcome] = await procore.runAll([plain()], options, transport);
		expect(outcome.outcome).toBe('failed');
		expect(outcome.also!.map((one) => one.procore.type)).toContain('requisition');
		expect(procore.counted).toEqual(['0.00', '100.00']);
		expect(await procore.run(plain())).toMatchObject({ outcome: 'unchanged' });
	});

	test('what was taken of the direct cost before it was refused is told as out: an invoice is what stands', async () => {
		const off = (more?: More) => plain({ commitment: undefined, ...more });
		await procore.run(billing());
		const sentAs = {
			type: 'requisition',
			id: String(procore.requisitions[0].id),
			at: '1',
		} as const;
		procore.refuse = (_method, path, { updates = [] }) => {
			if (!/line_items\/sync$/.test(path)) return undefined;
			const errors = updates.map((row: object) => ({
				...row,
				errors: { wbs_code: ['is required'] },
			}));
			return reply(200, { entities: [], errors });
		};
		const outcome = await procore.run(off({ sentAs }));
		expect(outcome).toMatchObject({
			...{ outcome: 'failed', reason: { code: 'budget-code-needed' } },
			also: [{ outcome: 'voided', procore: { type: 'directCost' }, amount: '0.00' }],
		});
		expect(outcome.also).toHaveLength(1);
		const write = ({ outcome, procore }: Pick<Outcome, 'outcome' | 'procore'>, at: string) => ({
			...{ gp_key: '1', outcome, procore_type: procore!.type, procore_id: procore!.id },
			...{ procore_project_id: '9001', dry_run: false, at, touches: '' },
		});
		const events = [
			write({ outcome: 'created', procore: sentAs }, '1'),
			...outcome.also!.map((one) => write(one, '2')),
		];
		expect(sentBefore(events as never[])).toEqual({ 1: { 9001: sentAs } });

		procore.refuse = undefined;
		await procore.clock.sleep(24 * 3_600_000);
		await procore.run(off({ sentAs }));
		expect(procore.counted).toEqual(['0.00', '100.00']);
	});

	test('where it cannot be put back, its void is told', async () => {
		await procore.run(billing());
		procore.refuse = (method, path, { updates = [], requisition }) => {
			if (requisition?.status === 'approved') return reply(422, { errors: ['no'] });
			if (method !== 'PATCH' || !DIRECT_COSTS.test(path)) return undefined;
			const errors = updates.map((row: object) => ({ ...row, errors: NO_WORKFLOW }));
			return reply(200, { entities: [], errors });
		};
		expect(await procore.run(plain())).toMatchObject({
			outcome: 'failed',
			also: [{ outcome: 'voided' }],
		});
		expect(procore.counted).toEqual(['0.00', '0.00']);
	});
});

test('with voids deleted, a direct cost goes only once the document has arrived as an invoice', async () => {
	await procore.run(plain());
	procore.refuse = (method, path) =>
		method === 'POST' && REQUISITIONS.test(path) ? reply(422, { errors: ['no'] }) : undefined;
	const refused = await procore.run(billing(), { voidPolicy: 'delete' });
	expect(refused).toMatchObject({ outcome: 'failed' });
	expect(refused.also ?? []).toEqual([]);
	expect(procore.counted).toEqual(['0.00', '100.00']);
	procore.refuse = undefined;
	await procore.clock.sleep(24 * 3_600_000);
	expect(await procore.run(billing(), { voidPolicy: 'delete' })).toMatchObject({
		...{ outcome: 'created', also: [{ outcome: 'voided' }] },
	});
	expect(procore.costs).toEqual([]);
	expect(procore.counted).toEqual(['100.00', '0.00']);
});

describe('a document of which somebody put back in Procore what was taken out', () => {
	const sentAs = () =>
		({ type: 'requisition', id: String(procore.requisitions[0].id), at: '2026-09-30' }) as const;
	beforeEach(async () => {
		await procore.run(plain());
		await procore.run(billing());
		procore.costs[0].status = 'approved';
		expect(procore.counted).toEqual(['100.00', '100.00']);
	});

	test('counts once again, though GP changed nothing', async () => {
		const outcome = await procore.run(billing());
		expect(outcome.also).toMatchObject([{ outcome: 'voided', procore: { type: 'directCost' } }]);
		expect(procore.counted).toEqual(['100.00', '0.00']);
		expect(await procore.run(billing())).toMatchObject({ outcome: 'unchanged' });
	});

	test('also where only the day of payment is new', async () => {
		await procore.run(billing({ header: { payment_date: '2026-10-05' } }));
		expect(procore.counted).toEqual(['100.00', '0.00']);
	});

	test('also where Procore refuses the invoice: it goes on counting as such', async () => {
		procore.refuse = (_method, _path, { requisition }) =>
			requisition ? reply(422, { errors: ['no'] }) : undefined;
		const outcome = await procore.run(billing());
		expect(outcome).toMatchObject({ outcome: 'failed', also: [{ outcome: 'voided' }] });
		expect(procore.counted).toEqual(['100.00', '0.00']);
	});

	test.each([true, false])(
		'also where it bills no order any more (known as sent: %s)',
		async (known) => {
			await procore.run(plain(known ? { sentAs: sentAs() } : {}));
			expect(procore.counted).toEqual(['0.00', '100.00']);
		},
	);

	test.each([[{}], [{ withdrawn: true as const }]])(
		'is taken out both ways where it is void %j',
		async (more) => {
			const isVoid = billing({ ...gone, ...more, sentAs: sentAs() });
			const outcome = await procore.run(isVoid);
			expect(outcome).toMatchObject({ outcome: 'voided', procore: { type: 'directCost' } });
			expect(outcome.also).toMatchObject([{ outcome: 'voided', procore: { type: 'requisition' } }]);
			expect(procore.counted).toEqual(['0.00', '0.00']);
			expect(await procore.run(isVoid)).toMatchObject({ outcome: 'unchanged' });
		},
	);

	test('a void goes as a direct cost though the invoice cannot be changed, and waits for that', async () => {
		const isVoid = billing({ ...gone, sentAs: sentAs() });
		procore.refuse = (_method, _path, { requisition }) =>
			requisition ? reply(422, { errors: ['cannot be edited'] }) : undefined;
		const outcome = await procore.run(isVoid);
		expect(outcome).toMatchObject({ outcome: 'locked', procore: { type: 'requisition' } });
		expect(outcome.also).toMatchObject([{ outcome: 'voided', procore: { type: 'directCost' } }]);
		expect(procore.counted).toEqual(['100.00', '0.00']);
		procore.refuse = undefined;
		expect(await procore.run(isVoid)).toMatchObject({ outcome: 'voided' });
		expect(procore.counted).toEqual(['0.00', '0.00']);
	});
});

test.each([gone, { lines: [], total: '0.00' }])(
	'a document that counts as a direct cost goes on as such while invoices cannot be seen %j',
	async (more) => {
		await procore.run(plain());
		const refused = reply(403, { errors: ['You do not have sufficient access'] });
		procore.refuse = (_method, path) => (/requisitions$/.test(path) ? refused : undefined);
		expect(await procore.run(plain(more))).not.toMatchObject({ outcome: 'failed' });
		expect(procore.counted).toEqual(['0.00', '0.00']);
	},
);

test('a void is not told as never sent while the orders of its project cannot be seen', async () => {
	await procore.run(billing());
	const refused = reply(403, { errors: ['You do not have sufficient access'] });
	procore.refuse = (_method, path) => (/_contracts$/.test(path) ? refused : undefined);
	expect(await procore.run(billing(gone))).toMatchObject({ outcome: 'voided' });
	expect(procore.counted).toEqual(['0.00', '0.00']);
	procore.requisitions[0].status = 'approved';
	procore.refuse = (_method, path) =>
		/_contracts$|requisitions$/.test(path) ? refused : undefined;
	expect(await procore.run(billing(gone))).toMatchObject({
		...{ outcome: 'failed', reason: { code: 'commitments-unreadable' } },
	});
	expect(
		await procore.run(plain({ ...gone, commitment: undefined, withdrawn: true })),
	).toMatchObject({
		...{ outcome: 'skipped', reason: { code: 'void-never-sent' } },
	});
});

describe.each(['draft', 'delete'] as const)(
	'killed after any request (voids: %s)',
	(voidPolicy) => {
		const two = (number: string) => [
			document(number, '1', ['100.00']),
			document(number, '2', ['50.05']),
		];
		const other = (number: string) => [
			document(number, '1', ['60.10', '-0.09']),
			document(number, '2', ['9.00'], gone),
		];
		test.each<[string, DesiredDirectCost[], DesiredDirectCost[], string]>([
			['made', [], two('SC-1'), '150.05'],
			['changed, one void', two('SC-1'), other('SC-1'), '60.01'],
			['to invoices', two('gone'), two('SC-1'), '150.05'],
			['to invoices and changed', two('gone'), other('SC-1'), '60.01'],
			['to direct costs', two('SC-1'), two('gone'), '150.05'],
			['to direct costs and changed', two('SC-1'), other('gone'), '60.01'],
		])('%s', async (_what, before, after, total) => {
			let died = true;
			for (let requests = 1; died; requests++) {
				procore = new BillingProcore();
				await procore.runAll(before, { voidPolicy, batchId: 'B1' });
				procore.diesAfter = procore.requests.length + requests;
				const killed = procore.runAll(after, { voidPolicy, batchId: 'B2' });
				died = await killed.then(
					() => false,
					() => true,
				);
				procore.diesAfter = Infinity;
				await procore.runAll(after, { voidPolicy, batchId: 'B2', unrecordedBatches: ['B2'] });
				expect([...procore.counted].sort()).toEqual(['0.00', total]);
				const writes = procore.writes.length;
				await procore.runAll(after, { voidPolicy, batchId: 'B3' });
				expect(procore.writes).toHaveLength(writes);
			}
		});
	},
);
