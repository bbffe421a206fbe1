import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { GONE_IN_GP, owedRecords } from '../../../lib/run/parked-rows';
import type { ParkedRow } from '../../../lib/audit/event-row';
import { contentHash } from '../../../lib/model/json-text';
import { checkpointItem } from '../../../lib/model/gp-changes';
import type { Outcome } from '../../../lib/model/outcome';
import type { Entity } from '../../../lib/model/desired';
import { describeRecord } from '../../../lib/gp/errors/gp-error';
import { n8nEffects } from '../../shared/effects';
import { toItem } from '../../shared/item-kinds';
import type { RecordOperation } from './operation';
import { readList, readText } from '../../shared/read-values';
import { faultAsOutcome, readRequested, type Requested } from './requested';
import { isWatermarkRow, parseWatermark, toStamp } from './read-positions';
import { withLookups } from './lookups';

const goneDocuments: INodeProperties = {
	displayName: 'Requested but Gone',
	name: 'goneDocuments',
	type: 'options',
	default: 'void',
	description:
		'What becomes of a requested document that GP does not have any more: deleted before posting, or voided for a vendor without history',
	options: [
		{ name: 'Leave Alone', value: 'leave', description: 'Report it and change nothing' },
		{ name: 'Treat as Voided', value: 'void', description: 'Take its cost out of the budget' },
	],
};

export const getChanges: RecordOperation = {
	option: ({ all }) => ({
		name: 'Get Changes',
		value: 'getChanges',
		action: `Get changes of ${all}`,
		description: `Read the ${all} changed since a watermark, in batches, for a sync`,
	}),
	fields: [
		{
			displayName:
				'Gives the changed records and, as its last item, a checkpoint that says how far reading has come. Store the watermark of the checkpoint once everything before it is safely written.',
			name: 'changesNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Watermark',
			name: 'watermark',
			type: 'json',
			default: '',
			placeholder: 'e.g. {"since": "2026-01-31", "seen": {}}',
			description:
				'Where the last run ended: the watermark of its checkpoint. Empty for the first run, which reads everything.',
		},
		{
			displayName: 'Batch Size',
			name: 'batchSize',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 5000 },
			default: 500,
			description:
				'How many records to return at most. The checkpoint says whether more are waiting.',
		},
		{
			displayName: 'Cursor',
			name: 'cursor',
			type: 'string',
			default: '',
			description:
				'The cursor of the checkpoint before, to go on with the next batch of the same run. Empty for the first batch.',
		},
		{
			displayName: 'Read From',
			name: 'readFrom',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2026-01-31',
			description:
				'Read everything changed since this date again instead of from the watermark, which then stays where it is',
		},
		{
			displayName: 'Read Until',
			name: 'readUntil',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2026-02-28',
			description: 'With Read From: leave out what was changed after this date',
		},
		{
			displayName: 'Requested Records',
			name: 'requested',
			type: 'json',
			default: '[]',
			placeholder: 'e.g. [{"gp_key": "1;00000000000000417"}]',
			description:
				'Records to read by their keys instead of what changed: rows with gp_key, and with payload where a stored record is to be used. The watermark then stays where it is.',
			hint: 'Usually an expression that hands over rows of a Data Table, and empty for a reading of changes',
		},
		{
			displayName: 'Records to Read Again',
			name: 'owedRows',
			type: 'json',
			default: '[]',
			placeholder: "={{ $('Read parked').all().map(row => row.json) }}",
			description:
				'Rows of gpp_parked: records that could not be read in earlier runs are read again by their keys, at most 100 a run',
			hint: 'Usually an expression that hands over rows of a Data Table',
		},
		{
			displayName: 'Expected Company',
			name: 'expectedCompany',
			type: 'string',
			default: '',
			placeholder: 'e.g. TWO',
			description:
				'Database ID of the company whose watermark this is: the node fails when its credential opens another one. Empty does not check.',
		},
	],
	fieldsOf: { payable: [goneDocuments] },
	async execute(connection, itemIndex) {
		const entity = this.getNodeParameter('resource', itemIndex) as Entity;
		const given = (parameter: string): unknown => this.getNodeParameter(parameter, itemIndex, '');
		const expected = readText(this, 'expectedCompany', 'Expected Company', itemIndex);
		mustBeCompany(this, expected, connection.companyId);
		const requested = readList<Requested>(this, 'requested', itemIndex);
		mustHaveKeys(this, requested, itemIndex);
		const since = given('watermark');
		const watermark = parseWatermark(since);
		if (requested.length > 0) {
			return await readRequested(connection, entity, requested, {
				watermark,
				gone: this.getNodeParameter('goneDocuments', itemIndex, 'void') as 'void' | 'leave',
				complete: async (records) => await withLookups(this, connection, records, itemIndex),
			});
		}
		const batch = await connection.client.readChanges(entity, {
			watermark,
			limit: this.getNodeParameter('batchSize', itemIndex, 500) as number,
			cursor: readText(this, 'cursor', 'Cursor', itemIndex) || null,
			from: toStamp('Read From', given('readFrom'), this.getTimezone()),
			until: toStamp('Read Until', given('readUntil'), this.getTimezone()),
			owed: owedRecords(
				readList<ParkedRow>(this, 'owedRows', itemIndex),
				connection.companyId,
				n8nEffects.now(),
				connection.client.purchasing !== null,
			),
		});
		const records = await withLookups(this, connection, batch.records, itemIndex);
		return [
			...records.map((record) => toItem(record)),
			...(batch.faults ?? []).map((fault) =>
				toItem(readAgainLater(faultAsOutcome(fault, entity, connection.companyId))),
			),
			...(batch.gone ?? []).map((key) => toItem(goneInGp(entity, connection.companyId, key))),
			toItem(isWatermarkRow(since) ? checkpointItem(batch.checkpoint) : batch.checkpoint),
		];
	},
};

/** What the person needs to know beside the remedy: whether they have to ask for the record again. */
function readAgainLater(outcome: Outcome): Outcome {
	if (!outcome.reason) return outcome;
	const next = outcome.source.key.startsWith('#')
		? 'The row has no key, so it cannot be read by itself: delete its row in gpp_parked once GP lists it properly.'
		: 'It is read again on every run of the sync until GP gives it.';
	return {
		...outcome,
		reason: { ...outcome.reason, remedy: `${outcome.reason.remedy} ${next}`.trim() },
	};
}

function goneInGp(entity: Entity, company: string, key: string): Outcome {
	return {
		kind: 'outcome',
		outcome: 'parked',
		source: {
			company,
			entity,
			key,
			label: describeRecord(entity, key),
			hash: contentHash(['gone', key]),
		},
		reason: {
			code: GONE_IN_GP,
			message:
				'It could not be read in an earlier run, and now GP has it no more: neither by its key nor in its list',
			remedy:
				'If it was deleted in GP, press Replay beside it: that takes out of Procore what was sent of it. It is looked for once a day.',
		},
		dryRun: false,
	};
}

/** A row that names no record would be passed over, and with it what somebody asked for. */
function mustHaveKeys(
	context: IExecuteFunctions,
	requested: readonly Requested[],
	itemIndex: number,
): void {
	if (requested.every((row) => 'gp_key' in row || 'payload' in row)) return;
	throw new NodeOperationError(context.getNode(), "A row of 'Requested Records' has no gp_key", {
		description: 'Give rows such as {"gp_key": "1;00000000000000417"}. Nothing was read.',
		itemIndex,
	});
}

/** In a copied workflow one node easily keeps the credential of the first company. */
function mustBeCompany(context: IExecuteFunctions, expected: string, opened: string): void {
	if (expected === '' || expected === opened) return;
	throw new NodeOperationError(
		context.getNode(),
		`The credential of this node opens the GP company ${opened}, but the run is of ${expected}`,
		{
			description:
				'Choose the same Dynamics GP credential in every node of this workflow, then press Retry. Nothing was read.',
		},
	);
}
