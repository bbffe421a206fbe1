import type { ICredentialDataDecryptedObject, IPollFunctions } from 'n8n-workflow';

import { contentHash } from '../../../lib/model/json-text';
import type { Entity } from '../../../lib/model/desired';
import { GpSettingInvalid } from '../../../lib/gp/errors/gp-error';
import { isAtOrAfter } from '../../../lib/gp/reading/stamps';
import type { DocumentType, GpPayable, GpRecord, Stamp } from '../../../lib/model/gp-records';
import { toStamp } from '../actions/read-positions';
import {
	doorOf,
	type GpConnectionOptions,
	type GpCredential,
	parseProfileOverride,
} from '../transport/gp-connection';

/** A document is in exactly one of these: a voided one counts as nothing else. */
type StateFilter = GpPayable['state'] | 'voided';

export interface TriggerSettings {
	entity: Entity;
	startWith: 'now' | 'everything' | 'date';
	/** Only for `date`. */
	startDate: Stamp | null;
	maxRecords: number;
	simplify: boolean;
	/** With a profile that reads only what the filters may let through. */
	options: GpConnectionOptions;
	/** Whether a record passes the filters. */
	wanted(record: GpRecord): boolean;
	/** Fingerprint of what is read from where on; filters do not count. */
	identity: string;
	/** The same whatever server gives it. */
	stream: string;
	/** The same with everything that decides which rows a listing holds. */
	listing: string;
}

export function readSettings(
	context: IPollFunctions,
	credential: ICredentialDataDecryptedObject,
): TriggerSettings {
	const parameter = <Value>(name: string, fallback?: Value) =>
		context.getNodeParameter(name, fallback) as Value;
	const entity = parameter<Entity>('resource');
	const startWith = parameter<TriggerSettings['startWith']>('startWith', 'now');
	const startDate = startWith === 'date' ? requiredDate(context) : null;
	const maxRecords = parameter('maxRecords', 500);
	if (!Number.isInteger(maxRecords) || maxRecords < 1) {
		throw new GpSettingInvalid(
			'Max Records per Poll',
			`must be a positive integer, not ${maxRecords}`,
			'Give a whole number from 1.',
		);
	}
	const isPayable = entity === 'payable';
	const states = isPayable ? parameter<StateFilter[]>('documentStates', []) : [];
	const types = isPayable ? parameter<DocumentType[]>('documentTypes', []) : [];
	const options = narrowed(parameter<GpConnectionOptions>('options', {}), states);
	const { serviceAddress, tenant, company, companyId } = credential;
	const door = doorOf(credential as Pick<GpCredential, 'door'>, options);
	const read = [entity, door, startWith, startDate];
	const identity = contentHash([[serviceAddress, tenant, company, companyId], read]);
	return {
		entity,
		startWith,
		startDate,
		maxRecords,
		simplify: parameter('simplify', true),
		options,
		identity,
		stream: contentHash([companyId, read]),
		listing: contentHash([identity, options]),
		wanted(record) {
			if (startDate !== null && record.modified !== null) {
				if (!isAtOrAfter(record.modified, startDate)) return false;
			}
			if (record.kind !== 'payable') return true;
			const state = record.voided ? 'voided' : record.state;
			return (
				(states.length === 0 || states.includes(state)) &&
				(types.length === 0 || types.includes(record.documentType))
			);
		},
	};
}

function requiredDate(context: IPollFunctions): Stamp {
	const stamp = toStamp(
		'Start Date',
		context.getNodeParameter('startDate', ''),
		context.getTimezone(),
	);
	if (stamp) return stamp;
	throw new GpSettingInvalid(
		'Start Date',
		'it is empty',
		'Choose a date, or start with new changes.',
	);
}

/** Documents in other states are not even read. A voided one may lie in any table but the first. */
function narrowed(options: GpConnectionOptions, states: StateFilter[]): GpConnectionOptions {
	if (states.length === 0) return options;
	const profile = parseProfileOverride(options.profileOverride);
	const read = (['unposted', 'open', 'history'] as const).filter(
		(state) =>
			(states.includes(state) || (states.includes('voided') && state !== 'unposted')) &&
			(profile?.transactionStates?.includes(state) ?? true),
	);
	if (read.length === 0) {
		throw new GpSettingInvalid(
			'Document States',
			'the profile override leaves out all documents in these states',
			'Choose other states, or change "transactionStates" in the profile override.',
		);
	}
	return { ...options, profileOverride: { ...profile, transactionStates: read } };
}
