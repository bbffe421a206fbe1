import { DEFAULT_MAPPING_SETTINGS, DELIVERED_UNTIL_0_3 } from '../../lib/mapping/types';
import { mapRecords } from '../../lib/mapping/map-records';
import { mappingVersion } from '../../lib/mapping/settings-check';
import type { DesiredDirectCost } from '../../lib/model/desired';
import type { GpRecord } from '../../lib/model/gp-records';
import { SANDBOX_PLACES } from '../../sandbox/places';
import { account, payable, PROJECTS, vendor } from '../mapping/samples';
import { runNode, type NodeRun } from './support/engine';

const run = async (
	parameters: NodeRun['parameters'],
	inputs?: object[][],
	more: Partial<NodeRun> = {},
) =>
	await runNode({
		node: 'gpToProcore',
		parameters: { ...SANDBOX_PLACES, ...parameters },
		...(inputs ? { inputs } : {}),
		...more,
	});

/** A step of the shipped workflows. */
const step = async (
	parameters: NodeRun['parameters'],
	inputs?: object[][],
	more: Partial<NodeRun> = {},
) => await run(parameters, inputs, { node: 'gpToProcoreEngine', ...more });

const checkpoint = {
	kind: 'checkpoint',
	entity: 'payable',
	company: 'TWO',
	watermark: { since: '2026-03-01', seen: {} },
	more: false,
	cursor: null,
	counts: { read: 2, unchanged: 0, requests: 1 },
};
const lists = {
	projects: JSON.stringify(PROJECTS),
	projectCrosswalk: '[{}]',
	accountCrosswalk: '[]',
	vendorCrosswalk: '[]',
};
const map = async (resource: string, items: object[], more: NodeRun['parameters'] = {}) =>
	await run({ resource, operation: 'map', ...lists, ...more }, [items]);

describe('Map', () => {
	test.each([
		['vendor', [vendor()]],
		['account', [account('300-5110-02'), account('000-1100-00')]],
		['payable', [payable([['purchase', '300-5110-02', '100.00']])]],
	])(
		'the fields of the node, filled in for a company, say what the library is told (%s)',
		async (resource, records) => {
			const { json, error } = await map(resource, records);
			expect(error).toBeUndefined();
			const expected = mapRecords({
				records: records as GpRecord[],
				crosswalk: { projects: [], accounts: [], vendors: [] },
				projects: PROJECTS,
				// A vendor has neither job nor code, so nothing is filled in for it.
				settings: resource === 'vendor' ? DEFAULT_MAPPING_SETTINGS : DELIVERED_UNTIL_0_3,
			});
			expect(expected.desired.length).toBeGreaterThan(0);
			expect(json(0)).toEqual(JSON.parse(JSON.stringify(expected.desired)));
			expect(json(1)).toEqual(JSON.parse(JSON.stringify(expected.notSent)));
		},
	);

	test('every output item is paired with the record it comes from', async () => {
		const { outputs } = await map('vendor', [
			{},
			vendor(),
			vendor({ vendorId: 'BOLT0002', name: 'BOLT SUPPLY' }),
		]);
		expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 2 }]);
	});

	test('the checkpoint comes last, with the crosswalk rows to propose', async () => {
		const { json } = await map('account', [
			account('999-5110-02', { description: 'Concrete' }),
			checkpoint,
		]);
		const last = json(0).at(-1)!;
		expect(last).toMatchObject(checkpoint);
		expect(last.newJobs).toEqual([expect.objectContaining({ gp_company: 'TWO', gp_job: '999' })]);
	});

	test('an outcome that came along goes to Not Sent untouched', async () => {
		const fault = { kind: 'outcome', outcome: 'failed', source: { key: 'BROKEN' } };
		const { json } = await map('vendor', [fault, checkpoint]);
		expect(json(0)).toEqual([checkpoint]);
		expect(json(1)).toEqual([fault]);
	});

	test('a crosswalk row typed by hand decides', async () => {
		const row = { gp_company: 'TWO', gp_vendor_id: 'ACME0001', procore_vendor_id: '77' };
		const { json } = await map('vendor', [vendor()], { vendorCrosswalk: JSON.stringify([row]) });
		expect(json(0)).toEqual([expect.objectContaining({ kind: 'vendor', procoreId: '77' })]);
	});

	test('lists come by expression too, as the template hands them over', async () => {
		const row = { gp_company: 'TWO', gp_vendor_id: 'ACME0001', procore_vendor_id: '77' };
		const { json } = await map('vendor', [vendor()], {
			vendorCrosswalk: `={{ [{}, ${JSON.stringify(row)}] }}`,
		});
		expect(json(0)[0]).toMatchObject({ procoreId: '77' });
	});

	test.each([
		[
			'a list that is no list',
			{ vendorCrosswalk: '{"gp_vendor_id": "ACME0001"}' },
			/Vendor Crosswalk/,
		],
		['a list that is no JSON', { vendorCrosswalk: '[{' }, /Vendor Crosswalk/],
	])('%s is named', async (_what, change, message) => {
		const { error } = await map('vendor', [vendor()], change);
		expect(error?.message).toMatch(message);
	});

	test('a pattern that cannot work stops the batch and names the field', async () => {
		const { error } = await map('account', [account('300-5110-02')], { costAccountPattern: '(' });
		expect(error?.message).toContain('costAccountPattern');
		expect(error?.description).toContain('GP to Procore');
	});

	test('a document is withdrawn from an earlier project, a deleted one from all of them', async () => {
		const invoice = payable([['purchase', '301-5110-02', '40']]);
		const gone = { kind: 'deleted', entity: 'payable', company: 'TWO', key: '1;8' };
		const { json, outputs, error } = await map('payable', [gone, invoice], {
			earlierProjects: JSON.stringify({ [invoice.key]: ['9001'], '1;8': [9002] }),
		});
		expect(error).toBeUndefined();
		expect(json(0).map(({ originId, voided }) => [originId, voided])).toEqual([
			['GP:TWO:PM:1:00000000000000417:P:9002', false],
			['GP:TWO:PM:1:00000000000000417:P:9001', true],
			['GP:TWO:PM:1:8:P:9002', true],
		]);
		expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 1 },
			{ item: 1 },
			{ item: 0 },
		]);
	});

	test('records of another kind stop the node', async () => {
		const { error } = await map('payable', [vendor()]);
		expect(error?.message).toBe('Item 0 is a vendor; this node maps payables invoice records');
	});
});

describe('Mapping', () => {
	const define = async (parameters: NodeRun['parameters'] = {}) =>
		await run({ resource: 'mapping', operation: 'define', ...parameters }, [[{}, {}]]);

	test('Define puts out one item: what is filled in, what the library says by default, and its version', async () => {
		const { json, error } = await define();
		expect(error).toBeUndefined();
		expect(json()).toEqual([
			{
				kind: 'mapping',
				settings: { ...DELIVERED_UNTIL_0_3, rules: [] },
				version: mappingVersion(DELIVERED_UNTIL_0_3),
				needs: { vendorClass: false },
				filled: expect.objectContaining({ costCodeSegment: 2, costTypeSegment: 3 }),
				places: {
					job: { from: 'filled in' },
					costAccounts: { from: 'filled in' },
					accrual: { from: 'unknown' },
					costCode: { from: 'filled in' },
					costType: { from: 'filled in' },
				},
			},
		]);
	});

	test('a policy that is no more, set in an older workflow, stops nothing and is told', async () => {
		const { json, error } = await define({ policies: { paymentDate: 'due', freight: 'ownLine' } });
		expect(error).toBeUndefined();
		const [mapping] = json();
		expect(mapping.problems).toEqual([expect.stringContaining('"Due Date Becomes" is no more')]);
		const invoice = payable([['purchase', '300-5110-02', '60.00']]);
		const mapped = await map('payable', [invoice], {
			mappingFrom: 'node',
			mapping: JSON.stringify(mapping),
		});
		expect(mapped.error).toBeUndefined();
		const [cost] = mapped.json(0) as unknown as DesiredDirectCost[];
		expect(cost.header).not.toHaveProperty('payment_date');
	});

	test('what Define puts out decides in a Map node, whose own fields are ignored', async () => {
		const [mapping] = (
			await define({
				policies: { freight: 'ownLine' },
				rules: {
					rule: [{ name: 'All', when: { accountPattern: '.' }, set: { costCode: '03-200' } }],
				},
			})
		).json();
		const invoice = payable([
			['purchase', '300-5110-02', '60.00'],
			['freight', '300-5400-04', '5.00'],
		]);
		const { json, error } = await map('payable', [invoice], {
			mappingFrom: 'node',
			mapping: JSON.stringify(mapping),
			costAccountPattern: '^nothing$',
		});
		expect(error).toBeUndefined();
		const [cost] = json(0) as unknown as DesiredDirectCost[];
		expect(cost.lines.map(({ costCode, amount }) => [costCode, amount])).toEqual([
			['03-200', '60.00'],
			['03-200', '5.00'],
		]);
		expect(cost.source.mappingVersion).toBe(mapping.version);
	});

	test('a Map node takes it by expression too, as the template hands it over', async () => {
		const [mapping] = (await define({ costCodeSegment: 3 })).json();
		const { json } = await map('account', [account('300-5110-02')], {
			mappingFrom: 'node',
			// Two closing brackets in a row would end the expression.
			mapping: `={{ ${JSON.stringify(mapping).replaceAll('}}', '} }')} }}`,
		});
		expect(json(0)).toEqual([expect.objectContaining({ code: '02' })]);
	});

	test('its lists come out as the library wants them', async () => {
		const { json } = await define({
			policies: {
				retainage: 'ownLine',
				ownLines: { line: [{ charge: 'freight', costCode: ' 01-560 ', costType: '' }] },
				taxCodes: { code: [{ taxDetail: 'ilstate', taxCodeId: '1201' }] },
			},
			accountPolicies: {
				costCodesGoTo: 'linkedProjects',
				divisionNames: { division: [{ number: '03', name: 'Concrete' }] },
			},
			costCodeFrom: 'pattern',
			costCodePattern: '-(\\d{2})(\\d{2})-',
			costCodeFormat: '$1-$2',
		});
		expect(json()[0].settings).toMatchObject({
			retainage: 'ownLine',
			ownLines: { freight: { costCode: '01-560', costType: '' } },
			taxCodes: { ILSTATE: '1201' },
			costCodesGoTo: 'linkedProjects',
			divisionNames: { '03': 'Concrete' },
			costCodePattern: '-(\\d{2})(\\d{2})-',
			costCodeFormat: '$1-$2',
			freight: 'spread',
		});
	});

	test('a pattern that cannot work is found where it is defined', async () => {
		const { error } = await define({ costAccountPattern: '(' });
		expect(error?.message).toContain('costAccountPattern');
	});

	test('anything else handed over as mapping stops the node', async () => {
		const { error } = await map('vendor', [vendor()], {
			mappingFrom: 'node',
			mapping: '{"name": "ACME"}',
		});
		expect(error?.message).toBe("The parameter 'Mapping' holds no mapping");
	});
});

describe('Rules', () => {
	const rebar = {
		rule: [
			{
				name: 'Rebar',
				when: { reference: 'rebar', accounts: '300-5110-02, 301-5110-02' },
				set: { costCode: '03-200', costType: '' },
			},
		],
	};
	const invoice = payable([
		['purchase', '300-5110-02', '60.00', 'REBAR #5'],
		['purchase', '300-5110-02', '40.00'],
	]);

	test('a rule made in the node decides its lines only', async () => {
		const { json, error } = await map('payable', [invoice], { rules: rebar });
		expect(error).toBeUndefined();
		const { lines } = json(0)[0] as unknown as {
			lines: Array<{ costCode: string; amount: string }>;
		};
		expect(lines.map(({ costCode, amount }) => [costCode, amount])).toEqual([
			['03-200', '60.00'],
			['5110', '40.00'],
		]);
	});

	test('Preview shows which rule decided each line, on one output', async () => {
		const { json, outputs } = await run(
			{ resource: 'payable', operation: 'preview', ...lists, rules: rebar },
			[[{}, invoice, checkpoint]],
		);
		expect(outputs).toHaveLength(1);
		expect(json().map(({ costCode, decidedBy }) => [costCode, decidedBy])).toEqual([
			['03-200', expect.stringContaining('rule "Rebar"')],
			['5110', expect.not.stringContaining('Rebar')],
		]);
		expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 1 }]);
	});

	test.each([
		['a range without an end', { accountFrom: '300-5100-00' }],
		['a segment without values', { accountSegment: 2 }],
		['two questions about the account', { accounts: '300-5110-02', accountPattern: '^300' }],
	])('%s stops the node and names the rule', async (_what, when) => {
		const rules = { rule: [{ name: 'Odd one', when, set: { skip: 'no' } }] };
		const { error } = await map('payable', [invoice], { rules });
		expect(error?.message).toContain('Odd one');
	});
});

describe('Run', () => {
	const open = async (more: NodeRun['parameters'] = {}, credentials?: NodeRun['credentials']) =>
		await step({ resource: 'run', operation: 'open', ...more }, undefined, { credentials });
	const record = async (
		state: unknown,
		synced: object[],
		notSent: object[],
		more: NodeRun['parameters'] = {},
	) =>
		await step(
			{ resource: 'run', operation: 'recordOutcomes', state: JSON.stringify(state), ...more },
			[synced, notSent],
		);
	const outcome = (change: object = {}) => ({
		kind: 'outcome',
		outcome: 'created',
		dryRun: false,
		originId: 'GP:TWO:V:ACME0001',
		source: {
			company: 'TWO',
			entity: 'vendor',
			key: 'ACME0001',
			label: 'ACME CONCRETE',
			hash: 'h',
		},
		...change,
	});
	const vendorCheckpoint = { ...checkpoint, entity: 'vendor' };
	/** A run in the step in which it reads what changed. */
	const reading = async (more: NodeRun['parameters'] = {}, phase = 'changes') => {
		const { state } = (await open({ company: 'TWO', ...more })).json()[0];
		const step = (state as { step: object }).step;
		return { ...(state as object), step: { ...step, phase } };
	};

	test('Open takes the company from the credential and begins with the vendors', async () => {
		const { json, error } = await open({}, { dynamicsGpApi: { companyId: 'TWO' } });
		expect(error).toBeUndefined();
		expect(json()).toHaveLength(1);
		expect(json()[0].state).toMatchObject({
			company: 'TWO',
			dryRun: false,
			from: null,
			step: { part: 'vendors', phase: 'requested', batch: 1 },
		});
		expect(json()[0].lease).toMatchObject({ gp_company: 'TWO', execution_id: '42' });
	});

	test('Open without a company says where to give it', async () => {
		const { error } = await open();
		expect(error?.description).toContain('Company Database ID');
	});

	test.each([
		['2026-01-31', '2026-01-31'],
		['2026-01-31T00:00:00.000Z', '2026-01-31'],
		['', null],
	])('Read From %p is read as %p', async (readFrom, from) => {
		const { json } = await open({ company: 'TWO', readFrom, parts: ['payables'] });
		expect(json()[0].state).toMatchObject({ from, parts: ['payables'] });
	});

	test('Read From in the future is refused: a run that reads nothing would be called a success', async () => {
		const { error } = await open({ company: 'TWO', readFrom: '2999-01-31' });
		expect(error?.message).toContain('lies in the future: 2999-01-31');
		const tomorrow = new Date(Date.now() + 12 * 3_600_000).toISOString();
		expect((await open({ company: 'TWO', readFrom: tomorrow })).error).toBeUndefined();
	});

	test('Record Outcomes gives rows for each table and exactly one progress item', async () => {
		const state = await reading({ parts: ['vendors'] });
		const waiting = outcome({
			outcome: 'parked',
			record: vendor({ vendorId: 'BOLT0002' }),
			source: { company: 'TWO', entity: 'vendor', key: 'BOLT0002', label: 'BOLT', hash: 'h' },
			reason: { code: 'no-name', message: 'It has no name', remedy: 'Name it in GP' },
		});
		const proposals = {
			newJobs: [
				{ gp_company: 'TWO', gp_job: '999' },
				{ gp_company: 'TWO', gp_job: '300' },
			],
		};
		const { json, error } = await record(
			state,
			[outcome(), { ...vendorCheckpoint, ...proposals }],
			[waiting],
			{
				projectCrosswalk: '[{"gp_company": "TWO", "gp_job": "300"}]',
				parkedRows:
					'[{"id": 5, "gp_company": "TWO", "entity": "vendor", "gp_key": "ACME0001", "run_id": "old", "tries": 1}]',
			},
		);
		expect(error).toBeUndefined();
		expect(json(0).map(({ outcome: what, execution_id: id }) => [what, id])).toEqual([
			['parked', '42'],
			['created', '42'],
		]);
		expect(json(1)).toEqual([
			expect.objectContaining({ gp_key: 'BOLT0002', reason_code: 'no-name' }),
		]);
		expect(json(2)).toEqual([{ row_id: 5 }]);
		expect(json(3)).toEqual([{ gp_company: 'TWO', gp_job: '999' }]);
		expect(json(4)).toEqual([]);
		expect(json(8)).toEqual([
			{
				state: expect.objectContaining({ batches: 1, step: null }),
				more: false,
				watermark: expect.objectContaining({ entity: 'vendor', modified_since: '2026-03-01' }),
			},
		]);
	});

	test('Record Outcomes waits for both inputs and works when nothing was parked', async () => {
		const state = await reading();
		const { json, error } = await record(state, [vendorCheckpoint], []);
		expect(error).toBeUndefined();
		expect(json(8)).toHaveLength(1);
		expect(json(8)[0]).toMatchObject({ more: true });
	});

	test('a batch that lost its checkpoint does not move the watermark: it fails', async () => {
		const state = await reading();
		const { error } = await record(state, [outcome()], []);
		expect(error?.message).toContain('checkpoint');
		expect(error?.description).toContain('retry');
	});

	test('Load Parked brings the records back, followed by a checkpoint', async () => {
		const state = await reading({ parts: ['vendors'] }, 'parked');
		const rows = [
			{
				run_id: 'earlier',
				entity: 'vendor',
				gp_company: 'TWO',
				gp_key: 'ACME0001',
				payload: JSON.stringify(vendor()),
				last_tried_at: '',
			},
		];
		const load = async (parkedRows: object[]) =>
			(
				await step({
					resource: 'run',
					operation: 'loadParked',
					state: JSON.stringify(state),
					parkedRows: JSON.stringify(parkedRows),
				})
			).json();
		expect(await load(rows)).toEqual([
			// GP may say something else by now.
			{ ...JSON.parse(JSON.stringify(vendor())), stored: true },
			expect.objectContaining({
				kind: 'checkpoint',
				entity: 'vendor',
				company: 'TWO',
				more: false,
			}),
		]);
		expect(await load([{}])).toEqual([expect.objectContaining({ kind: 'checkpoint' })]);
	});

	test('Close sums the run up in one row', async () => {
		const state = await reading({ parts: ['vendors'] });
		const progress = (await record(state, [outcome(), vendorCheckpoint], [])).json(8)[0];
		const { json } = await step({ resource: 'run', operation: 'close' }, [[progress]]);
		expect(json()).toEqual([
			expect.objectContaining({ status: 'success', created: 1, gp_company: 'TWO' }),
		]);
		expect(json()[0].finished_at).toBeTruthy();
	});

	test('without a state the node says what is missing', async () => {
		const { error } = await step({ resource: 'run', operation: 'close', state: '{}' });
		expect(error?.message).toBe('There is no run state');
	});
});
