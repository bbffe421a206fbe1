import { SETUP_FORM } from '../../lib/run/forms';
import { addGroups } from './setup/groups';
import { addCheck } from './setup/check';
import { addPreview } from './setup/preview';
import { CROSSWALK_READS, CROSSWALK_ROWS } from './crosswalk-reads';
import { insertRows, makeTables, readRows, upsertRow } from './data-table-nodes';
import { addButtonPage, addConfirmation, addForm, choice } from './guarded-triggers';
import {
	ENGINE,
	GP_TO_PROCORE,
	isTrue,
	ONCE,
	ONCE_EVEN_IF_EMPTY,
	routeByField,
	rows,
	wholeItem,
} from './node-parameters';
import { TABLES } from '../../lib/tables/tables';
import { KEPT, WorkflowBuilder, type WorkflowFile } from './workflow-builder';

const OPTIONS = "$('Setup options').first().json";
const SUMMARY = "$('Suggest rows').first(3).json";

/**
 * The first thing to run: makes every table, looks where job, cost code and cost type stand, and fills
 * the crosswalks with what GP and Procore have, linked where it is sure and with candidates where it is
 * not. What it found counts once somebody has accepted it. Writes to neither system.
 */
export function gpToProcoreSetup(): WorkflowFile {
	const flow = new WorkflowBuilder('gpp-setup', 'GP to Procore: setup');
	addStarts(flow);
	addTables(flow);
	addSuggestions(flow);
	addAnswer(flow);
	addPreview(flow);
	addCheck(flow);
	addPage(flow);
	addNotes(flow);
	addGroups(flow);
	return flow.build({ ...KEPT, errorWorkflow: 'gpp-errors' }, ['Dynamics GP', 'Procore']);
}

function addStarts(flow: WorkflowBuilder): void {
	flow.node('Set up now', 'n8n-nodes-base.manualTrigger', 1, [0, 0], {});
	addForm(flow, 'Set up with options', [0, 200], {
		webhookId: 'gpp-setup-form',
		title: 'Set up Dynamics GP to Procore',
		description:
			'Makes the tables, looks where your books have job, cost code and cost type, and shows it to be accepted. Then fills the crosswalks with the jobs, accounts and vendors of GP; rows that are there stay as they are.',
		fields: [
			choice(SETUP_FORM.link, Object.keys(SETUP_FORM.linkChoices)),
			{ fieldLabel: SETUP_FORM.from, fieldType: 'date' },
		],
		button: 'Go on',
	});
	flow
		.node('Setup options', ENGINE, 1, [240, 0], { resource: 'form', operation: 'setup' }, ONCE)
		.link('Set up now', 'Setup options')
		.link('Set up with options', 'Setup options');
}

const READS = [...CROSSWALK_READS, ['Read findings', readRows(TABLES.findings, {})] as const];

/** Every table of the set, so that each workflow finds them whichever runs first. */
function addTables(flow: WorkflowBuilder): void {
	const steps = Object.values(TABLES).map((table) => [
		`Table: ${table.name.replace('gpp_', '').replaceAll('_', ' ')}`,
		table,
	]);
	const names = makeTables(flow, Object.fromEntries(steps), [480, 0], { perRow: 7 });
	flow.chain(...names, ...READS.map(([name]) => name), 'Suggest rows');
	addConfirmation(flow, 'Really set up?', [480, -200], {
		from: 'Setup options',
		to: names[0]!,
		description: 'Press Set up to read GP and Procore and to fill the tables of n8n.',
		button: 'Set up',
	});
}

function addSuggestions(flow: WorkflowBuilder): void {
	READS.forEach(([name, parameters], index) => {
		flow.table(name, [480 + index * 200, 560], parameters, ONCE_EVEN_IF_EMPTY);
	});
	flow.node(
		'Suggest rows',
		GP_TO_PROCORE,
		2,
		[1540, 560],
		{
			resource: 'crosswalk',
			operation: 'suggest',
			...CROSSWALK_ROWS,
			findingRows: rows('Read findings'),
			threshold: `={{ ${OPTIONS}.threshold }}`,
			payablesFrom: `={{ ${OPTIONS}.payables_from }}`,
		},
		ONCE,
	);
	// What Suggest rows gives on five outputs comes in at one place, as a group wants it, and is told
	// apart again. n8n runs the outputs from top to bottom: findings are written before they are shown.
	flow
		.node('What was found', 'n8n-nodes-base.merge', 3.2, [1800, 560], {
			mode: 'append',
			numberInputs: FOUND,
		})
		.node(
			'Which table?',
			'n8n-nodes-base.switch',
			3.2,
			[2000, 560],
			routeByField([
				['subject', 'Finding'],
				['gp_job', 'Job'],
				['gp_account', 'Account'],
				['gp_vendor_id', 'Vendor'],
				['title', 'Summary'],
			]),
		)
		.chain('What was found', 'Which table?');
	for (let output = 0; output < FOUND; output++)
		flow.link('Suggest rows', 'What was found', output, output);
	const writes: Array<[string, Record<string, unknown>]> = [
		['Write findings', upsertRow(TABLES.findings, ROW_OF_FINDING, 'fromItem')],
		['Add jobs', insertRows(TABLES.projects)],
		['Add accounts', insertRows(TABLES.accounts)],
		['Add vendors alike', insertRows(TABLES.vendors)],
	];
	writes.forEach(([name, parameters], index) => {
		flow.table(name, [2220, 220 + index * 160], parameters).link('Which table?', name, index);
	});
	flow.link('Which table?', 'Asked by form?', writes.length);
}

/** Outputs of Suggest rows: jobs, accounts, vendors, the summary, findings. */
const FOUND = 5;

const ROW_OF_FINDING = {
	gp_company: '={{ $json.gp_company }}',
	subject: '={{ $json.subject }}',
};

/** Somebody who asked by form sees what was found, accepts it where that is needed, and is answered. */
function addAnswer(flow: WorkflowBuilder): void {
	flow
		.node(
			'Asked by form?',
			'n8n-nodes-base.if',
			2.2,
			[2020, 1060],
			isTrue(`={{ ${OPTIONS}.by_form }}`),
		)
		.node(
			'Anything to accept?',
			'n8n-nodes-base.if',
			2.2,
			[2220, 1060],
			isTrue(`={{ ${SUMMARY}.toAccept }}`),
		);
	const pressed = addButtonPage(flow, 'Accept what was found?', [2440, 960], {
		description: `={{ ${SUMMARY}.text }}`,
		button: 'Accept',
	});
	flow
		.node(
			'What was held',
			'n8n-nodes-base.set',
			3.4,
			[2860, 960],
			wholeItem(
				`={{ { newJobs: ${SUMMARY}.held.newJobs, newAccounts: ${SUMMARY}.held.newAccounts, accepted: ${SUMMARY}.accepted } }}`,
			),
			ONCE,
		)
		.link('Asked by form?', 'Anything to accept?', 0)
		.link('Anything to accept?', 'Accept what was found?', 0)
		.link('Anything to accept?', 'Result', 1)
		.link(pressed, 'What was held', 0);
	const writes = [
		['Jobs held', 'newJobs', 'Add jobs held', insertRows(TABLES.projects)],
		['Accounts held', 'newAccounts', 'Add accounts held', insertRows(TABLES.accounts)],
		[
			'Findings to accept',
			'accepted',
			'Accept findings',
			upsertRow(TABLES.findings, ROW_OF_FINDING, 'fromItem'),
		],
	] as const;
	writes.forEach(([name, field, write, parameters], index) => {
		flow
			.node(name, 'n8n-nodes-base.splitOut', 1, [3080, 800 + index * 160], {
				fieldToSplitOut: field,
				options: {},
			})
			.table(write, [3300, 800 + index * 160], parameters)
			.chain('What was held', name, write);
	});
	flow
		.node(
			'Accepted',
			'n8n-nodes-base.form',
			1,
			[3520, 1120],
			{
				operation: 'completion',
				completionTitle: 'Accepted',
				completionMessage: `=In the tables now: jobs {{ ${SUMMARY}.newJobs }}, accounts {{ ${SUMMARY}.newAccounts }}; jobs without a project yet (gpp_project_crosswalk): {{ ${SUMMARY}.jobsOpen }}. What is accepted decides from the next run of the sync on. Start the sync as a dry run first: it shows what would be written.`,
				options: {},
			},
			ONCE,
		)
		.node('Result', 'n8n-nodes-base.form', 1, [2440, 1240], {
			operation: 'completion',
			completionTitle: `={{ ${SUMMARY}.title }}`,
			completionMessage: `={{ ${SUMMARY}.text }}`,
			options: {},
		})
		.link('Accept findings', 'Accepted');
}

/** The last page of the forms that only look: what was seen, in words. */
function addPage(flow: WorkflowBuilder): void {
	flow
		.node('Show what was seen', 'n8n-nodes-base.form', 1, [1920, 1600], {
			operation: 'completion',
			completionTitle: '={{ $json.title }}',
			completionMessage: '={{ $json.text }}',
			options: {},
		})
		.link('Preview lines', 'Show what was seen', 1)
		.link('Check connections', 'Show what was seen', 1);
}

function addNotes(flow: WorkflowBuilder): void {
	flow
		.note(
			[
				'## Run this first',
				'1. Open **Suggest rows** and choose or create the *Dynamics GP API* and *Procore OAuth2 API* credentials.',
				'2. Open the form *Check both connections*: it says what works and which field is wrong.',
				'3. Open the form *Set up with options* and accept what it found. GP and Procore are only read.',
				'4. Open the tables (Overview → Data tables) and decide what is open, then start *GP to Procore: sync*.',
				'',
				'Run it again whenever you like: it adds what is new and leaves rows that stand as they are.',
			].join('\n'),
			[-40, -340],
			620,
			260,
			4,
		)
		.note(
			[
				'## What to decide',
				'- **gpp_project_crosswalk**: every GP job. Linked where the Procore project has the same number or name; else the note lists candidates. Fill in `procore_project_id`, or write `skip` into `action`.',
				'- **gpp_account_crosswalk**: every job cost account with the cost code and cost type the sync will use.',
				'- **gpp_vendor_crosswalk**: only vendors that would be made anew although one written alike stands in Procore. Fill in `procore_vendor_id` to link them.',
				'',
				'- **gpp_finding**: where job, cost code and cost type stand, with examples. It counts once accepted: on the form, or by writing `accepted` into `status`.',
				'',
				'*Set up with options* is a form: it asks how alike names must be to be linked without you, and how far back to look through payables for jobs.',
			].join('\n'),
			[640, -340],
			860,
			260,
			5,
		);
}
