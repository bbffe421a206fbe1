import { addGroups } from './dashboard/groups';
import { selectRows } from './data-table-nodes';
import { PAGE_PATH, response } from './dashboard/answers';
import { ASKED, CHOSEN, EXPORT_READS, LANES } from './dashboard/lanes';
import { addReplay } from './dashboard/replay';
import { readTogether } from './dashboard/shared';
import { addWebhook } from './guarded-triggers';
import { ENGINE, EVEN_IF_ABSENT, ONCE, route, rows, rowsIn } from './node-parameters';
import { WorkflowBuilder, type WorkflowFile } from './workflow-builder';

/**
 * A page to look at, served by n8n itself: how the sync stands, what waits, any record's story, GP
 * against Procore; with buttons that ask for a record again. Every visit reads a few rows, whatever
 * the tables hold.
 */
export function gpToProcoreDashboard(): WorkflowFile {
	const flow = new WorkflowBuilder('gpp-dashboard', 'GP to Procore: dashboard');
	addPage(flow);
	addExport(flow);
	addReplay(flow);
	addNotes(flow);
	addGroups(flow);
	return flow.build(
		{
			// An execution that is kept shows the visitor's password: it stands in the call's headers.
			saveDataErrorExecution: 'none',
			saveDataSuccessExecution: 'none',
			saveManualExecutions: false,
			saveExecutionProgress: false,
			executionTimeout: 60,
			errorWorkflow: 'gpp-errors',
		},
		['Dynamics GP', 'Procore'],
	);
}

function addPage(flow: WorkflowBuilder): void {
	addWebhook(flow, 'Page opened', [0, 0], {
		webhookId: 'gpp-dashboard',
		method: 'GET',
		path: PAGE_PATH,
	});
	flow
		.node('Read question', ENGINE, 1, [220, 0], {
			resource: 'report',
			operation: 'readQuestion',
		})
		.node(
			'Which page?',
			'n8n-nodes-base.switch',
			3.2,
			[440, 0],
			route('={{ $json.lane }}', [
				...LANES.map(({ page, title }): [string, string] => [page, title]),
				['export', 'Export'],
			]),
		)
		.node(
			'Send page',
			'n8n-nodes-base.respondToWebhook',
			1.5,
			[2200, 0],
			response('={{ $json.html }}', 'text/html'),
		)
		.chain('Page opened', 'Read question', 'Which page?');
	LANES.forEach((lane, index) => {
		const y = (index - (LANES.length - 1) / 2) * 200;
		const names = lane.reads.map(({ rows, table, selection }, place) => {
			const name = `${lane.title}: ${rows}`;
			flow.table(name, [900, y + place * 40], selectRows(table, selection), EVEN_IF_ABSENT);
			return name;
		});
		const isChosen = lane.page === 'reconciliation';
		const chosen = isChosen ? addChosen(flow, y) : '';
		const read = `${lane.title}: all read`;
		if (isChosen) flow.link('Which page?', names[0]!, index).chain(names[0]!, chosen);
		readTogether(
			flow,
			isChosen ? [chosen, 0] : ['Which page?', index],
			isChosen ? names.slice(1) : names,
			[read, [1300, y]],
		);
		const behind = lane.page === 'crosswalks' ? [addChoices(flow, [1600, y])] : [];
		names.push(...behind);
		const draw = `Draw ${lane.title.toLowerCase()}`;
		flow
			.node(
				draw,
				ENGINE,
				1,
				[1940, y],
				{
					resource: 'report',
					operation: 'page',
					question: `={{ ${ASKED} }}`,
					tables: `={{ { ${names.map((name) => `${name.split(': ')[1]}: ${rowsIn(name)}`).join(', ')} } }}`,
					linkHosts: '=procore.com, procoregov.com, {{ $execution.resumeUrl }}',
				},
				{ ...ONCE, onError: 'continueRegularOutput' },
			)
			.chain(read, ...behind, draw, 'Send page');
	});
}

/** Of which company the reconciliation is shown. */
function addChosen(flow: WorkflowBuilder, y: number): string {
	flow.node(
		CHOSEN,
		ENGINE,
		1,
		[800, y],
		{
			resource: 'report',
			operation: 'chooseReconciliation',
			company: `={{ ${ASKED}.company }}`,
			totalRows: rows('Reconciliation: totals'),
		},
		EVEN_IF_ABSENT,
	);
	return CHOSEN;
}

/** A workbook of events, waiting records and the reconciliation, to be downloaded. */
function addExport(flow: WorkflowBuilder): void {
	const y = 800;
	const names = EXPORT_READS.map(({ rows, table, selection }, place) => {
		const name = `Export: ${rows}`;
		flow.table(name, [800, y + place * 40], selectRows(table, selection), EVEN_IF_ABSENT);
		return name;
	});
	readTogether(flow, ['Which page?', LANES.length], names, ['Export: all read', [1100, y]]);
	flow
		.node(
			'Make workbook',
			ENGINE,
			1,
			[1400, y],
			{
				resource: 'report',
				operation: 'workbook',
				question: `={{ ${ASKED} }}`,
				tables: `={{ { ${names.map((name) => `${name.split(': ')[1]}: ${rowsIn(name)}`).join(', ')} } }}`,
			},
			ONCE,
		)
		.node('Send file', 'n8n-nodes-base.respondToWebhook', 1.5, [1600, y], {
			respondWith: 'binary',
			responseDataSource: 'set',
			inputFieldName: 'data',
			options: {
				responseHeaders: {
					entries: [
						{
							name: 'Content-Disposition',
							value: '=attachment; filename="{{ $json.name }}"',
						},
						{ name: 'Cache-Control', value: 'no-store' },
						{ name: 'X-Content-Type-Options', value: 'nosniff' },
						{ name: 'X-Frame-Options', value: 'DENY' },
					],
				},
			},
		})
		.chain('Export: all read', 'Make workbook', 'Send file');
}

/** What Procore offers for the row looked at; nothing is read while none is. */
function addChoices(flow: WorkflowBuilder, position: [number, number]): string {
	const name = 'Crosswalks: choices';
	flow.node(
		name,
		ENGINE,
		1,
		position,
		{
			resource: 'crosswalk',
			operation: 'choices',
			kind: `={{ ${ASKED}.kind }}`,
			key: `={{ ${ASKED}.key }}`,
			projectCrosswalk: rows('Crosswalks: jobs'),
		},
		{ ...ONCE, onError: 'continueRegularOutput' },
	);
	return name;
}

function addNotes(flow: WorkflowBuilder): void {
	flow
		.note(
			[
				'## A page to look at',
				'1. Open **Page opened** and choose or create a *Basic Auth* credential: a user name and a long password of your own. It keeps the page from strangers.',
				'2. Choose the same credential in **Replay pressed**.',
				'3. Publish this workflow, and *GP to Procore: sync* for the replay buttons.',
				'4. Open the *Production URL* of **Page opened** in a browser: `https://<your n8n>/webhook/gpp-dashboard`.',
			].join('\n'),
			[-60, -330],
			620,
			250,
			4,
		)
		.note(
			[
				'## What each page reads',
				'**Draw the page** has one lane a page. Every visit reads at most some thousand rows, the newest first, so that it stays quick with hundreds of thousands of events. Nothing is written here. *Crosswalks* also asks Procore what there is to choose from: choose the *Procore OAuth2 API* credential in **Crosswalks: choices**.',
				'',
				'The page has no script and loads nothing from outside. Everything in the tables is shown as text; only addresses of Procore and of this n8n become links (*Hosts to Link* in the **Draw** nodes).',
				'',
				'**Executions of this workflow are not kept**: a kept one would show the visitor’s password.',
			].join('\n'),
			[640, -330],
			760,
			250,
			5,
		)
		.note(
			[
				'## Buttons',
				'*Replay*: a button asks for one record, or for all that wait, to be read again from GP: a row in **gpp_request**, and the sync is started for these alone. The browser does not wait; the page it returns to looks again by itself. Asking twice does no harm.',
				'',
				'*Save* writes a crosswalk row and asks for the records it concerns; *Reconcile now* starts the comparison. Who did what stands in **gpp_page_log**.',
				'',
				'A button counts only when it was pressed on a page made for the same visitor within twelve hours, so another web site cannot press it.',
				'',
				'If the workflows were imported one by one in the editor, choose *GP to Procore: sync* in **Start sync**.',
			].join('\n'),
			[-60, 360],
			760,
			250,
			6,
		);
}
