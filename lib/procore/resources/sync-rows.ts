import {
	ProcoreError,
	ProcoreUnexpectedAnswerError,
	readErrorBody,
	summarise,
} from '../errors/procore-errors';
import { neverArrived, requestIdOf } from '../transport';
import type { ProcoreClient } from '../procore-client';
import type { QueryValue } from '../transport';
import { readId } from '../wire';

/** A row of a sync action. Without `id` or `origin_id` a repeated call would create it twice. */
export type SyncRow = { id?: number | string; origin_id?: string } & Record<string, unknown>;

export interface SyncTarget {
	/** Path of the sync action, e.g. "/rest/v1.0/vendors/sync". */
	path: string;
	query?: Record<string, QueryValue>;
	/** Members of the body beside `updates`. */
	body?: Record<string, unknown>;
	what: string;
	projectId?: string;
	/** Nobody asks for the ids of these rows: an answer without one is none the worse. */
	withoutIds?: boolean;
}

/** What became of one row, in the order of the rows. Exactly one of the three members is set. */
export interface RowResult {
	row: SyncRow;
	/** The record as Procore now shows it. */
	entity?: Record<string, unknown>;
	/** Procore's complaints about this row, by field. */
	errors?: Record<string, string[]>;
	/** The row alone makes the whole call fail. */
	fault?: ProcoreError;
	requestId?: string;
}

/**
 * Sends rows through one of Procore's sync actions (vendor page "Using sync actions": at most 1,000
 * rows, always 200, per-row errors). A batch that fails as a whole is sent once more, then halved
 * down to the row at fault: at most 2·log2(n)+2 calls for one poison row. When nothing gets through
 * at all the fault is the server's and is thrown.
 */
export async function syncRows(
	client: ProcoreClient,
	target: SyncTarget,
	rows: readonly SyncRow[],
	onBatch?: (rows: number) => void,
	keepTogether?: (row: SyncRow) => unknown,
): Promise<RowResult[]> {
	const results = new Map<SyncRow, RowResult>();
	for (const batch of batchesOf(rows, client.batchSize, keepTogether)) {
		await syncBatch(client, target, batch, results);
		onBatch?.(batch.length);
	}
	return rows.map((row) => results.get(row) as RowResult);
}

/** Rows in batches of at most `size`; neighbours with the same key stay together where they fit. */
export function batchesOf(
	rows: readonly SyncRow[],
	size: number,
	keepTogether: (row: SyncRow) => unknown = () => undefined,
): SyncRow[][] {
	const batches: SyncRow[][] = [];
	let open: SyncRow[] = [];
	for (let start = 0; start < rows.length; ) {
		let end = start + 1;
		const key = keepTogether(rows[start]);
		while (
			key !== undefined &&
			end < rows.length &&
			end - start < size &&
			keepTogether(rows[end]) === key
		)
			end++;
		if (open.length > 0 && open.length + (end - start) > size) {
			batches.push(open);
			open = [];
		}
		open.push(...rows.slice(start, end));
		start = end;
	}
	return open.length > 0 ? [...batches, open] : batches;
}

async function syncBatch(
	client: ProcoreClient,
	target: SyncTarget,
	batch: readonly SyncRow[],
	results: Map<SyncRow, RowResult>,
): Promise<void> {
	const waiting: Array<readonly SyncRow[]> = [batch];
	// Batches that failed before anything got through: not worth halving until something has.
	const deferred: Array<readonly SyncRow[]> = [];
	const suspects: Array<{ row: SyncRow; fault: ProcoreError }> = [];
	let somethingGotThrough = false;
	let firstFault: ProcoreError | undefined;
	for (let rows = waiting.pop(); rows; rows = waiting.pop()) {
		try {
			await sendOnce(client, target, rows, rows === batch, results);
			somethingGotThrough = true;
			waiting.push(...deferred.splice(0));
		} catch (error) {
			if (!mayLieInARow(error)) throw error;
			firstFault ??= error;
			if (rows.length === 1) suspects.push({ row: rows[0], fault: error });
			else if (somethingGotThrough || suspects.length === 0) waiting.push(...halves(rows));
			else deferred.push(rows);
		}
	}
	if (!somethingGotThrough && firstFault) {
		if (firstFault.scope === 'transport' && !(batch.length === 1 && (await serverIsWell(client))))
			throw firstFault;
		for (const row of batch) results.set(row, { row, fault: firstFault });
		return;
	}
	for (const { row, fault } of suspects) results.set(row, { row, fault });
}

async function sendOnce(
	client: ProcoreClient,
	target: SyncTarget,
	rows: readonly SyncRow[],
	whole: boolean,
	results: Map<SyncRow, RowResult>,
): Promise<void> {
	// Halving is itself a repetition, so only the whole batch is sent again unchanged.
	const faultAttempts = !whole ? 1 : rows.length === 1 ? 4 : 2;
	const answer = await client.call({
		method: 'PATCH',
		path: target.path,
		query: target.query,
		body: { ...target.body, updates: rows },
		what: target.what,
		projectId: target.projectId,
		retry: { replaySafe: true, faultAttempts },
	});
	const requestId = requestIdOf(answer);
	for (const result of matchRows(rows, answer.body, client, target)) {
		results.set(result.row, { ...result, ...(requestId ? { requestId } : {}) });
	}
}

/** Pairs rows with entities and errors by origin id, else by id: the answer's order is not promised. */
function matchRows(
	rows: readonly SyncRow[],
	body: unknown,
	client: { apiBaseUrl: string },
	target: SyncTarget,
): RowResult[] {
	const { entities, errors } = (body ?? {}) as { entities?: unknown; errors?: unknown };
	// Either may be missing where it would be empty; without both it is no answer of a sync action.
	if (!Array.isArray(entities) && !Array.isArray(errors)) {
		throw new ProcoreUnexpectedAnswerError(
			`Procore was asked to ${target.what} and answered without "entities"`,
			{
				remedy: 'Retry the execution: rows are recognised by their origin id, nothing is doubled.',
				address: client.apiBaseUrl + target.path,
			},
		);
	}
	const complaints: unknown[] = Array.isArray(errors) ? errors : [errors ?? []].flat();
	const done = indexRows(Array.isArray(entities) ? entities : []);
	const refused = indexRows(complaints);
	const rowless = saidOfNoRow(complaints);
	return rows.map((row) => {
		const unnamed = [...rowless];
		const error =
			refused.byOrigin.get(row.origin_id ?? '') ?? refused.byId.get(readId(row.id) ?? '');
		if (error) return { row, errors: readRowErrors(error.errors) };
		const entity = done.byOrigin.get(row.origin_id ?? '') ?? done.byId.get(readId(row.id) ?? '');
		// Found by its origin id where it cannot be seen: nothing stands of it.
		if (entity?.deleted_at)
			return {
				row,
				errors: { base: ['Procore still keeps it as deleted and did not bring it back'] },
			};
		if (entity && (target.withoutIds || readId(entity.id))) return { row, entity };
		// Which record it is was said when it was sent.
		if (entity && readId(row.id)) return { row, entity: { ...entity, id: row.id } };
		if (entity) unnamed.push('its answer holds no id');
		return { row, errors: { base: [NOT_ACKNOWLEDGED, ...unnamed] } };
	});
}

/** The complaint about a row of which the answer says nothing. */
export const NOT_ACKNOWLEDGED = 'Procore did not acknowledge this row';

/** Complaints that name no row, by which somebody may still see what is wrong. */
function saidOfNoRow(errors: unknown[]): string[] {
	const rowless = errors.filter(
		(one) =>
			one === null ||
			typeof one !== 'object' ||
			!(readId((one as SyncRow).id) || (one as SyncRow).origin_id),
	);
	const said = summarise(readErrorBody({ errors: rowless }));
	return rowless.length > 0 && said ? [said] : [];
}

function indexRows(rows: readonly unknown[]) {
	const byOrigin = new Map<string, Record<string, unknown>>();
	const byId = new Map<string, Record<string, unknown>>();
	for (const row of rows as Array<Record<string, unknown>>) {
		if (typeof row?.origin_id === 'string' && row.origin_id) byOrigin.set(row.origin_id, row);
		const id = readId(row?.id);
		if (id) byId.set(id, row);
	}
	return { byOrigin, byId };
}

/** `{"name":["can't be blank"]}`; other shapes are put under "base". */
function readRowErrors(errors: unknown): Record<string, string[]> {
	if (errors !== null && typeof errors === 'object' && !Array.isArray(errors)) {
		return Object.fromEntries(
			Object.entries(errors).map(([field, messages]) => [
				field,
				(Array.isArray(messages) ? messages : [messages]).map((message) =>
					typeof message === 'string' ? message : JSON.stringify(message),
				),
			]),
		);
	}
	return {
		base: (Array.isArray(errors) ? errors : [errors ?? 'refused without a reason']).map(String),
	};
}

/** Whole-call failures that one bad row may cause. */
function mayLieInARow(error: unknown): error is ProcoreError {
	if (!(error instanceof ProcoreError)) return false;
	switch (error.code) {
		case 'procore-too-large':
		case 'procore-request-refused':
		case 'procore-conflict':
			return true;
		case 'procore-server-fault':
			return error.details.httpStatus !== 503;
		case 'procore-unreachable':
			return (
				!neverArrived(String(error.details.networkCode)) &&
				!/CERT/.test(String(error.details.networkCode))
			);
		default:
			return false;
	}
}

function halves(rows: readonly SyncRow[]): Array<readonly SyncRow[]> {
	const middle = Math.ceil(rows.length / 2);
	// The last one pushed is sent first.
	return [rows.slice(middle), rows.slice(0, middle)];
}

/** One cheap question, to tell a bad row from a bad day when there is only one row. */
async function serverIsWell(client: ProcoreClient): Promise<boolean> {
	try {
		await client.call({
			method: 'GET',
			path: '/rest/v1.0/companies',
			query: { page: 1, per_page: 1 },
			what: 'see whether it is well',
			retry: { attempts: 1, faultAttempts: 1 },
		});
		return true;
	} catch {
		return false;
	}
}
