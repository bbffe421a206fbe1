import type { DesiredDirectCost, SourceReference } from '../model/desired';
import {
	DOCUMENT_TYPES,
	type DocumentType,
	type GpAccount,
	type GpPayable,
	type GpRecord,
	type GpVendor,
	isExpense,
} from '../model/gp-records';
import {
	addTo,
	canonicalKey,
	directCostOriginId,
	formerDirectCostOriginIds,
	groupedBy,
	recordIdentity,
	writeAffectedKeys,
} from '../model/keys';
import type { Decimal } from '../model/money';
import { type Entity, entityTitle } from '../streams/streams';
import { keyOf, sameKey } from './crosswalk-index';
import { mapAccounts } from './map-accounts';
import { mapPayable } from './map-payable';
import { mapVendor } from './map-vendor';
import { contextFor, type MappingContext, sourceOf } from './mapping-context';
import {
	type DeletedRecord,
	type Mapped,
	type MappingInput,
	type MappingResult,
	parked,
	skipped,
} from './types';

/**
 * A record GP has no more. A document is taken out of the budget wherever it was sent; vendors and
 * cost codes stay, since others may use them.
 */
function mapDeleted(deleted: DeletedRecord, context: MappingContext): Mapped {
	const { entity } = deleted;
	const key = canonicalKey(deleted.key);
	const source: SourceReference = {
		company: deleted.company,
		entity,
		key,
		label: `${labelOf(entity)} ${key}, deleted in GP`,
		hash: 'deleted',
		amount: entity === 'payable' ? '0.00' : undefined,
		rule: 'deleted in GP',
		touches: writeAffectedKeys(affectedKeysOfKey(deleted)),
		mappingVersion: context.version,
	};
	if (entity !== 'payable') {
		return skipped(source, {
			code: 'deleted-in-gp',
			message: `${labelOf(entity)} ${key} is no longer in GP and stays in Procore as it is`,
			remedy: 'Deactivate it in Procore by hand if nothing there uses it any more.',
		});
	}
	const found = Object.keys(deleted.sentBefore ?? {});
	const projects = [...new Set([...context.earlierProjects(key), ...found])];
	if (projects.length === 0) {
		return skipped(source, {
			code: 'deleted-never-sent',
			message: `Document ${key} is no longer in GP, and no project is known that it was sent to`,
			remedy: 'Nothing to do.',
		});
	}
	const { number, voucher } = partsOf(key);
	const spelled = partsOf(deleted.key).voucher;
	return {
		desired: projects.map(
			(projectId): DesiredDirectCost => ({
				kind: 'directCost',
				originId: directCostOriginId(context.company, number, voucher, projectId),
				formerOriginIds: formerDirectCostOriginIds(context.company, number, spelled, projectId),
				source,
				projectId,
				voided: true,
				withdrawn: true,
				header: {
					direct_cost_type: isExpense(typeOf(number)) ? 'expense' : 'invoice',
					status: 'draft',
				},
				lines: [],
				total: '0.00',
			}),
		),
		notSent: [],
	};
}

/** "Document" and not "Payables document": its key says the rest. */
const labelOf = (entity: Entity) => (entity === 'payable' ? 'Document' : entityTitle(entity));

function affectedKeysOfKey({ entity, key }: DeletedRecord) {
	if (entity === 'vendor') return [{ kind: 'V' as const, value: key }];
	if (entity === 'account') return [{ kind: 'A' as const, value: key }];
	return [{ kind: 'VOUCHER' as const, value: partsOf(key).voucher }];
}

function partsOf(key: string): { number: number; voucher: string } {
	const cut = key.indexOf(';');
	return { number: Number(key.slice(0, cut)), voucher: key.slice(cut + 1) };
}

function typeOf(number: number): DocumentType | undefined {
	return (Object.keys(DOCUMENT_TYPES) as DocumentType[]).find(
		(type) => DOCUMENT_TYPES[type].number === number,
	);
}

/**
 * GP records → how they should stand in Procore. Pure, deterministic and total: every record gives
 * at least one desired record, or is skipped or parked with a reason and what to do about it.
 *
 * @throws MappingSettingsError when a setting can work for no record at all
 */
export function mapRecords(input: MappingInput): MappingResult {
	const contexts = new Map<string, MappingContext>();
	const contextOf = (record: { company: string }): MappingContext => {
		const key = keyOf(record.company);
		const known = contexts.get(key);
		if (known) return known;
		const context = contextFor(record.company, input);
		contexts.set(key, context);
		return context;
	};
	if (input.records.length === 0) contextFor(input.settings.company, input);

	// Accounts of one job share cost codes, so they are looked at together.
	const accounts = new Map<GpRecord, Mapped>();
	for (const group of accountsByCompany(input.records)) {
		const context = contextOf(group[0]);
		const mapped = accountsWithinReach(group, context);
		group.forEach((account, index) => accounts.set(account, mapped[index]));
	}

	const result: MappingResult = { desired: [], notSent: [], newJobs: [], newAccounts: [] };
	for (const record of input.records) {
		const context = contextOf(record);
		const mapped = isForeign(record, input)
			? wrongCompany(record, input.settings.company, context)
			: (accounts.get(record) ??
				withinReach([record], context, () => [mapOne(record, context)])[0]);
		result.desired.push(...mapped.desired);
		result.notSent.push(...mapped.notSent);
	}
	for (const deleted of input.deleted ?? []) {
		if (isForeign(deleted, input)) continue;
		const mapped = mapDeleted(deleted, contextOf(deleted));
		result.desired.push(...mapped.desired);
		result.notSent.push(...mapped.notSent);
	}
	for (const context of contexts.values()) {
		result.newJobs.push(...context.jobs.met());
		result.newAccounts.push(...context.accounts.met());
	}
	return result;

	function accountsByCompany(records: GpRecord[]): GpAccount[][] {
		const accounts = records.filter(
			(record): record is GpAccount => record.kind === 'account' && !isForeign(record, input),
		);
		return [...groupedBy(accounts, ({ company }) => keyOf(company)).values()];
	}
}

/** What each stream is mapped by; accounts that were looked at together are known already. */
const MAPPERS: { [Kind in Entity]: (record: never, context: MappingContext) => Mapped } = {
	vendor: (record: GpVendor, context) => mapVendor(record, context),
	account: (record: GpAccount, context) => mapAccounts([record], context)[0],
	payable: (record: GpPayable, context) => mapPayable(record, context),
};

function mapOne(record: GpRecord, context: MappingContext): Mapped {
	return MAPPERS[record.kind](record as never, context);
}

/** A record of a shape nobody foresaw waits; it never stops the others. */
function withinReach(records: GpRecord[], context: MappingContext, map: () => Mapped[]): Mapped[] {
	try {
		return map();
	} catch (error) {
		return records.map((record) =>
			parked(sourceOf(record, context), record, {
				code: 'record-unreadable',
				message: `The record could not be read: ${(error as Error).message}`,
				remedy: 'Check the field names in the site profile of the GP node.',
			}),
		);
	}
}

function accountsWithinReach(group: GpAccount[], context: MappingContext): Mapped[] {
	try {
		return mapAccounts(group, context);
	} catch {
		return group.flatMap((account) =>
			withinReach([account], context, () => mapAccounts([account], context)),
		);
	}
}

function isForeign(record: { company: string }, input: MappingInput): boolean {
	return input.settings.company.trim() !== '' && !sameKey(record.company, input.settings.company);
}

function wrongCompany(record: GpRecord, expected: string, context: MappingContext): Mapped {
	return parked(sourceOf(record, context), record, {
		code: 'wrong-company',
		message: `The record comes from GP company ${record.company}, but the mapping is set up for ${expected}`,
		remedy: 'Give each GP company its own workflow with its own credential and crosswalk rows.',
	});
}

/** What becomes of a document as a whole. */
export interface DocumentVerdict {
	decision: 'send' | 'leave' | 'park' | 'void';
	/** Where it goes, charges shared out; of a void where it is taken out. */
	places: Array<{ projectId: string; amount: Decimal }>;
	/** Why it waits or is left out; of one that goes, what of it is left out. */
	message: string;
	remedy: string;
}

/**
 * What a run would make of whole documents that were never sent: the very mapping of a run, so that
 * policies about documents (not posted, vendor left out, too early) count here as there.
 *
 * @throws MappingSettingsError
 */
export function documentVerdicts(input: MappingInput): (payable: GpPayable) => DocumentVerdict {
	const { desired, notSent } = mapRecords(input);
	const idOf = ({ company, key }: { company: string; key: string }) =>
		recordIdentity({ company, entity: 'payable', key });
	const costs = new Map<string, Array<DocumentVerdict['places'][number]>>();
	const standing = new Set<string>();
	for (const one of desired) {
		if (one.kind !== 'directCost') continue;
		const id = idOf(one.source);
		addTo(costs, id, { projectId: one.projectId, amount: one.total });
		if (!one.voided) standing.add(id);
	}
	const staying = new Map(notSent.map((one) => [idOf(one.source), one]));
	return (payable) => {
		const id = idOf(payable);
		const [places, why] = [costs.get(id) ?? [], staying.get(id)];
		const { message = '', remedy = '' } = why?.reason ?? {};
		if (why?.outcome === 'parked') return { decision: 'park', places, message, remedy };
		const decision = places.length === 0 ? 'leave' : standing.has(id) ? 'send' : 'void';
		return { decision, places, message, remedy };
	};
}
