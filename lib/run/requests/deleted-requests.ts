import { ConnectorError } from '../../model/connector-error';
import { canonicalKey, sameGpKey } from '../../model/keys';
import type { OutcomeKind } from '../../model/outcome';
import { cell } from '../../audit/event-row';
import type { AuditEventRow } from '../../audit/types';
import type { RequestRow } from './request.types';

/** More documents are gone at once than people delete: the list of GP is not believed. */
export class DeletionsImplausibleError extends ConnectorError {
	readonly code = 'deletions-implausible';
	readonly scope = 'configuration' as const;

	constructor(gone: number, known: number, most: number) {
		super(
			`${gone} of ${known} unposted documents that were sent to Procore are not in GP any more; at most ${most} are believed to be deleted at once. Nothing was asked for.`,
			{
				remedy:
					'Check that the Windows account still sees the whole company and that the site profile lists unposted documents. If they really were deleted, raise "Most Deleted" (most_deleted_percent in Deletion options) for one look.',
				gone,
				known,
				most,
			},
		);
	}
}

/**
 * One request per document that GP no longer lists, for the next run to take out of Procore.
 *
 * Only documents last heard of as unposted: GP lets nobody delete a posted one. Where a vendor keeps
 * no history, a posted one leaves the list when it is voided, but also once it is paid, and then its
 * cost is true; so that is left to the reconciliation and to a person.
 */
export function deletedRequests(input: {
	/** Keys that GP does not list. */
	gone: readonly string[];
	/** Every event of these documents, or of a part of them: only that part is asked for. */
	events: readonly AuditEventRow[];
	/** How many documents GP was asked for. */
	known: number;
	/** Highest share of `known` believed to be gone, 0 to 1. */
	mostShare: number;
	/** So many are believed whatever the share: of few documents one is a large part. */
	alwaysBelieved: number;
	/** Rows standing in gpp_request. */
	waiting: ReadonlyArray<Pick<RequestRow, 'entity' | 'gp_company' | 'gp_key'>>;
	company: string;
	/** UTC instant. */
	now: string;
}): RequestRow[] {
	const gone = new Set(input.gone.map(canonicalKey));
	const stories = new Map<string, AuditEventRow[]>();
	for (const event of input.events) {
		if (event.entity !== 'payable' || !sameGpKey(event.gp_company, input.company) || event.dry_run)
			continue;
		const key = canonicalKey(event.gp_key);
		if (gone.has(key)) stories.set(key, [...(stories.get(key) ?? []), event]);
	}
	const lost = [...stories].flatMap(([key, events]) => {
		const last = [...events].sort(inTime).at(-1);
		return last?.gp_state === 'unposted' && standsInProcore(events) ? [{ key, last }] : [];
	});
	const most = Math.max(input.alwaysBelieved, Math.floor(input.known * input.mostShare));
	// What was not looked up is taken to be like what was.
	const inAll = Math.round((lost.length * gone.size) / Math.max(1, stories.size));
	if (inAll > most) throw new DeletionsImplausibleError(inAll, input.known, most);

	const waiting = new Set(
		input.waiting
			.filter((row) => row.entity === 'payable' && sameGpKey(row.gp_company, input.company))
			.map(({ gp_key }) => canonicalKey(gp_key)),
	);
	return lost
		.filter(({ key }) => !waiting.has(key))
		.map(({ key, last }) => ({
			entity: 'payable',
			gp_company: input.company,
			gp_key: key,
			gp_label: cell(last.gp_label),
			reason: 'deleted',
			requested_at: input.now,
			requested_by: 'look for deleted documents',
			tries: 0,
			payload: '',
			note: '',
		}));
}

const WRITTEN: readonly OutcomeKind[] = ['created', 'updated', 'adopted'];

/** Whether any project was written to and the document not taken out of it since. */
function standsInProcore(events: readonly AuditEventRow[]): boolean {
	const stands = new Map<string, boolean>();
	for (const { outcome, procore_project_id } of [...events].sort(inTime)) {
		if (WRITTEN.includes(outcome as OutcomeKind)) stands.set(procore_project_id, true);
		else if (outcome === 'voided') stands.set(procore_project_id, false);
	}
	return [...stands.values()].includes(true);
}

function inTime(left: AuditEventRow, right: AuditEventRow): number {
	if (left.at !== right.at) return left.at < right.at ? -1 : 1;
	return (left.sequence ?? 0) - (right.sequence ?? 0);
}
