import { canonicalKey, recordIdentity, sameGpKey } from '../../model/keys';
import type { Entity } from '../../model/desired';
import type { ChangedDecision } from '../../mapping/crosswalk-changes';
import { cell } from '../../audit/event-row';
import { PARTS_IN_ORDER, PART_OF_ENTITY } from '../../streams/streams';
import type { AuditEventRow } from '../../audit/types';
import type { RequestRow } from './request.types';

const TITLES = { J: 'job', A: 'account', V: 'vendor' } as const;

/**
 * One request per record that a changed crosswalk row concerns, vendors before accounts before
 * payables. `events` may hold more than needed (a search by pattern): what counts is that a whole
 * touch is equal. What waits already is not asked for twice.
 */
export function crosswalkRequests(input: {
	changed: readonly ChangedDecision[];
	events: readonly AuditEventRow[];
	/** Rows standing in gpp_request. */
	waiting: ReadonlyArray<Pick<RequestRow, 'entity' | 'gp_company' | 'gp_key'>>;
	company: string;
	/** UTC instant. */
	now: string;
}): RequestRow[] {
	const idOf = ({ entity, gp_key: key }: { entity: string; gp_key: string }) =>
		recordIdentity({ company: input.company, entity, key });
	const waiting = new Set(
		input.waiting.filter((row) => sameGpKey(row.gp_company, input.company)).map(idOf),
	);
	const rows = new Map<string, RequestRow>();
	for (const event of input.events) {
		if (!sameGpKey(event.gp_company, input.company) || waiting.has(idOf(event))) continue;
		const cause = input.changed.find(
			({ token, accountOnly }) =>
				(event.touches ?? '').includes(token) && (!accountOnly || event.entity === 'account'),
		);
		if (!cause) continue;
		rows.set(idOf(event), {
			entity: event.entity,
			gp_company: input.company,
			gp_key: canonicalKey(event.gp_key),
			gp_label: cell(event.gp_label),
			reason: 'crosswalk',
			requested_at: input.now,
			requested_by: `crosswalk of ${TITLES[cause.kind]} ${cell(cause.key)}`,
			tries: 0,
			payload: '',
			note: '',
		});
	}
	const place = ({ entity }: RequestRow) =>
		PARTS_IN_ORDER.indexOf(PART_OF_ENTITY[entity as Entity]);
	return [...rows.values()].sort((left, right) => place(left) - place(right));
}
