import {
	canonicalKey,
	directCostOriginId,
	formerDirectCostOriginIds,
	writeAffectedKeys,
} from '../model/keys';
import type { DesiredDirectCost, SourceReference } from '../model/desired';
import { entityTitle, type Entity } from '../streams/streams';
import { DOCUMENT_TYPES, type DocumentType, isExpense } from '../model/gp-records';
import type { MappingContext } from './mapping-context';
import type { DeletedRecord } from './types';
import { skipped, type Mapped } from './verdict';

/**
 * A record GP has no more. A document is taken out of the budget wherever it was sent; vendors and
 * cost codes stay, since others may use them.
 */
export function mapDeleted(deleted: DeletedRecord, context: MappingContext): Mapped {
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
	const projects = context.earlierProjects(key);
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
