import type { INodeExecutionData } from 'n8n-workflow';

import { canonicalKey } from '../../../lib/model/keys';
import { contentHash } from '../../../lib/model/json-text';
import type { Outcome } from '../../../lib/model/outcome';
import { type Entity, readSentTo, type SentTo } from '../../../lib/model/desired';
import {
	type ChangeFault,
	type Checkpoint,
	EMPTY_WATERMARK,
	type Watermark,
} from '../../../lib/model/gp-changes';
import type { GpRecord } from '../../../lib/model/gp-records';
import { storedRecord } from '../../../lib/run/parked-rows';
import { toItem } from '../../shared/item-kinds';
import type { GpConnection } from '../transport/gp-connection';

/** A record asked for by name; with a stored record GP need not be asked. */
export interface Requested {
	gp_key?: string;
	payload?: string | null;
}

/**
 * The records asked for instead of those that changed. The checkpoint vouches for no more than the
 * watermark it was given, so the stream goes on where it stood.
 */
export async function readRequested(
	{ client, companyId }: Omit<GpConnection, 'survey'>,
	entity: Entity,
	requested: readonly Requested[],
	options: {
		watermark: Watermark | null;
		gone: 'void' | 'leave';
		/** Adds to the records what they do not carry themselves. */
		complete(records: readonly GpRecord[]): Promise<readonly GpRecord[]>;
	},
): Promise<INodeExecutionData[]> {
	const stored = new Map<string, GpRecord>();
	const keys: string[] = [];
	const standing = new Map<string, SentTo>();
	for (const { gp_key, payload } of requested) {
		const key = String(gp_key ?? '').trim();
		if (key === '') continue;
		const sentTo = readSentTo(payload);
		if (sentTo) standing.set(canonicalKey(key), { ...standing.get(canonicalKey(key)), ...sentTo });
		const record = storedRecord(payload, entity);
		if (record) stored.set(canonicalKey(key), record);
		else keys.push(key);
	}
	const before = client.counters.requests;
	// GP as it is now says more than what was stored, so a key asked for both ways is read.
	const read = await client.readByKeys(entity, keys);
	for (const key of keys) stored.delete(canonicalKey(key));
	const records = await options.complete([...stored.values(), ...read.records]);
	const checkpoint: Checkpoint = {
		kind: 'checkpoint',
		entity,
		company: companyId,
		watermark: options.watermark ?? EMPTY_WATERMARK,
		more: false,
		cursor: null,
		counts: { read: records.length, unchanged: 0, requests: client.counters.requests - before },
	};
	return [
		...records.map((record) => toItem({ ...record, ...foundIn(record.key) })),
		...read.gone.map((key) =>
			toItem(
				entity === 'payable' && options.gone === 'leave'
					? leftAlone(entity, companyId, key)
					: { kind: 'deleted', entity, company: companyId, key, ...foundIn(key) },
			),
		),
		...read.faults.map((fault) => toItem(faultAsOutcome(fault, entity, companyId))),
		toItem(checkpoint),
	];

	/** Where a comparison found it, whether or not an event tells that it was sent there. */
	function foundIn(key: string): { sentBefore?: SentTo } {
		const sentBefore = standing.get(canonicalKey(key));
		return sentBefore ? { sentBefore } : {};
	}
}

function leftAlone(entity: Entity, company: string, key: string): Outcome {
	return {
		kind: 'outcome',
		outcome: 'skipped',
		source: {
			company,
			entity,
			key: canonicalKey(key),
			label: key,
			hash: contentHash(['gone', key]),
		},
		reason: {
			code: 'gone-in-gp',
			message:
				'GP does not have this document any more, and such documents are left alone, by setting',
			remedy: 'Nothing was changed in Procore. Remove it there by hand if it should go.',
		},
		dryRun: false,
	};
}

/**
 * A record that could not be read, as an outcome, so that it reaches the audit and the parked
 * table beside the others: the checkpoint vouches for it too.
 */
export function faultAsOutcome(fault: ChangeFault, entity: Entity, company: string): Outcome {
	const { key, label, error } = fault;
	const { requestId, httpStatus } = error.details;
	return {
		kind: 'outcome',
		outcome: 'failed',
		source: { company, entity, key, label, hash: contentHash([key, error.message]) },
		reason: {
			code: error.code,
			message: error.message,
			remedy: error.remedy,
			...(requestId === undefined ? {} : { requestId }),
			...(httpStatus === undefined ? {} : { httpStatus }),
		},
		dryRun: false,
	};
}
