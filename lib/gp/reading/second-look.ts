import type { Entity } from '../../base/source';
import { codeOf, TRANSACTION_STATES } from '../normalise/code-lists';
import type { Normaliser } from '../normalise/normaliser';
import { listQuery } from '../query/list-query';
import { GpError } from '../errors/gp-error';
import { fetchRows } from './fetch-rows';
import type { ReaderServices } from './reader-services';

/** What a second reading of a list found, by a way of its own. */
export interface SecondLook {
	keys: Set<string>;
	/** Records the service says there are, where it says so of every list. */
	counted: number | null;
}

/** Another page size than any profile has, so that a border of pages falls elsewhere. */
const PAGE = 73;
const MOST_REQUESTS = 5_000;

/**
 * Reads the keys of an entity a second time: in the other order, in other pages, by a plain loop that
 * shares no paging, no filter and no memory with the reader. It ends only where nothing new comes. What
 * it finds is at least there; that it finds all is not claimed. A service that refuses this way of
 * asking gives what came until then.
 */
export async function secondLook(
	services: ReaderServices,
	entity: Entity,
	normaliser: Normaliser,
): Promise<SecondLook> {
	const { profile, addresses } = services;
	const settings = profile.entities[entity];
	const keys = new Set<string>();
	let counted: number | null = 0;
	let passedOver = 0;
	for (const source of settings.lists) {
		const state = codeOf(TRANSACTION_STATES, source.assign.TransactionState);
		if (entity === 'payable' && state && !profile.transactionStates.includes(state)) continue;
		const reversed = {
			...settings,
			orderBy: settings.orderBy.map((field) => `${field.replace(/ (?:asc|desc)$/i, '')} desc`),
		};
		let total: number | null = null;
		let next: string | null = null;
		try {
			for (let skip = 0, request = 0; request < MOST_REQUESTS; request++) {
				const query = listQuery(profile, reversed, source, {}, { skip, top: PAGE }, 'asConfigured');
				const found = await fetchRows(
					services,
					next ?? addresses.resource(source.path, query),
					normaliser,
					settings.responsePath ?? profile.responsePath,
					{ entity },
				);
				total = found.total?.standard ? found.total.count : total;
				const before = keys.size;
				for (const row of found.rows) {
					const key = keyOf({ ...row, ...source.assign });
					// A document on its way from one table to the next is counted twice.
					if (key === null || keys.has(key)) passedOver += 1;
					else keys.add(key);
				}
				skip += found.rows.length;
				next = found.next;
				if (found.rows.length === 0 || (next === null && keys.size === before)) break;
			}
		} catch (error) {
			if (!(error instanceof GpError)) throw error;
		}
		counted = total === null || counted === null ? null : counted + total;
	}
	return { keys, counted: counted === null ? null : counted - passedOver };

	function keyOf(raw: Record<string, unknown>): string | null {
		try {
			const record = normaliser.record(raw);
			const wanted = record.kind !== 'payable' || profile.transactionStates.includes(record.state);
			return wanted ? record.key : null;
		} catch {
			return null;
		}
	}
}
