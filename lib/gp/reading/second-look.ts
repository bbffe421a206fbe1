import type { Entity } from '../../model/source';
import { codeOf, TRANSACTION_STATES } from '../normalise/code-lists';
import type { Normaliser } from '../normalise/normaliser';
import { listQuery, pagingOf } from '../query/list-query';
import { contentHash } from '../../model/content-hash';
import { GpError } from '../errors/gp-error';
import { GpLoginRefused, GpUserNotAllowed } from '../errors/refusals';
import { fetchRows } from './fetch-rows';
import type { ReaderServices } from './reader-services';

/** What a second reading of a list found, by a way of its own. */
export interface SecondLook {
	keys: Set<string>;
	/** Records the service says there are, where it says so of every list and all were read. */
	counted: number | null;
	/** Why the reading ended early; null where it came to an end. */
	failed: string | null;
}

/** Another page size than any profile has, so that a border of pages falls elsewhere. */
const PAGE = 73;
const MOST_REQUESTS = 5_000;

/**
 * Reads the keys of an entity a second time: in the other order, in other pages, by a plain loop that
 * shares no paging, no filter and no memory with the reader. It ends only where nothing new comes. What
 * it finds is at least there; that it finds all is not claimed. A fault of the service ends it: what
 * came until then is handed over, and `failed` says what happened.
 *
 * @throws GpLoginRefused, GpUserNotAllowed: whoever is not let in is not let in anywhere
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
	const failures = new Set<string>();
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
		// The service was found to refuse more than this.
		const step = services.acceptedStep.get(source.path) ?? 'asConfigured';
		const { firstPage } = profile.query;
		const pages = new Set<string>();
		let ended = false;
		try {
			for (let skip = 0, request = 0; request < MOST_REQUESTS && !ended; request++) {
				const page =
					pagingOf(profile, step) === 'number' ? { page: (firstPage ?? 1) + request } : { skip };
				const query = listQuery(profile, reversed, source, {}, { ...page, top: PAGE }, step);
				const found = await fetchRows(
					services,
					next ?? addresses.resource(source.path, query),
					normaliser,
					settings.responsePath ?? profile.responsePath,
					{ entity },
				);
				total = found.total?.standard ? found.total.count : total;
				const fingerprint = contentHash(found.rows);
				ended = found.rows.length === 0 || pages.has(fingerprint);
				pages.add(fingerprint);
				if (ended) break;
				for (const row of found.rows) {
					const key = keyOf({ ...row, ...source.assign });
					// A document on its way from one table to the next is counted twice.
					if (key === null || keys.has(key)) passedOver += 1;
					else keys.add(key);
				}
				skip += found.rows.length;
				next = found.next;
			}
			if (!ended) failures.add(`it had not ended after ${MOST_REQUESTS} requests`);
		} catch (error) {
			if (error instanceof GpLoginRefused || error instanceof GpUserNotAllowed) throw error;
			if (!(error instanceof GpError)) throw error;
			failures.add(error.message.replace(/\.$/, ''));
		}
		counted = total === null || counted === null ? null : counted + total;
	}
	const failed = failures.size === 0 ? null : [...failures].join('; ');
	const whole = counted !== null && failed === null;
	return { keys, counted: whole ? counted! - passedOver : null, failed };

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
