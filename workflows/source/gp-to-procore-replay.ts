import { createIfAbsent, DATA_TABLE, insertRows, readRows, selectRows } from './data-table-nodes';
import { assignment, isTrue } from './node-parameters';
import { TABLES } from './tables';
import { WorkflowBuilder, type WorkflowFile } from './workflow-builder';

const GP_TO_PROCORE = 'n8n-nodes-dynamics-gp-procore.gpToProcore';
const ONCE = { executeOnce: true };
/** A read that finds nothing still hands on one empty item, so that the chain goes on. */
const ONCE_EVEN_IF_EMPTY = { executeOnce: true, alwaysOutputData: true };
const ASKED = "$('What is asked for').first().json";
const PLAN = "$('Plan requests').first().json";
const rows = (node: string) => `$('${node}').all().map(row => row.json)`;

/** Choices of the form in the words of a person, and the values of the node behind them. */
const CHOICES = {
	'The records named below': 'records',
	'All that failed or wait': 'waiting',
	'All handled between two days': 'handled',
	'All that GP changed since a day': 'changed',
};
const KINDS = {
	Any: '',
	Vendors: 'vendor',
	'GL accounts': 'account',
	'Payables documents': 'payable',
};
const USES = { 'Read again from GP': 'gp', 'The record as it was stored': 'stored' };

/**
 * Replays records: finds what a person names in the audit trail, puts it into the requests table and
 * starts the sync for these records alone. Other workflows may call it with the same fields.
 */
export function gpToProcoreReplay(): WorkflowFile {
	const flow = new WorkflowBuilder('gpp-replay', 'GP to Procore: replay');
	addStarts(flow);
	addLookUp(flow);
	addPlan(flow);
	addRun(flow);
	addAnswer(flow);
	addNotes(flow);
	return flow.build(
		{
			saveDataErrorExecution: 'all',
			saveDataSuccessExecution: 'all',
			saveManualExecutions: true,
			callerPolicy: 'workflowsFromSameOwner',
			errorWorkflow: 'gpp-errors',
		},
		['Dynamics GP', 'Procore'],
	);
}

function addStarts(flow: WorkflowBuilder): void {
	const choice = (fieldLabel: string, options: Record<string, string>) => ({
		fieldLabel,
		fieldType: 'dropdown',
		fieldOptions: { values: Object.keys(options).map((option) => ({ option })) },
		requiredField: true,
	});
	const valueOf = (options: Record<string, string>, field: string, name: string) =>
		`={{ $json['${field}'] ? ${JSON.stringify(options)}[$json['${field}']] : ($json.${name} ?? '') }}`;
	const given = (field: string, name: string) => `={{ $json['${field}'] ?? $json.${name} ?? '' }}`;
	flow
		.node(
			'Replay form',
			'n8n-nodes-base.formTrigger',
			2.2,
			[0, 0],
			{
				authentication: 'basicAuth',
				formTitle: 'Replay records from Dynamics GP to Procore',
				formDescription:
					'Reads records again from GP and brings Procore to that state. Asking twice does no harm: a record that is right already is left alone.',
				formFields: {
					values: [
						choice('What', CHOICES),
						{
							fieldLabel: 'Records',
							fieldType: 'textarea',
							placeholder: 'Vouchers, vendor ids or accounts, one per line. A piece is enough.',
						},
						{ fieldLabel: 'First day', fieldType: 'date' },
						{ fieldLabel: 'Last day', fieldType: 'date' },
						choice('Kind', KINDS),
						{
							fieldLabel: 'GP company',
							fieldType: 'text',
							placeholder: 'Empty for all, or e.g. TWO',
						},
						choice('Data', USES),
						{ fieldLabel: 'Asked by', fieldType: 'text', placeholder: 'Your name or initials' },
					],
				},
				options: { appendAttribution: false, buttonLabel: 'Replay' },
			},
			{ webhookId: 'gpp-replay-form' },
		)
		.node('Called by a workflow', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, [0, 220], {
			inputSource: 'passthrough',
		})
		.node(
			'What is asked for',
			'n8n-nodes-base.set',
			3.4,
			[240, 100],
			{
				mode: 'manual',
				assignments: {
					assignments: [
						assignment('by_form', "={{ !!$json['What'] }}", 'boolean'),
						assignment('choice', valueOf(CHOICES, 'What', 'choice'), 'string'),
						assignment('search', given('Records', 'search'), 'string'),
						assignment('from', given('First day', 'from'), 'string'),
						assignment('to', given('Last day', 'to'), 'string'),
						assignment('entity', valueOf(KINDS, 'Kind', 'entity'), 'string'),
						assignment('company', given('GP company', 'company'), 'string'),
						assignment('use', valueOf(USES, 'Data', 'use'), 'string'),
						assignment('by', "={{ $json['Asked by'] || $json.by || 'replay form' }}", 'string'),
					],
				},
				options: {},
			},
			ONCE,
		)
		.link('Replay form', 'What is asked for')
		.link('Called by a workflow', 'What is asked for');
}

function addLookUp(flow: WorkflowBuilder): void {
	const chain = ['What is asked for'];
	const table = (
		name: string,
		x: number,
		parameters: Record<string, unknown>,
		settings: object,
	) => {
		flow.node(name, DATA_TABLE.type, DATA_TABLE.version, [x, 100], parameters, { ...settings });
		chain.push(name);
	};
	table('Table: audit events', 460, createIfAbsent(TABLES.events), ONCE);
	table('Table: parked records', 640, createIfAbsent(TABLES.parked), ONCE);
	table('Table: requests', 820, createIfAbsent(TABLES.requests), ONCE);
	table('Read parked', 1040, readRows(TABLES.parked, {}), ONCE_EVEN_IF_EMPTY);
	table('Read requests', 1220, readRows(TABLES.requests, {}), ONCE_EVEN_IF_EMPTY);
	flow.chain(...chain, 'Look where?');

	// A stored record may only go when nothing newer went since it was last tried.
	const since = `${ASKED}.choice === 'handled' ? (${ASKED}.from || '9999') : ($('Read parked').all().map(row => row.json.last_tried_at).filter(Boolean).sort()[0] ?? '9999')`;
	const until = `${ASKED}.choice === 'handled' && ${ASKED}.to ? ${ASKED}.to + 'T99' : '9999'`;
	flow
		.node('Look where?', 'n8n-nodes-base.switch', 3.2, [1420, 100], lookWhere(), ONCE)
		.node(
			'Names',
			'n8n-nodes-base.set',
			3.4,
			[1660, -120],
			{
				mode: 'manual',
				assignments: {
					assignments: [
						assignment(
							'names',
							// A voucher is found with and without the zeros in front of it.
							`={{ ${ASKED}.search.split(/[\\n\\r,]+/).map(name => name.trim().replace(/^0+(?=.)/, '')).filter(Boolean) }}`,
							'array',
						),
					],
				},
				options: {},
			},
			ONCE,
		)
		.node('One by one', 'n8n-nodes-base.splitOut', 1, [1840, -120], {
			fieldToSplitOut: 'names',
			options: { destinationFieldName: 'name' },
		})
		.node(
			'Find events by name',
			DATA_TABLE.type,
			DATA_TABLE.version,
			[2020, -120],
			selectRows(TABLES.events, {
				any: true,
				where: [
					['gp_key', 'ilike', '=%{{ $json.name }}%'],
					['gp_label', 'ilike', '=%{{ $json.name }}%'],
				],
				newestBy: 'id',
				limit: 500,
			}),
			{ alwaysOutputData: true },
		)
		.node(
			'Find events by day',
			DATA_TABLE.type,
			DATA_TABLE.version,
			[2020, 100],
			selectRows(TABLES.events, {
				where: [
					['at', 'gte', `={{ ${since} }}`],
					['at', 'lt', `={{ ${until} }}`],
				],
			}),
			ONCE_EVEN_IF_EMPTY,
		)
		.link('Look where?', 'Names', 0)
		.chain('Names', 'One by one', 'Find events by name', 'Plan requests')
		.link('Look where?', 'Find events by day', 1)
		.link('Find events by day', 'Plan requests')
		.link('Look where?', 'Plan requests', 2);
}

function addPlan(flow: WorkflowBuilder): void {
	const found = ['Find events by name', 'Find events by day'].map(
		(node) => `($('${node}').isExecuted ? ${rows(node)} : [])`,
	);
	flow
		.node(
			'Plan requests',
			GP_TO_PROCORE,
			1,
			[2280, 100],
			{
				resource: 'request',
				operation: 'plan',
				...Object.fromEntries(
					['choice', 'search', 'from', 'to', 'entity', 'company', 'use', 'by'].map((name) => [
						name,
						`={{ ${ASKED}.${name} }}`,
					]),
				),
				eventRows: `={{ [...${found[0]}, ...${found[1]}] }}`,
				parkedRows: `={{ ${rows('Read parked')} }}`,
				requestRows: `={{ ${rows('Read requests')} }}`,
			},
			ONCE,
		)
		.node(
			'New requests?',
			'n8n-nodes-base.if',
			2.2,
			[2500, 100],
			isTrue('={{ $json.rows.length > 0 }}'),
		)
		.node('Request rows', 'n8n-nodes-base.splitOut', 1, [2720, -20], {
			fieldToSplitOut: 'rows',
			options: {},
		})
		.node(
			'Save requests',
			DATA_TABLE.type,
			DATA_TABLE.version,
			[2900, -20],
			insertRows(TABLES.requests),
		)
		.node(
			'Anything to do?',
			'n8n-nodes-base.if',
			2.2,
			[3120, 100],
			isTrue(`={{ ${PLAN}.start }}`),
			ONCE,
		)
		.chain('Plan requests', 'New requests?')
		.link('New requests?', 'Request rows', 0)
		.link('New requests?', 'Anything to do?', 1)
		.chain('Request rows', 'Save requests', 'Anything to do?');
}

function addRun(flow: WorkflowBuilder): void {
	const parts = `({ vendor: ['vendors'], account: ['accounts'], payable: ['payables'] })[${ASKED}.entity] ?? ['vendors', 'accounts', 'payables']`;
	flow
		.node(
			'How to run',
			'n8n-nodes-base.set',
			3.4,
			[3340, 0],
			{
				mode: 'manual',
				assignments: {
					assignments: [
						assignment('start_kind', 'replay', 'string'),
						assignment('dry_run', '={{ false }}', 'boolean'),
						assignment('read_from', `={{ ${PLAN}.readFrom }}`, 'string'),
						assignment(
							'parts',
							`={{ ${PLAN}.readFrom ? (${parts}) : ['vendors', 'accounts', 'payables'] }}`,
							'array',
						),
						assignment('only_requested', `={{ ${PLAN}.readFrom === '' }}`, 'boolean'),
					],
				},
				options: {},
			},
			ONCE,
		)
		.node(
			'Start sync',
			'n8n-nodes-base.executeWorkflow',
			1.2,
			[3540, 0],
			{
				source: 'database',
				workflowId: { __rl: true, mode: 'id', value: 'gpp-sync' },
				workflowInputs: { mappingMode: 'defineBelow', value: {}, matchingColumns: [], schema: [] },
				mode: 'once',
				options: { waitForSubWorkflow: true },
			},
			{ onError: 'continueErrorOutput' },
		)
		.node(
			'Not run',
			'n8n-nodes-base.set',
			3.4,
			[3760, 120],
			{
				mode: 'manual',
				assignments: {
					assignments: [
						assignment(
							'problem',
							"={{ $json.error?.message ?? $json.error ?? 'no reason was given' }}",
							'string',
						),
					],
				},
				options: {},
			},
			ONCE,
		)
		.link('Anything to do?', 'How to run', 0)
		.chain('How to run', 'Start sync')
		.link('Start sync', 'What still waits', 0)
		.link('Start sync', 'Not run', 1)
		.link('Not run', 'What still waits')
		.link('Anything to do?', 'What still waits', 1);
}

function addAnswer(flow: WorkflowBuilder): void {
	flow
		.node(
			'What still waits',
			DATA_TABLE.type,
			DATA_TABLE.version,
			[3980, 100],
			readRows(TABLES.requests, {}),
			ONCE_EVEN_IF_EMPTY,
		)
		.node(
			'What became of them',
			DATA_TABLE.type,
			DATA_TABLE.version,
			[4160, 100],
			selectRows(TABLES.events, { where: [['at', 'gte', `={{ ${PLAN}.asked_at }}`]] }),
			ONCE_EVEN_IF_EMPTY,
		)
		.node(
			'In plain words',
			GP_TO_PROCORE,
			1,
			[4360, 100],
			{
				resource: 'request',
				operation: 'tell',
				plan: `={{ ${PLAN} }}`,
				problem: "={{ $('Not run').isExecuted ? $('Not run').first().json.problem : '' }}",
				eventRows: `={{ ${rows('What became of them')} }}`,
				requestRows: `={{ ${rows('What still waits')} }}`,
			},
			ONCE,
		)
		.node(
			'Asked by form?',
			'n8n-nodes-base.if',
			2.2,
			[4560, 100],
			isTrue(`={{ ${ASKED}.by_form }}`),
		)
		.node('Answer page', 'n8n-nodes-base.form', 1, [4780, 0], {
			operation: 'completion',
			completionTitle: 'Replay',
			completionMessage: '={{ $json.html }}',
			options: {},
		})
		.node('Answer', 'n8n-nodes-base.noOp', 1, [4780, 200], {})
		.chain('What still waits', 'What became of them', 'In plain words', 'Asked by form?')
		.link('Asked by form?', 'Answer page', 0)
		.link('Asked by form?', 'Answer', 1);
}

/** By name, by day, or nowhere: the parked table is enough, or GP itself is asked. */
function lookWhere() {
	const rule = (title: string, expression: string) => ({
		...isTrue(`={{ ${expression} }}`),
		options: undefined,
		renameOutput: true,
		outputKey: title,
	});
	const byDay = `${ASKED}.choice === 'handled' || (${ASKED}.choice === 'waiting' && ${ASKED}.use === 'stored')`;
	return {
		mode: 'rules',
		rules: {
			values: [
				rule(
					'By name',
					`${ASKED}.choice === 'records' && ${ASKED}.search.replace(/[\\s,0]/g, '') !== ''`,
				),
				rule('By day', byDay),
			].map(({ options: _options, ...one }) => one),
		},
		options: { fallbackOutput: 'extra', renameFallbackOutput: 'Nowhere' },
	};
}

function addNotes(flow: WorkflowBuilder): void {
	flow
		.note(
			[
				'## Send something again',
				'Open **Replay form**, choose or create a *Basic Auth* credential (a user name and a password of your choice: it keeps the form from strangers), and publish the workflow. The address of the form stands in that node.',
				'',
				'- **The records named below**: a voucher, a vendor id, an account, or a piece of one; many with one per line.',
				'- **All that failed or wait**: everything in gpp_parked.',
				'- **All handled between two days**: everything with an event on these days.',
				'- **All that GP changed since a day**: a backfill. The whole time is read again; the watermark is left alone.',
			].join('\n'),
			[-40, -340],
			620,
			280,
			4,
		)
		.note(
			[
				'## What is meant?',
				'Records are looked up in the audit trail and in gpp_parked. A piece that **several** records match is not guessed: the answer names them.',
				'',
				'*The record as it was stored* sends what was kept when the record was parked. It is refused when newer data of the record went to Procore since.',
			].join('\n'),
			[1400, -400],
			620,
			180,
			5,
		)
		.note(
			[
				'## The run',
				'The records stand in **gpp_request** until a run has taken them, each only once. **Start sync** calls *GP to Procore: sync* for these records alone.',
				'',
				'After *Import from File* n8n gives workflows new ids: open **Start sync** and choose the sync workflow from the list. Until then the form still works: the next run of the sync takes the records.',
			].join('\n'),
			[3100, -260],
			620,
			180,
			5,
		)
		.note(
			[
				'## The answer',
				'Says what went, what was right already, what failed and why. Everything else stands in gpp_event, where `replay_of` names the request.',
			].join('\n'),
			[4120, -140],
			520,
			120,
			6,
		);
}
