import type { JournalRow, LeaseRow, ParkedRow, RunState } from '../../../lib/audit/event-row';
import { type CheckpointItem, EMPTY_WATERMARK } from '../../../lib/model/gp-changes';
import { type Batch, beforeWriting, beginBatch, prepareBatch } from '../../../lib/run/batch';
import {
	anotherMapping,
	cursorBehind,
	type EventPattern,
	eventPatterns,
	type Knowledge,
	type MappingRow,
	mayHaveMoved,
	readByKey,
	whatToTryAgain,
} from '../../../lib/run/look-up';
import { recordsToRetry } from '../../../lib/run/parked-rows';
import type { RequestRow } from '../../../lib/run/requests/requests';
import { ENTITY_OF_PART, PARTS_IN_ORDER } from '../../../lib/streams/streams';
import { givenProjects } from '../../GpToProcore/actions/map/read-mapping-input';
import { procoreProjects } from '../../GpToProcore/descriptions/crosswalk.description';
import { toItem } from '../../shared/item-kinds';
import type { Operation } from '../../shared/operations';
import { readJson, readList, readObject, readRequired } from '../../shared/read-values';
import { rowsProperty } from '../../shared/rows-property';
import {
	executionOf,
	batchProperty,
	mappingProperty,
	parkedRowsProperty,
	readParkedRows,
	readState,
	readTried,
	stateProperty,
	triedProperties,
} from './run-state';

const leaseRowsProperty = rowsProperty('Lease Rows', 'leaseRows', 'Rows of the leases table');

export const prepareBatchStep: Operation = {
	option: {
		name: 'Prepare Batch',
		value: 'prepareBatch',
		action: 'Prepare the next batch of a run',
		description: 'Put together what the execution that does one batch needs to know',
	},
	fields: [stateProperty, procoreProjects],
	async execute() {
		return [[toItem({ ...prepareBatch(readState(this)), projects: givenProjects(this) }, 0)]];
	},
};

export const beginBatchStep: Operation = {
	option: {
		name: 'Begin Batch',
		value: 'beginBatch',
		action: 'Begin a batch of a run',
		description: 'Name a batch, renew the lease, and find out what was cut off before it',
	},
	fields: [
		stateProperty,
		leaseRowsProperty,
		rowsProperty('Journal Rows', 'journalRows', 'Rows of the journal table for this company'),
		rowsProperty(
			'Request Rows',
			'requestRows',
			'Rows of the requests table for this company and entity, the oldest first',
		),
	],
	async execute() {
		const own = executionOf(this);
		const state = readState(this);
		const batch = beginBatch({
			state,
			executionId: state.execution?.id ?? own.executionId,
			executionLink: state.execution?.link ?? own.executionLink,
			leases: readList<LeaseRow>(this, 'leaseRows'),
			journal: readList<JournalRow>(this, 'journalRows'),
			requests: readList<RequestRow>(this, 'requestRows'),
			now: new Date().toISOString(),
		});
		return [[toItem(batch, 0)]];
	},
};

export const compareMapping: Operation = {
	option: {
		name: 'Compare Mapping',
		value: 'compareMapping',
		action: 'Compare the mapping with the one used last',
		description: 'Give a row for the mappings table when it is not the one the company used last',
	},
	fields: [
		stateProperty,
		mappingProperty,
		rowsProperty('Mapping Rows', 'mappingRows', 'Rows of the mappings table for this company'),
	],
	outputs: ['Another', 'The Same'] as const,
	async execute() {
		const row = anotherMapping({
			company: readState(this).company,
			mapping: readRequired(this, 'mapping'),
			used: readList<MappingRow>(this, 'mappingRows'),
			now: new Date().toISOString(),
		});
		return row ? [[toItem(row, 0)], []] : [[], [toItem({}, 0)]];
	},
};

export const loadParked: Operation = {
	option: {
		name: 'Load Parked',
		value: 'loadParked',
		action: 'Load parked records of a run',
		description: 'Turn rows of the parked table back into GP records, to try them again',
	},
	fields: [stateProperty, parkedRowsProperty, ...triedProperties],
	async execute() {
		const state = readState(this);
		// A run of requests that finds none passes here with nothing but its checkpoint.
		const retries = state.step?.phase !== 'requested';
		const tried = retries ? readTried(this) : undefined;
		const rows = retries ? readParkedRows(this, tried?.rows) : [];
		const records = recordsToRetry(rows, state, tried?.rows);
		const cursor = tried ? cursorBehind(tried.rows, tried.again.most) : null;
		const checkpoint = toItem(checkpointOfParked(state, cursor), 0);
		return [[...records.map((record) => toItem(record, 0)), checkpoint]];
	},
};

/** Nothing was read from GP, so it vouches for nothing; it keeps the chain of nodes going. */
function checkpointOfParked(state: RunState, cursor: string | null): CheckpointItem {
	return {
		kind: 'checkpoint',
		entity: ENTITY_OF_PART[state.step?.part ?? state.parts[0]],
		company: state.company,
		watermark: state.watermark ?? EMPTY_WATERMARK,
		more: cursor !== null,
		cursor,
		counts: { read: 0, unchanged: 0, requests: 0 },
	};
}

export const loadParkedByStream: Operation = {
	option: {
		name: 'Load Parked by Stream',
		value: 'loadParkedByStream',
		action: 'Load parked records of a run by stream',
		description:
			'Turn rows of the parked table back into GP records, on the output of their stream',
	},
	fields: loadParked.fields,
	outputs: ['Vendors', 'GL Accounts', 'Payables'] as const,
	async execute() {
		const [records] = await loadParked.execute.call(this);
		const { step } = readState(this);
		return PARTS_IN_ORDER.map((part) => (part === step?.part ? records : []));
	},
};

export const handOn: Operation = {
	option: {
		name: 'Hand On',
		value: 'handOn',
		action: 'Hand on items of an earlier node',
		description: 'Go on with the items of an earlier node after something was looked up for them',
	},
	fields: [rowsProperty('Earlier Items', 'earlierItems', 'Items of the node to go on with')],
	/** What comes in is dropped: it was read by name. */
	async execute() {
		return [readList(this, 'earlierItems').map((json) => toItem(json, 0))];
	},
};

export const mayHaveMovedStep: Operation = {
	option: {
		name: 'May Have Moved',
		value: 'mayHaveMoved',
		action: 'Find out whether documents may have moved',
		description:
			'Decide once for a batch whether its documents have to be looked up where they were sent',
	},
	fields: [
		stateProperty,
		{
			displayName: 'Mapping',
			name: 'mapping',
			type: 'json',
			default: '{}',
			description: 'What the Mapping node gave: its version, and its settings',
		},
		rowsProperty(
			'Mapping Rows',
			'mappingRows',
			'Rows with the versions of the mapping that were in use',
		),
	],
	outputs: ['May Have Moved', 'Stand Where They Are Sent'] as const,
	/** All items take one way: a batch has one mapping, and n8n's own If node would decide item by item. */
	async execute() {
		const items = this.getInputData();
		const mapping = readObject<{ version?: string; settings?: { unposted?: string } }>(
			this,
			'mapping',
		);
		const { step, reach } = readState(this);
		const moved = mayHaveMoved({
			phase: step?.phase,
			records: items.map(({ json }) => json),
			version: mapping?.version ?? '',
			knownVersions: readList<{ version?: unknown }>(this, 'mappingRows').map(
				({ version }) => version,
			),
			sendsDrafts: mapping?.settings?.unposted === 'sendAsDraft',
			readBefore: reach?.from.payable !== undefined,
		});
		return moved ? [items, []] : [[], items];
	},
};

export const beforeWritingStep: Operation = {
	option: {
		name: 'Before Writing',
		value: 'beforeWriting',
		action: 'Note what a batch is about to write',
		description:
			'Give a row for the journal if anything is to be written, and a new end of the lease when it is due',
	},
	fields: [batchProperty, leaseRowsProperty],
	outputs: ['To Write', 'Lease to Renew'] as const,
	/** Mapped records come in; one item goes out on each output, or none. */
	async execute() {
		const note = beforeWriting(
			readRequired<Batch>(this, 'batch'),
			this.getInputData().map(({ json }) => json),
			readList<LeaseRow>(this, 'leaseRows'),
			new Date().toISOString(),
		);
		if (note === null) return [[], []];
		return [[toItem(note, 0)], note.renew ? [toItem({ until: note.until }, 0)] : []];
	},
};

interface Keyed {
	key?: unknown;
}

const NOTHING: EventPattern = { condition: 'like', pattern: '-' };
/** Of a small table more reads than a few cost more than one of all its rows. */
const EVERYTHING: EventPattern = { condition: 'like', pattern: '%' };

export const earlierEvents: Operation = {
	option: {
		name: 'Ask for Rows of Records',
		value: 'earlierEvents',
		action: 'Ask for rows of records',
		description: 'Bring the records of a batch into as few questions to a table as possible',
	},
	fields: [
		{
			displayName: 'Keys',
			name: 'keys',
			type: 'json',
			default: '',
			description: 'Keys of records that do not come in as items',
		},
		rowsProperty(
			'Rows with Keys',
			'rowsWithKeys',
			'Rows of the parked table whose keys are asked for, too',
		),
		{
			displayName: 'Most Questions',
			name: 'most',
			type: 'number',
			default: 0,
			description: 'More questions than this are not asked one by one; 0: however many',
		},
		{
			displayName: 'Beyond That',
			name: 'beyond',
			type: 'options',
			options: [
				{ name: 'Ask for All Rows', value: 'all' },
				{ name: 'Ask for None', value: 'none' },
			],
			default: 'all',
			description: 'What to ask where there would be more questions than that',
		},
	],
	/** One item for each read of the table; one that finds nothing where no record is asked for. */
	async execute() {
		const given = readJson(this, 'keys');
		const keys: unknown[] = [
			...(Array.isArray(given) ? given : []),
			...readList<ParkedRow>(this, 'rowsWithKeys').map(({ gp_key }) => gp_key),
			// Of a record that could not be read comes what became of it.
			...this.getInputData().map(({ json }) => json.key ?? (json.source as Keyed | undefined)?.key),
		];
		const patterns = eventPatterns(keys.filter((key): key is string => typeof key === 'string'));
		const most = Number(this.getNodeParameter('most', 0, 0)) || Infinity;
		const rest = this.getNodeParameter('beyond', 0, 'all') === 'none' ? NOTHING : EVERYTHING;
		const asked = patterns.length > most ? [rest] : patterns;
		return [(asked.length > 0 ? asked : [NOTHING]).map((one) => toItem({ ...one }, 0))];
	},
};

export const tryAgain: Operation = {
	option: {
		name: 'What to Try Again',
		value: 'tryAgain',
		action: 'Tell which waiting records to try again',
		description:
			'Give the conditions by which waiting records are read: those decided before the mapping knew what it knows now',
	},
	fields: [
		stateProperty,
		mappingProperty,
		rowsProperty('Projects', 'projects', 'Projects of Procore as the run read them'),
		rowsProperty(
			'Project Crosswalk',
			'projectCrosswalk',
			'Rows of the crosswalk table of projects',
		),
		rowsProperty(
			'Account Crosswalk',
			'accountCrosswalk',
			'Rows of the crosswalk table of accounts',
		),
		rowsProperty('Vendor Crosswalk', 'vendorCrosswalk', 'Rows of the crosswalk table of vendors'),
	],
	/** The same conditions each time, with the ways to find what is read by its key: a table is read once for each. */
	async execute() {
		const state = readState(this);
		const again = whatToTryAgain(state, {
			mapping: readRequired(this, 'mapping'),
			projects: readList(this, 'projects'),
			projectCrosswalk: readList<Knowledge['projectCrosswalk'][number]>(this, 'projectCrosswalk'),
			accountCrosswalk: readList<Knowledge['accountCrosswalk'][number]>(this, 'accountCrosswalk'),
			vendorCrosswalk: readList<Knowledge['vendorCrosswalk'][number]>(this, 'vendorCrosswalk'),
			now: new Date().toISOString(),
		});
		return [readByKey(state).map((readByKey) => toItem({ ...again, readByKey }, 0))];
	},
};
