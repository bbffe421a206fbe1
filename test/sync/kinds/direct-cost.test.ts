import { ProjectDirectCosts, syncDirectCosts } from '../../../lib/sync/kinds/sync-direct-costs';
import { runCacheFor } from '../../../lib/sync/sync-run';
import { syncVendors } from '../../../lib/sync/kinds/vendor';
import type { DesiredDirectCost } from '../../../lib/model/desired';
import { clientOf, directCost, source, vendor, PROJECT } from '../../procore/support/desired';
import { FakeProcore, reply, silence } from '../../procore/support/fake-procore';

const live = { dryRun: false };
let fake: FakeProcore;
beforeEach(() => {
	fake = new FakeProcore();
	for (const project_id of [9001, 9002]) {
		const division = { id: fake.id(), project_id, code: '03', name: 'Concrete', parent_id: null };
		fake.codes.push(division, {
			id: fake.id(),
			project_id,
			code: '300',
			name: 'Cast in place',
			parent_id: division.id,
		});
		fake.codes.push({
			id: fake.id(),
			project_id,
			code: '5110',
			name: 'Materials',
			parent_id: null,
		});
	}
	fake.vendors.push({ id: 7, name: 'ACME', is_active: true, origin_id: 'GP:TWO:V:ACME' });
});

const run = (desired: DesiredDirectCost[], more = {}) =>
	syncDirectCosts(clientOf(fake.transport), desired, { ...live, ...more });
const kinds = (outcomes: Array<{ outcome: string }>) => outcomes.map(({ outcome }) => outcome);
const costOf = (number: string) =>
	fake.costs.find(({ origin_id }) => origin_id?.includes(`:${number}:`));
const totalOf = (number: string) => fake.showCost(costOf(number) as object).grand_total;
const calls = () =>
	fake.requests.map(
		({ method, path }) => `${method} ${path.replace(/.*\/(projects\/\d+|v1\.0)\//, '')}`,
	);
const many = (count: number, projectId = PROJECT) =>
	Array.from({ length: count }, (_, index) =>
		directCost(`D${index}`, ['100.10', '-0.05'], { projectId }),
	);

/** What somebody entered by hand. */
function stand(number: string, amounts: string[], more: Record<string, unknown> = {}) {
	const cost = {
		id: fake.id(),
		project_id: 9001,
		direct_cost_type: 'invoice',
		vendor_id: 7,
		invoice_number: `INV-${number}`,
		status: 'approved',
		...more,
	};
	fake.costs.push(cost);
	for (const amount of amounts)
		fake.lines.push({
			id: fake.id(),
			project_id: 9001,
			direct_cost_id: cost.id,
			cost_code_id: fake.codes[2].id,
			line_item_type_id: 502,
			amount,
		});
	return cost;
}

test('what is known of those that were written can be packed as JSON', async () => {
	const client = clientOf(fake.transport);
	await syncDirectCosts(client, many(30), { ...live, cacheKey: 'packed' });
	const known = ProjectDirectCosts.of(runCacheFor(client, 'packed'), PROJECT, client.effects.now());
	const costs = [...known.all()];
	expect(costs).toHaveLength(30);
	expect(JSON.parse(JSON.stringify(costs))).toStrictEqual(costs);
});

describe('creating', () => {
	test('many invoices with their lines: the header call, the line call and the reading', async () => {
		const outcomes = await run(many(40));
		expect(new Set(kinds(outcomes))).toEqual(new Set(['created']));
		expect(outcomes[0]).toMatchObject({
			amount: '100.05',
			procore: { type: 'directCost', projectId: PROJECT, id: String(costOf('D0')?.id) },
		});
		expect(totalOf('D39')).toBe('100.05');
		expect(fake.writes).toHaveLength(2);
		expect(fake.requests).toHaveLength(6);
	});

	test('amounts go out as exact JSON numbers', async () => {
		await run([directCost('1', ['1234567890.12', '0.10', '-999999.99'])]);
		expect(JSON.stringify(fake.writes[1].body)).toMatch(
			/"amount":1234567890\.12[,}].*"amount":0\.1[,}].*"amount":-999999\.99[,}]/,
		);
	});

	test('a full code and an own number both find their cost code', async () => {
		expect(
			kinds(
				await run([
					directCost('1', ['1'], { costCode: '03-300' }),
					directCost('2', ['1'], { costCode: '300' }),
				]),
			),
		).toEqual(['created', 'created']);
		expect(fake.lines[0].cost_code_id).toBe(fake.lines[1].cost_code_id);
	});

	test('is not read for vendors that this run has made', async () => {
		const client = clientOf(fake.transport);
		const options = { ...live, cacheKey: 'first load' };
		await syncVendors(
			client,
			Array.from({ length: 6 }, (_, index) => vendor(`N${index}`)),
			options,
		);
		fake.requests = [];
		const desired = Array.from({ length: 6 }, (_, index) =>
			directCost(`D${index}`, ['5'], { vendorOriginId: `GP:TWO:V:N${index}` }),
		);
		expect(new Set(kinds(await syncDirectCosts(client, desired, options)))).toEqual(
			new Set(['created']),
		);
		expect(calls()).toEqual([
			'GET line_item_types',
			'GET cost_codes',
			'PATCH direct_costs/sync',
			'PATCH direct_costs/line_items/sync',
		]);
	});
});

test('one without lines is a header and nothing else', async () => {
	expect(kinds(await run([directCost('1', [])]))).toEqual(['created']);
	expect(calls().filter((call) => call.includes('line_items'))).toEqual([]);
	expect(kinds(await run([directCost('1', [])]))).toEqual(['unchanged']);
});

test('a second run writes nothing, and one record costs one call', async () => {
	await run(many(8));
	fake.requests = [];
	const outcomes = await run(many(8));
	expect(new Set(kinds(outcomes))).toEqual(new Set(['unchanged']));
	expect(outcomes[0].amount).toBe('100.05');
	expect(fake.requests).toHaveLength(1);
	await run([many(8)[3]]);
	expect(fake.requests).toHaveLength(2);
});

test('lists that leave out the line count are enough to know that nothing changed', async () => {
	fake.hide.add('line_items_count');
	await run(many(8));
	const writes = fake.writes.length;
	expect(new Set(kinds(await run(many(8))))).toEqual(new Set(['unchanged']));
	expect(fake.writes).toHaveLength(writes);
});

describe('changing', () => {
	test('an amount: lines first, then the header that carries the hash', async () => {
		await run([directCost('1', ['10', '20']), directCost('2', ['5'])]);
		fake.requests = [];
		const outcomes = await run([directCost('1', ['10', '25'])]);
		expect(outcomes).toMatchObject([
			{
				outcome: 'updated',
				amount: '35.00',
				changes: [{ field: 'total', before: '30.00', after: '35.00' }],
			},
		]);
		expect(fake.writes.map(({ path }) => path.split('/').slice(-2).join('/'))).toEqual([
			'line_items/sync',
			'direct_costs/sync',
		]);
		expect(totalOf('1')).toBe('35.0');
	});

	test('the description of a header sends no lines', async () => {
		await run([directCost('1', ['10'])]);
		fake.requests = [];
		expect(kinds(await run([directCost('1', ['10'], { header: { description: 'New' } })]))).toEqual(
			['updated'],
		);
		expect(fake.writes).toHaveLength(1);
	});

	test('a move to another code with the same total, killed before the header, is finished by the next run', async () => {
		await run([directCost('1', ['10'])]);
		fake.intercept = (request, path) =>
			request.method !== 'GET' && path.endsWith('direct_costs/sync')
				? silence('ECONNREFUSED')
				: undefined;
		await expect(run([directCost('1', ['10'], { costCode: '03-300' })])).rejects.toMatchObject({
			scope: 'transport',
		});
		fake.intercept = undefined;
		expect(kinds(await run([directCost('1', ['10'], { costCode: '03-300' })]))).toEqual([
			'updated',
		]);
		expect(fake.lines).toMatchObject([{ cost_code_id: fake.codes[1].id }]);
		expect(kinds(await run([directCost('1', ['10'], { costCode: '03-300' })]))).toEqual([
			'unchanged',
		]);
	});

	test('a removed line goes away, a line added by hand too, and the total is right', async () => {
		await run([directCost('1', ['10', '20', '30'])]);
		fake.lines.push({
			id: fake.id(),
			project_id: 9001,
			direct_cost_id: costOf('1')?.id,
			cost_code_id: fake.codes[2].id,
			line_item_type_id: 502,
			amount: '7',
		});
		expect(await run([directCost('1', ['10', '20'])])).toMatchObject([
			{ outcome: 'updated', amount: '30.00' },
		]);
		expect(totalOf('1')).toBe('30.0');
		expect(fake.lines).toHaveLength(2);
	});

	test('many removed lines are set to zero in the one line call', async () => {
		const before = Array.from({ length: 12 }, (_, index) => directCost(`M${index}`, ['1', '2']));
		await run(before);
		fake.requests = [];
		const after = Array.from({ length: 12 }, (_, index) => directCost(`M${index}`, ['1']));
		expect(new Set(kinds(await run(after)))).toEqual(new Set(['updated']));
		expect(fake.writes.map(({ method }) => method)).toEqual(['PATCH', 'PATCH']);
		expect(totalOf('M7')).toBe('1.0');
		const writes = fake.writes.length;
		expect(new Set(kinds(await run(after)))).toEqual(new Set(['unchanged']));
		expect(fake.writes).toHaveLength(writes);
	});

	test('of the type is impossible in Procore and told so', async () => {
		await run([directCost('1', ['10'])]);
		expect(
			await run([directCost('1', ['10'], { header: { direct_cost_type: 'expense' } })]),
		).toMatchObject([{ outcome: 'conflict', reason: { code: 'type-fixed' } }]);
	});

	test('never by an older state of GP', async () => {
		const at = (modified: string, amount: string) =>
			directCost('1', [amount], { source: source('payable', '1;1', { modified }) });
		await run([at('2026-09-30T10:00:00.000Z', '10')]);
		expect(kinds(await run([at('2026-09-30T09:00:00.000Z', '9')]))).toEqual(['unchanged']);
		expect(totalOf('1')).toBe('10.0');
	});
});

describe('killed half-way', () => {
	test('a header without its lines is completed by the next run', async () => {
		fake.intercept = (request, path) =>
			request.method !== 'GET' && path.endsWith('line_items/sync')
				? silence('ECONNREFUSED')
				: undefined;
		await expect(run(many(3))).rejects.toMatchObject({ code: 'procore-unreachable' });
		expect(fake.costs).toHaveLength(3);
		fake.intercept = undefined;
		expect(new Set(kinds(await run(many(3))))).toEqual(new Set(['updated']));
		expect(fake.costs).toHaveLength(3);
		expect(totalOf('D1')).toBe('100.05');
		expect(new Set(kinds(await run(many(3))))).toEqual(new Set(['unchanged']));
	});

	test('also when its lines cancel out and lists tell no count', async () => {
		fake.hide.add('line_items_count');
		const nothing = directCost('1', ['100', '-100']);
		fake.intercept = (request, path) =>
			request.method !== 'GET' && path.endsWith('line_items/sync')
				? silence('ECONNREFUSED')
				: undefined;
		await expect(run([nothing])).rejects.toThrow();
		fake.intercept = undefined;
		expect(kinds(await run([nothing]))).toEqual(['updated']);
		expect(fake.lines).toHaveLength(2);
		const writes = fake.writes.length;
		expect(kinds(await run([nothing]))).toEqual(['unchanged']);
		expect(fake.writes).toHaveLength(writes);
	});

	test('an answer lost after the write took effect doubles nothing', async () => {
		fake.loseAnswers = 1;
		expect(new Set(kinds(await run(many(6))))).toEqual(new Set(['created']));
		expect(fake.costs).toHaveLength(6);
		expect(fake.lines).toHaveLength(12);
	});
});

describe('entered by hand before', () => {
	test('is adopted by vendor and invoice number, lines where they agree', async () => {
		const standing = stand('1', ['10', '99']);
		expect(await run([directCost('1', ['10', '20']), ...many(7)])).toMatchObject([
			{ outcome: 'adopted', amount: '30.00', procore: { id: String(standing.id) } },
			...many(7).map(() => ({ outcome: 'created' })),
		]);
		expect(totalOf('1')).toBe('30.0');
		expect(fake.lines.filter(({ direct_cost_id }) => direct_cost_id === standing.id)).toHaveLength(
			2,
		);
		const writes = fake.writes.length;
		expect(kinds(await run([directCost('1', ['10', '20'])]))).toEqual(['unchanged']);
		expect(fake.writes).toHaveLength(writes);
	});

	test.each([
		['an invoice', ['30'], ['-30']],
		['a credit', ['-30'], ['30']],
	])(
		'%s is not turned round by what has its number and counts the other way',
		async (_what, by, of) => {
			for (const others of [many(7), []]) {
				fake.costs.length = fake.lines.length = 0;
				const standing = stand('1', by);
				const header = { invoice_number: 'INV-1', invoiceNumberSuffix: ' (2)' };
				const plain = directCost('1', of);
				const given = { ...plain, header: { ...plain.header, ...header } };
				expect(kinds(await run([given, ...others]))[0]).toBe('created');
				expect(kinds(await run([given, ...others]))[0]).toBe('unchanged');
				expect(standing).not.toHaveProperty('origin_id');
				const numbers = fake.costs.map(({ invoice_number }) => invoice_number);
				expect(numbers).toContain('INV-1 (2)');
				const own = fake.lines.filter(({ direct_cost_id }) => direct_cost_id === standing.id);
				expect(own).toHaveLength(1);
			}
		},
	);

	test('lines on another cost code are not taken over, whatever their amount', async () => {
		stand('1', ['10', '20']);
		const [byHand] = fake.lines;
		byHand.cost_code_id = fake.codes[1].id;
		expect(kinds(await run([directCost('1', ['10', '20'])]))).toEqual(['adopted']);
		expect(fake.lines.map(({ id }) => id)).not.toContain(byHand.id);
		expect(fake.lines.map(({ cost_code_id }) => cost_code_id)).toEqual(
			Array(2).fill(fake.codes[2].id),
		);
		expect(totalOf('1')).toBe('30.0');
	});

	test('is found out from the refusal when nothing was listed', async () => {
		const standing = stand('1', ['30']);
		const outcomes = await run([directCost('1', ['10', '20'])]);
		expect(outcomes).toMatchObject([{ outcome: 'adopted', procore: { id: String(standing.id) } }]);
		expect(fake.costs).toHaveLength(1);
		expect(totalOf('1')).toBe('30.0');
	});

	test('with lines of another integration is a conflict and stays as it is', async () => {
		const standing = stand('1', ['30']);
		fake.lines[0].origin_id = 'SAGE-L1';
		const before = JSON.stringify([fake.costs, fake.lines]);
		expect(await run([directCost('1', ['10'])])).toMatchObject([
			{
				outcome: 'conflict',
				reason: { code: 'foreign-origin-id' },
				procore: { id: String(standing.id) },
			},
		]);
		expect(JSON.stringify([fake.costs, fake.lines])).toBe(before);
	});
});

describe('one invoice number twice', () => {
	const twice = (suffix?: string) => [
		directCost('B', ['2'], { header: { invoice_number: 'INV-1', invoiceNumberSuffix: suffix } }),
		directCost('A', ['1'], { header: { invoice_number: 'INV-1', invoiceNumberSuffix: suffix } }),
	];

	test('gets the suffix on the later by origin id, in whatever order they come', async () => {
		expect(kinds(await run(twice('-B')))).toEqual(['created', 'created']);
		expect(costOf('A')?.invoice_number).toBe('INV-1');
		expect(costOf('B')?.invoice_number).toBe('INV-1-B');
		const writes = fake.writes.length;
		expect(kinds(await run(twice('-B').reverse()))).toEqual(['unchanged', 'unchanged']);
		expect(fake.writes).toHaveLength(writes);
	});

	test('keeps the suffix when the record changes later', async () => {
		await run(twice('-B'));
		await run([
			directCost('B', ['3'], { header: { invoice_number: 'INV-1', invoiceNumberSuffix: '-B' } }),
		]);
		expect(costOf('B')?.invoice_number).toBe('INV-1-B');
	});

	test('without a suffix to use it is a conflict for the later one', async () => {
		expect(await run(twice())).toMatchObject([
			{ outcome: 'conflict', reason: { code: 'duplicate-invoice' } },
			{ outcome: 'created' },
		]);
	});

	test('of another integration, which counts, is a conflict: made beside it the invoice would count twice', async () => {
		const theirs = stand('X', ['10'], { origin_id: 'SAGE-1' });
		const mine = () => directCost('X', ['10'], { header: { invoiceNumberSuffix: '-GP' } });
		const many = Array.from({ length: 6 }, (_, index) => directCost(`M${index}`, ['1']));
		expect(await run([mine()])).toMatchObject([
			{ outcome: 'conflict', reason: { code: 'foreign-origin-id' } },
		]);
		expect(kinds(await run([mine(), ...many]))).toEqual(['conflict', ...many.map(() => 'created')]);
		expect(costOf('X')).toBeUndefined();

		theirs.status = 'draft';
		expect(kinds(await run([mine()]))).toEqual(['created']);
		expect(costOf('X')?.invoice_number).toBe('INV-X-GP');
		expect(theirs).toMatchObject({ origin_id: 'SAGE-1', invoice_number: 'INV-X' });
	});

	test('of another integration does not keep out the credit of that number, nor an invoice where it is a credit', async () => {
		const credit = directCost('Y', ['-10'], { header: { invoiceNumberSuffix: '-GP' } });
		stand('Y', ['10'], { origin_id: 'SAGE-1' });
		stand('Z', ['-10'], { origin_id: 'SAGE-2' });
		const invoice = directCost('Z', ['10'], { header: { invoiceNumberSuffix: '-GP' } });
		expect(kinds(await run([credit, invoice]))).toEqual(['created', 'created']);
		expect(kinds(await run([credit, invoice]))).toEqual(['unchanged', 'unchanged']);
		expect(costOf('Y')?.invoice_number).toBe('INV-Y-GP');
	});

	test('of another company of GP gets the suffix', async () => {
		stand('X', ['5'], { origin_id: 'GP:THREE:PM:1:9:P:9001' });
		const [one] = await run([directCost('X', ['10'], { header: { invoiceNumberSuffix: '-GP' } })]);
		expect(one.outcome).toBe('created');
		expect(costOf('X')?.invoice_number).toBe('INV-X-GP');
	});

	test('in two projects is no duplicate', async () => {
		expect(
			kinds(await run([directCost('1', ['1']), directCost('1', ['1'], { projectId: '9002' })])),
		).toEqual(['created', 'created']);
	});
});

describe('voided in GP', () => {
	const voided = () => directCost('1', ['10'], { voided: true });

	test('never sent: nothing to do', async () => {
		expect(await run([voided()])).toMatchObject([
			{ outcome: 'skipped', reason: { code: 'void-never-sent' }, amount: '0.00' },
		]);
		expect(fake.writes).toHaveLength(0);
	});

	test('leaves the budget as draft with its lines, once', async () => {
		await run([directCost('1', ['10'])]);
		expect(await run([voided()])).toMatchObject([{ outcome: 'voided', amount: '0.00' }]);
		expect(costOf('1')).toMatchObject({ status: 'draft' });
		expect(fake.lines).toHaveLength(1);
		const writes = fake.writes.length;
		expect(await run([voided()])).toMatchObject([{ outcome: 'unchanged', amount: '0.00' }]);
		expect(fake.writes).toHaveLength(writes);
	});

	test('is deleted when that is the policy, also when the first answer was lost', async () => {
		await run([directCost('1', ['10'])]);
		fake.loseAnswers = 1;
		expect(kinds(await run([voided()], { voidPolicy: 'delete' }))).toEqual(['voided']);
		expect(fake.costs).toHaveLength(0);
		expect(kinds(await run([voided()], { voidPolicy: 'delete' }))).toEqual(['skipped']);
	});

	test('comes back when GP says so again', async () => {
		await run([directCost('1', ['10'])]);
		await run([voided()]);
		expect(kinds(await run([directCost('1', ['10'])]))).toEqual(['updated']);
		expect(costOf('1')).toMatchObject({ status: 'approved' });
	});
});

describe('edited in Procore', () => {
	test('status is set back, or let stand when so wished', async () => {
		await run([directCost('1', ['10'])]);
		Object.assign(costOf('1') as object, { status: 'revise_and_resubmit' });
		expect(kinds(await run([directCost('1', ['10'])], { drift: 'keep' }))).toEqual(['unchanged']);
		expect(kinds(await run([directCost('1', ['10'])]))).toEqual(['updated']);
		expect(costOf('1')).toMatchObject({ status: 'approved' });
	});

	test('a status alone is set back without a look at the lines', async () => {
		await run([directCost('1', ['10'])]);
		Object.assign(costOf('1') as object, { status: 'revise_and_resubmit' });
		fake.requests = [];
		await run([directCost('1', ['10'])]);
		expect(calls().filter((call) => call.includes('line_items'))).toEqual([]);
		expect(fake.writes.at(-1)?.path).toMatch(/direct_costs\/sync$/);
	});

	test('an amount is set back; with "keep" only lines that are missing are completed', async () => {
		await run([directCost('1', ['10', '20'])]);
		fake.lines[0].amount = '11';
		expect(kinds(await run([directCost('1', ['10', '20'])], { drift: 'keep' }))).toEqual([
			'unchanged',
		]);
		fake.lines.pop();
		expect(kinds(await run([directCost('1', ['10', '20'])], { drift: 'keep' }))).toEqual([
			'updated',
		]);
		fake.lines[0].amount = '12';
		expect(await run([directCost('1', ['10', '20'])])).toMatchObject([
			{ outcome: 'updated', amount: '30.00' },
		]);
		expect(totalOf('1')).toBe('30.0');
	});
});

describe('faults of one record do not stop the others', () => {
	test.each([
		[
			'a vendor that is not there',
			directCost('1', ['1'], { vendorOriginId: 'GP:TWO:V:NOBODY' }),
			'vendor-missing',
		],
		[
			'a cost code the project lacks',
			directCost('1', ['1'], { costCode: '99-999' }),
			'cost-code-missing',
		],
		[
			'a date that is none',
			directCost('1', ['1'], { header: { direct_cost_date: '2026-02-30' } }),
			'bad-date',
		],
		[
			'lines that do not add up',
			{ ...directCost('1', ['1']), total: '2.00' },
			'lines-do-not-add-up',
		],
		['an amount no JSON number holds', directCost('1', ['12345678901234567.89']), 'bad-amount'],
		[
			'an invoice without number',
			directCost('1', ['1'], { header: { invoice_number: ' ' } }),
			'invoice-number-missing',
		],
	])('%s', async (_name, bad, code) => {
		const outcomes = await run([bad as DesiredDirectCost, directCost('2', ['2'])]);
		expect(outcomes).toMatchObject([
			{ outcome: 'failed', reason: { code }, record: { voucher: '1' } },
			{ outcome: 'created' },
		]);
		expect(outcomes[0].reason?.remedy).toBeTruthy();
	});

	test('an unknown cost type names those there are', async () => {
		const bad = directCost('1', ['1']);
		bad.lines[0].costType = 'Z';
		expect((await run([bad]))[0].reason).toMatchObject({
			code: 'cost-type-missing',
			message: expect.stringContaining('L, M, O'),
		});
	});

	test.each([
		['direct_costs/sync', { vendor: ['is inactive'] }, 'vendor-inactive', 'Activate the vendor'],
		[
			'direct_costs/sync',
			{ direct_cost_type: ['is not included in the list'] },
			'type-not-enabled',
			'"Commitments"',
		],
		['direct_costs/sync', { status: ['is set by a workflow'] }, 'status-refused', '"Pending"'],
		['line_items/sync', { wbs_code: ["can't be blank"] }, 'budget-code-needed', 'segment'],
	])('%s refused for %j says what helps', async (path, errors, code, remedy) => {
		fake.intercept = (request: any, at) =>
			at.endsWith(path)
				? reply(200, {
						entities: [],
						errors: request.body.updates.map((row: object) => ({ ...row, errors })),
					})
				: undefined;
		const [outcome] = await run([directCost('1', ['1'])]);
		expect(outcome).toMatchObject({ outcome: 'failed', reason: { code } });
		expect(outcome.reason?.remedy).toContain(remedy);
	});

	test('a refused line fails its direct cost, takes it out of the budget, and the next run completes it', async () => {
		const refuse = (request: any, path: string) => {
			if (!path.endsWith('line_items/sync')) return undefined;
			fake.intercept = undefined;
			const [first, ...rest] = request.body.updates;
			return reply(200, {
				entities: rest,
				errors: [{ ...first, errors: { cost_code: ['is not active'] } }],
			});
		};
		fake.intercept = refuse;
		const outcomes = await run([directCost('1', ['1', '2'])]);
		expect(outcomes).toMatchObject([
			{
				outcome: 'failed',
				reason: { code: 'row-refused', message: expect.stringContaining(':L:1') },
			},
		]);
		expect(costOf('1')).toMatchObject({ status: 'draft' });
		expect(kinds(await run([directCost('1', ['1', '2'])]))).toEqual(['updated']);
		expect(costOf('1')).toMatchObject({ status: 'approved' });
		expect(totalOf('1')).toBe('3.0');
	});

	test('a total that does not come out is a failure, never silent', async () => {
		fake.intercept = (request, path) => {
			if (request.method === 'PATCH' && path.endsWith('line_items/sync'))
				for (const row of (request.body as any).updates) row.amount += 1;
			return undefined;
		};
		expect(await run([directCost('1', ['1', '2'])])).toMatchObject([
			{ outcome: 'failed', reason: { code: 'totals-differ' }, amount: '5.00' },
		]);
	});

	test('a refused project fails its own records only', async () => {
		fake.blockedProjects.add('9002');
		const outcomes = await run([
			directCost('1', ['1']),
			directCost('2', ['1'], { projectId: '9002' }),
		]);
		expect(outcomes).toMatchObject([
			{ outcome: 'created' },
			{ outcome: 'failed', reason: { code: 'project-blocked' } },
		]);
	});
});

test('missing cost codes are made when so wished, division first', async () => {
	expect(
		kinds(
			await run([directCost('1', ['1'], { costCode: '07-710' })], { createMissingCostCodes: true }),
		),
	).toEqual(['created']);
	const made = fake.codes.find(({ code }) => code === '710');
	expect(fake.codes.find(({ id }) => id === made?.parent_id)).toMatchObject({ code: '07' });
	// Below a division that stands nothing but the code is made.
	const before = fake.codes.length;
	const below = directCost('2', ['1'], { costCode: '03-999' });
	expect(kinds(await run([below], { createMissingCostCodes: true }))).toEqual(['created']);
	expect(fake.codes.slice(before)).toMatchObject([{ code: '999', parent_id: fake.codes[0].id }]);
});

describe('a cost code the project lacks', () => {
	const waiting = async (codeAccounts?: DesiredDirectCost['codeAccounts']) => {
		const [{ outcome, reason }] = await run([
			{ ...directCost('1', ['1'], { costCode: '07-710' }), codeAccounts },
		]);
		expect(outcome).toBe('failed');
		expect(reason).toMatchObject({ code: 'cost-code-missing', causeKey: 'C:9001/07-710' });
		return reason!;
	};

	test('is owed by the account that brings it', async () => {
		const { lacks, remedy } = await waiting([
			{ costCode: '07-720', account: '300-7720-02' },
			{ costCode: '07-710', account: '300-7710-02' },
		]);
		expect(lacks).toEqual({ entity: 'account', key: '300-7710-02' });
		expect(remedy).toContain('account 300-7710-02');
	});

	test('is for a person to make where no account does', async () => {
		expect(await waiting([{ costCode: '07-720', account: '1' }])).toEqual(await waiting());
		const { lacks, remedy } = await waiting();
		expect(lacks).toBeUndefined();
		expect(remedy).toContain('Make cost code 07-710 in project 9001 in Procore');
	});

	test('is not lacking when this company sent it and somebody renumbered it', async () => {
		Object.assign(fake.codes[1], { code: '301', origin_id: 'GP:TWO:CC:03-300:P:9001' });
		expect(kinds(await run([directCost('1', ['1'], { costCode: '03-300' })]))).toEqual(['created']);
		expect(fake.lines).toMatchObject([{ cost_code_id: fake.codes[1].id }]);
	});
});

test('a code missing because its account is inactive is made with its name, or the reason says so', async () => {
	const code = { costCode: '07-710', account: '300-7710-02', name: 'Roof drains' };
	const cost = (make: boolean) => ({
		...directCost('1', ['1'], { costCode: '07-710' }),
		codesOfLines: [{ ...code, make }],
	});
	const [waits] = await run([cost(false)]);
	expect(waits).toMatchObject({ outcome: 'failed', reason: { code: 'account-inactive' } });
	expect(waits.reason!.message).toContain('account 300-7710-02 is inactive in GP');
	expect(kinds(await run([cost(true)]))).toEqual(['created']);
	expect(fake.codes.find(({ code }) => code === '710')).toMatchObject({ name: 'Roof drains' });
});

test('a code is made where one document of the batch has it made, whatever the others say', async () => {
	const code = { costCode: '07-710', account: '300-7710-02', name: 'Roof drains' };
	const cost = (voucher: string, make: boolean) => ({
		...directCost(voucher, ['1'], { costCode: '07-710' }),
		codesOfLines: [{ ...code, make }],
	});
	expect(kinds(await run([cost('1', true), cost('2', false)]))).toEqual(['created', 'created']);
});

test('a dry run tells what would happen, also to vendors it would make, and writes nothing', async () => {
	const client = clientOf(fake.transport);
	const options = { dryRun: true, cacheKey: 'dry run' };
	await run([directCost('9', ['10'])]);
	const writes = fake.writes.length;
	await syncVendors(client, [vendor('NEW')], options);
	const outcomes = await syncDirectCosts(
		client,
		[
			directCost('1', ['5'], { vendorOriginId: 'GP:TWO:V:NEW' }),
			directCost('9', ['12']),
			directCost('8', ['1'], { vendorOriginId: 'GP:TWO:V:NOBODY' }),
		],
		options,
	);
	expect(kinds(outcomes)).toEqual(['created', 'updated', 'failed']);
	expect(outcomes[0].changes).toContainEqual({ field: 'vendor_id', before: null, after: null });
	expect(fake.writes).toHaveLength(writes);
});

test('the same document twice in one batch is written once', async () => {
	expect(kinds(await run([directCost('1', ['1']), directCost('1', ['1'])]))).toEqual([
		'created',
		'unchanged',
	]);
	expect(fake.costs).toHaveLength(1);
});

test('several projects side by side, never two writes at once in one project', async () => {
	const open = new Map<string, number>();
	let mostProjects = 0;
	const transport: typeof fake.transport = async (request) => {
		const project = /projects\/(\d+)/.exec(request.url)?.[1] ?? '';
		if (request.method !== 'GET') {
			open.set(project, (open.get(project) ?? 0) + 1);
			expect(open.get(project)).toBe(1);
			mostProjects = Math.max(mostProjects, [...open.values()].filter((count) => count > 0).length);
			await new Promise((resolve) => setTimeout(resolve, 2));
		}
		const answer = await fake.transport(request);
		if (request.method !== 'GET') open.set(project, (open.get(project) as number) - 1);
		return answer;
	};
	await syncDirectCosts(clientOf(transport), [...many(10), ...many(10, '9002')], live);
	expect(mostProjects).toBe(2);
});

describe('the day it was paid', () => {
	const paid = (payment_date?: string) => {
		const one = directCost('P', ['10.00']);
		return {
			...one,
			header: { ...one.header, ...(payment_date === undefined ? {} : { payment_date }) },
		};
	};
	const sentHeaders = () =>
		fake.writes
			.filter(({ path }) => path.endsWith('direct_costs/sync'))
			.flatMap(({ body }) => (body as { updates: Array<Record<string, unknown>> }).updates);

	test('comes with the payment and goes when that is voided, without touching lines', async () => {
		expect(kinds(await run([paid('')]))).toEqual(['created']);
		// No date is no field: Procore is told nothing of it.
		expect(sentHeaders()[0]).not.toHaveProperty('payment_date');
		const created = fake.writes.length;
		// A door that does not tell and one that says "not paid" are one state.
		expect(kinds(await run([paid()]))).toEqual(['unchanged']);
		expect(kinds(await run([paid('')]))).toEqual(['unchanged']);
		expect(await run([paid('2026-07-09')])).toMatchObject([
			{ outcome: 'updated', changes: [{ field: 'payment_date', after: '2026-07-09' }] },
		]);
		expect(fake.writes).toHaveLength(created + 1);
		expect(costOf('P')).toMatchObject({ payment_date: '2026-07-09' });
		expect(kinds(await run([paid('2026-07-09')]))).toEqual(['unchanged']);
		expect(kinds(await run([paid('')]))).toEqual(['updated']);
		expect(sentHeaders().at(-1)).toMatchObject({ payment_date: '' });
		expect(fake.writes).toHaveLength(created + 2);
		expect(kinds(await run([paid('')]))).toEqual(['unchanged']);
	});

	test('that is no day is refused', async () => {
		expect(await run([paid('2026-02-30')])).toMatchObject([
			{ outcome: 'failed', reason: { code: 'bad-date' } },
		]);
	});
});

test('a line goes on the code of the project, never on that of a sub job with the same number', async () => {
	const own = fake.codes.find(({ code, project_id }) => code === '5110' && project_id === 9001)!;
	for (const place of [0, fake.codes.length + 1]) {
		const sub = { ...own, id: fake.id(), biller_type: 'SubJob', biller_id: 5 };
		fake.codes.splice(place, 0, sub);
	}
	expect(kinds(await run([directCost('1', ['10.00'])]))).toEqual(['created']);
	expect(fake.lines).toMatchObject([{ cost_code_id: own.id }]);
});
