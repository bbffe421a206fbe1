import type { JournalRow, LeaseRow, ParkedRow, RunState } from '../../../lib/audit/types';
import { type Checkpoint, EMPTY_WATERMARK } from '../../../lib/model/gp-changes';
import { type Batch, beforeWriting, beginBatch, prepareBatch } from '../../../lib/run/batch';
import {
	type MappingRow,
	anotherMapping,
	type EventPattern,
	eventPatterns,
	mayHaveMoved,
} from '../../../lib/run/may-have-moved';
import { recordsToRetry } from '../../../lib/run/parked-rows';
import type { RequestRow } from '../../../lib/run/requests/requests';
import { ENTITY_OF_PART, PARTS_IN_ORDER } from '../../../lib/streams/streams';
import { givenProjects } from '../../GpToProcore/actions/map/read-mapping-input';
import { procoreProjects } from '../../GpToProcore/descriptions/crosswalk.description';
import { toItem } from '../../shared/item-kinds';
import type { Operation } from '../../shared/operations';
import { readJson, readList, readObject, readRequired } from '../../shared/read-list';
import { rowsProperty } from '../../shared/rows-property';
import {
	executionOf,
	batchProperty,
	mappingProperty,
	parkedRowsProperty,
	readState,
	stateProperty,
} from './run-state';

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
		rowsProperty('Lease Rows', 'leaseRows', 'Rows of the leases table'),
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
	fields: [stateProperty, parkedRowsProperty],
	async execute() {
		const state = readState(this);
		// A run of requests that finds none passes here with nothing but its checkpoint.
		const retries = state.step?.phase !== 'requested';
		const rows = retries ? readList<ParkedRow>(this, 'parkedRows') : [];
		const records = recordsToRetry(rows, state);
		return [[...records.map((record) => toItem(record, 0)), toItem(checkpointOfParked(state), 0)]];
	},
};

/** Nothing was read from GP, so it vouches for nothing; it keeps the chain of nodes going. */
function checkpointOfParked(state: RunState): Checkpoint {
	return {
		kind: 'checkpoint',
		entity: ENTITY_OF_PART[state.step?.part ?? state.parts[0]],
		company: state.company,
		watermark: state.watermark ?? EMPTY_WATERMARK,
		more: false,
		cursor: null,
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
			'Rows that tell which versions of the mapping were in use',
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
			'Give a row for the journal and a new end of the lease, if anything is to be written',
	},
	fields: [batchProperty],
	/** Mapped records come in; one item goes out, or none. */
	async execute() {
		const note = beforeWriting(
			readRequired<Batch>(this, 'batch'),
			this.getInputData().map(({ json }) => json),
			new Date().toISOString(),
		);
		return [note ? [toItem(note, 0)] : []];
	},
};

const NO_EVENT: EventPattern = { condition: 'like', pattern: '-' };

export const earlierEvents: Operation = {
	option: {
		name: 'Ask for Earlier Events',
		value: 'earlierEvents',
		action: 'Ask for earlier events of documents',
		description:
			'Bring the documents of a batch into as few questions to the audit events as possible',
	},
	fields: [
		{
			displayName: 'Keys',
			name: 'keys',
			type: 'json',
			default: '',
			description: 'Keys of the documents; empty: the key of each incoming record',
		},
	],
	/** One item for each read of the table of events; one that finds nothing where no document is asked for. */
	async execute() {
		const given = readJson(this, 'keys');
		const keys = Array.isArray(given) ? given : this.getInputData().map(({ json }) => json.key);
		const patterns = eventPatterns(keys.filter((key): key is string => typeof key === 'string'));
		return [(patterns.length > 0 ? patterns : [NO_EVENT]).map((one) => toItem({ ...one }, 0))];
	},
};
