import { ApiError, missingParameter, Refused } from './http/api-error';
import { type Call, type Reply, type Row, isRow } from './http/call';
import type { Table } from './state/table';

const MOST_ROWS = 1000;

interface Owned {
	id: number;
	origin_id: string | null;
}

/** How one kind of record takes part in the sync action. */
export interface SyncRules<T extends Owned> {
	table: Table<T>;
	/** The record lies within the project or list named by the call. */
	inScope(record: T): boolean;
	/** Throws `Refused` for an existing record this sync may not touch; null when it cannot see it. */
	accept?(record: T): T | null;
	/** Validates, then stores; throws `Refused`. `existing` is null on create. */
	save(existing: T | null, row: Row, createdHere: Set<number>): T;
	show(record: T): unknown;
}

/** The rows of a sync call, within the limits of rows and time. */
export function syncRows(call: Call): Row[] {
	const updates = isRow(call.body) ? call.body.updates : undefined;
	if (!Array.isArray(updates)) throw missingParameter('updates');
	if (updates.length > MOST_ROWS) {
		throw new ApiError(call.switches.tooManyRowsStatus, {
			errors: `The maximum number of updates is ${MOST_ROWS}`,
		});
	}
	const slow = call.switches.slowBatch;
	if (slow && updates.length > slow.moreRowsThan) {
		throw new ApiError(slow.status, { message: 'The request took too long' });
	}
	return updates.map((row) => (isRow(row) ? row : {}));
}

/**
 * Procore's sync action ("Using Sync Actions"): a known id updates, an unknown id is an error;
 * else a known origin id updates and an unknown one creates; with both, the id wins and takes the
 * origin id over. Origin ids are unique in the company. Always 200, with errors row by row.
 */
export function sync<T extends Owned>(call: Call, rules: SyncRules<T>): Reply {
	const saved: number[] = [];
	const errors: unknown[] = [];
	const createdHere = new Set<number>();
	for (const row of syncRows(call)) {
		try {
			const existing = resolve(row, rules);
			const record = rules.save(existing, row, createdHere);
			if (!existing) createdHere.add(record.id);
			saved.push(record.id);
		} catch (error) {
			if (!(error instanceof Refused)) throw error;
			errors.push({ ...row, errors: error.fields });
		}
	}
	const entities = saved.map((id) => rules.show(rules.table.get(id)!));
	if (call.switches.entityOrder === 'reversed') entities.reverse();
	return { body: { entities, errors } };
}

function resolve<T extends Owned>(row: Row, rules: SyncRules<T>): T | null {
	const originId = row.origin_id ?? null;
	const owners = originId === null ? [] : rules.table.by('origin', String(originId));
	const owner = owners.find((record) => !isDeleted(record)) ?? null;
	if (row.id !== undefined && row.id !== null) {
		const record = rules.table.get(row.id);
		if (!record || !rules.inScope(record) || isDeleted(record)) {
			throw new Refused({ id: ['Entity with this ID not found'] });
		}
		if (owner && owner.id !== record.id) throw taken();
		return accepted(record, rules);
	}
	if (owner && !rules.inScope(owner)) throw taken();
	if (owner) return accepted(owner, rules);
	const deleted = owners.at(-1);
	return deleted && rules.inScope(deleted) ? (rules.accept ? rules.accept(deleted) : null) : null;
}

function accepted<T extends Owned>(record: T, rules: SyncRules<T>): T {
	const seen = rules.accept ? rules.accept(record) : record;
	if (!seen) throw taken();
	return seen;
}

export const taken = () => new Refused({ origin_id: ['has already been taken'] });

export function isDeleted(record: object): boolean {
	return 'deleted_at' in record && record.deleted_at !== null;
}

/** Whether another living record of the table has this origin id. */
export function originIdTaken<T extends Owned>(table: Table<T>, originId: unknown, own?: number) {
	if (originId === undefined || originId === null) return false;
	return table
		.by('origin', String(originId))
		.some((record) => record.id !== own && !isDeleted(record));
}
