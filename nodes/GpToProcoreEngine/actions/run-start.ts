import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import { readFault } from '../../../lib/model/connector-error';
import type { LeaseRow, RunPart, RunRow, RunState } from '../../../lib/audit/event-row';
import { WRITES_ENDED } from '../../../lib/procore/errors/procore-errors';
import { checkTables } from '../../../lib/run/failed-run';
import { type WatermarkRow, watermarksOf } from '../../../lib/run/events-of-batch';
import { isInFuture, readStart } from '../../../lib/run/forms';
import {
	LEASE_MINUTES,
	RUNS_AT_ONE_GP,
	beforeAtGp,
	claimLease,
	companyChanged,
	heldBy,
	leaseEnd,
	leaseRow,
	yieldedRow,
} from '../../../lib/run/lease';
import { LEASE_LOST, openRun, runRow, withWatermarks } from '../../../lib/run/run';
import { ENTITIES, PARTS_IN_ORDER, STREAMS } from '../../../lib/streams/streams';
import { toItem } from '../../shared/item-kinds';
import type { Operation } from '../../shared/operations';
import { readList } from '../../shared/read-values';
import { rowsProperty } from '../../shared/rows-property';
import { readForm } from './form.resource';
import { executionOf, readState, stateProperty } from './run-state';

export const readStartStep = readForm(
	{
		name: 'Read Start',
		value: 'readStart',
		action: 'Read how a run was started',
		description: 'Read from a trigger or a form how the run is to go',
	},
	readStart,
);

export const open: Operation = {
	option: {
		name: 'Open',
		value: 'open',
		action: 'Open a run',
		description: 'Begin a run: its state, and the lease it asks for',
	},
	fields: [
		{
			displayName: 'Start Kind',
			name: 'startKind',
			type: 'options',
			default: 'manual',
			description: 'What started the run; shown in the runs table',
			options: [
				{ name: 'Form', value: 'form' },
				{ name: 'Manual', value: 'manual' },
				{ name: 'Replay', value: 'replay' },
				{ name: 'Schedule', value: 'schedule' },
			],
		},
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: false,
			description: 'Whether to do everything but write to Procore',
		},
		{
			displayName: 'Read From',
			name: 'readFrom',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2026-01-31',
			description:
				'Read everything changed since this date again. Empty goes on from where the last run ended. The watermark is left alone.',
		},
		{
			displayName: 'Parts',
			name: 'parts',
			type: 'multiOptions',
			default: [...PARTS_IN_ORDER],
			description: 'What the run covers. Vendors and GL accounts always go before invoices.',
			options: ENTITIES.map((entity) => {
				const { option, part } = STREAMS[entity];
				return { name: `${option}s`, value: part };
			}).sort((left, right) => (left.name < right.name ? -1 : 1)),
		},
		{
			displayName: 'Only Requested',
			name: 'onlyRequested',
			type: 'boolean',
			default: false,
			description:
				'Whether to do only what stands in the requests table, and neither read what changed nor try again what waits',
		},
		{
			displayName: 'Lease Minutes',
			name: 'leaseMinutes',
			type: 'number',
			typeOptions: { minValue: 0.01 },
			default: LEASE_MINUTES,
			description:
				'How long the run may be silent before another one takes over. While it holds its lease, other runs of the company are skipped.',
		},
		{
			displayName: 'Runs at One GP Server',
			name: 'gpRuns',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: RUNS_AT_ONE_GP,
			description:
				'How many runs, of whatever companies and on whatever workers, read one GP server at once. Others wait, ten minutes at most.',
		},
		rowsProperty(
			'Tables',
			'tables',
			'Tables as the nodes gave them that make them. One that lacks a column of this release stops the run before anything is read.',
		),
		{
			displayName: 'Company Database ID',
			name: 'company',
			type: 'string',
			default: '',
			placeholder: 'e.g. TWO',
			description:
				'GP company of the run. Leave empty to take it from the Dynamics GP credential above.',
		},
	],
	async execute() {
		const now = new Date().toISOString();
		checkTables(readList(this, 'tables'));
		const gp = await gpOf(this);
		const state = openRun({
			runId: randomUUID(),
			startKind: this.getNodeParameter('startKind', 0, 'manual') as RunState['startKind'],
			company: gp.company,
			companyNamed: gp.named,
			dryRun: this.getNodeParameter('dryRun', 0, false) as boolean,
			from: dateOf(this, now),
			parts: this.getNodeParameter('parts', 0, []) as RunPart[],
			now,
			chained: true,
			onlyRequested: this.getNodeParameter('onlyRequested', 0, false) as boolean,
			leaseMinutes:
				Number(this.getNodeParameter('leaseMinutes', 0, LEASE_MINUTES)) || LEASE_MINUTES,
			gpServer: gp.server,
			gpRuns: Math.max(
				1,
				Number(this.getNodeParameter('gpRuns', 0, RUNS_AT_ONE_GP)) || RUNS_AT_ONE_GP,
			),
		});
		const lease = leaseRow(state, { executionId: this.getExecutionId(), now });
		return [[toItem({ state, lease }, 0)]];
	},
};

/**
 * Company of the run, whether it was typed here, and the host its GP credential names; blank where rows
 * come by another workflow.
 */
async function gpOf(
	context: IExecuteFunctions,
): Promise<{ company: string; named: boolean; server: string }> {
	const typed = String(context.getNodeParameter('company', 0, '') ?? '').trim();
	const credential = context.getNode().credentials?.dynamicsGpApi
		? await context.getCredentials('dynamicsGpApi')
		: {};
	const company = typed || String(credential.companyId ?? '').trim();
	const server = credential.door === 'rows' ? '' : hostOf(credential);
	if (company) return { company, named: typed !== '', server };
	throw new NodeOperationError(context.getNode(), 'The GP company of the run is not known', {
		description:
			"Choose the Dynamics GP credential in this node, or fill in 'Company Database ID'.",
	});
}

function hostOf({ serviceAddress }: { serviceAddress?: unknown }): string {
	const address = String(serviceAddress ?? '').trim();
	return URL.canParse(address) ? new URL(address).host.toLowerCase() : '';
}

/** `YYYY-MM-DD`; a form gives a date, an expression perhaps a time. */
function dateOf(context: IExecuteFunctions, now: string): string | null {
	const text = String(context.getNodeParameter('readFrom', 0, '') ?? '').trim();
	if (text === '') return null;
	const date = text.slice(0, 10);
	if (/^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(date))) {
		if (!isInFuture(date, now)) return date;
		throw new NodeOperationError(
			context.getNode(),
			`The parameter 'Read From' lies in the future: ${date}. Nothing changed since then, and a run that reads nothing would be called a success`,
			{ description: 'Give an earlier date, or leave it empty.' },
		);
	}
	throw new NodeOperationError(
		context.getNode(),
		`The parameter 'Read From' is not a date: ${text}`,
		{
			description: 'Give a date as 2026-01-31, or leave it empty.',
		},
	);
}

export const claim: Operation = {
	option: {
		name: 'Claim',
		value: 'claim',
		action: 'Claim the lease of a run',
		description: 'Go on if no other run of this company is at work, or be skipped',
	},
	fields: [
		stateProperty,
		rowsProperty(
			'Lease Rows',
			'leaseRows',
			'Rows of the leases table, the one of this run included',
		),
		rowsProperty('Run Rows', 'runRows', 'Rows of the runs table whose status is running'),
		rowsProperty(
			'Watermark Rows',
			'watermarkRows',
			'Rows of the watermarks table for this company',
		),
		rowsProperty(
			'Runs of Other Companies',
			'otherRunRows',
			'Newest rows of the runs table that this workflow wrote for other companies',
		),
		{
			displayName: 'Watermark in Table',
			name: 'watermarkInTable',
			type: 'boolean',
			default: false,
			description:
				'Whether each batch reads the watermark of its stream from the table, rather than the run carrying it along',
		},
	],
	outputs: ['Go On', 'Held by Another', 'Abandoned Runs', 'Take It'] as const,
	async execute() {
		const now = new Date().toISOString();
		const opened = readState(this);
		const execution = executionOf(this);
		const claim = claimLease({
			state: opened,
			leases: readList<LeaseRow>(this, 'leaseRows'),
			openRuns: readList<RunRow>(this, 'runRows'),
			executionId: execution.executionId,
			now,
		});
		const inTable = this.getNodeParameter('watermarkInTable', 0, false) === true;
		const watermarks = watermarksOf(
			readList<WatermarkRow>(this, 'watermarkRows'),
			opened.company,
			!inTable,
		);
		const wrong = companyChanged(
			opened,
			readList<RunRow>(this, 'otherRunRows'),
			Object.keys(watermarks).length > 0,
		);
		const state = {
			...withWatermarks(opened, watermarks, inTable),
			execution: { id: execution.executionId, link: execution.executionLink },
		};
		if (wrong) {
			const row = yieldedRow(state, null, { ...execution, now }, wrong);
			return [[], [toItem({ state, row, error: wrong, resumed: true }, 0)], [], []];
		}
		switch (claim.verdict) {
			case 'held': {
				const row = runRow(state, { ...execution, status: 'running', aliveAt: now });
				return [[toItem({ state, row }, 0)], [], claim.abandoned.map((one) => toItem(one, 0)), []];
			}
			case 'yields': {
				const yielded = {
					state,
					row: yieldedRow(state, claim.holder, { ...execution, now }),
					error: heldBy(state, claim.holder, now),
					resumed: state.resumed ?? false,
				};
				return [[], [toItem(yielded, 0)], [], []];
			}
			case 'free':
				return [[], [], [], [toItem(claim.take, 0)]];
		}
	},
};

export const gpTurn: Operation = {
	option: {
		name: 'GP Turn',
		value: 'gpTurn',
		action: 'Wait for a turn at the GP server',
		description: 'Go on once few enough runs read the same GP server',
	},
	fields: [
		stateProperty,
		rowsProperty('Lease Rows', 'leaseRows', 'Rows of the leases table, of all companies'),
	],
	outputs: ['Go On', 'Wait'] as const,
	/** Who waits renews its lease meanwhile. */
	async execute() {
		const now = new Date().toISOString();
		const state = readState(this);
		const before = beforeAtGp(state, readList<LeaseRow>(this, 'leaseRows'), now);
		if (before.length === 0) return [[toItem({ state }, 0)], []];
		const runs = before.map(({ gp_company, run_id }) => ({ gp_company, run_id }));
		return [[], [toItem({ until: leaseEnd(state, now), before: runs }, 0)]];
	},
};

/** So often in a row a batch may take longer than its lease: each time it writes a part of it. */
const MOST_REPEATS = 20;

export const resume: Operation = {
	option: {
		name: 'Resume',
		value: 'resume',
		action: 'Resume a run that failed',
		description: 'Fail with what went wrong; when the execution is retried, let the run go on',
	},
	fields: [
		stateProperty,
		{
			displayName: 'Error',
			name: 'error',
			type: 'string',
			default: '',
			description: 'Why the run failed',
		},
		{
			displayName: 'Failed Execution',
			name: 'failedExecution',
			type: 'string',
			default: '',
			description:
				'ID of the execution in which the run failed. In that one this node fails; in a retry of it the run goes on.',
		},
	],
	/**
	 * The end of a failed run, and its beginning again: n8n's Retry starts at the node that failed. So
	 * the failure is first written down, the lease given back, and only then this node fails with what
	 * went wrong; retried, it lets the run go on with the state it had.
	 *
	 * A run that broke off elsewhere was closed, and its lease given back, by the errors workflow. Its
	 * Retry begins in the middle, without a lease: such a run goes on from here at once. So does one
	 * whose batch took longer than its lease: what it had not written, it writes under a new one.
	 */
	async execute() {
		const { executionId } = executionOf(this);
		const failedExecution = String(this.getNodeParameter('failedExecution', 0, '') ?? '');
		const message = String(this.getNodeParameter('error', 0, '') || 'The run failed');
		const failed = readState(this);
		// Which execution took the lease this state speaks of.
		const takenByAnother = failed.execution !== undefined && failed.execution.id !== executionId;
		const known = readFault(message);
		const onlyWantsLease = known.code === LEASE_LOST && takenByAnother;
		const repeats = (failed.repeats ?? 0) + 1;
		const goesOn = known.code === WRITES_ENDED && repeats <= MOST_REPEATS;
		if (failedExecution === executionId && !onlyWantsLease && !goesOn) {
			const error = new NodeOperationError(this.getNode(), known.message, {
				description:
					known.remedy ||
					'Mend what the message says, then press Retry on this execution in the executions list: the run goes on where the last batch was recorded.',
			});
			// n8n swaps messages that contain e.g. ECONNREFUSED for a general one; ours says more.
			error.message = known.message;
			throw error;
		}
		const state = { ...failed, resumed: true, ...(goesOn ? { repeats } : {}) };
		const lease = leaseRow(state, {
			executionId,
			now: new Date().toISOString(),
		});
		return [[toItem({ state, lease }, 0)]];
	},
};
