import { sameGpKey } from '../../model/keys';
import { planRequests } from '../../run/requests/plan-requests';
import type { ReplayAsk, RequestRow } from '../../run/requests/request.types';
import type { AuditEventRow, ParkedRow } from '../../audit/types';
import { pageAddress, storyAddress } from '../base/links';
import { readRows, type TableRows, type ReportRows } from '../read/rows';
import type { PageLogRow } from '../acts/page-log';
import { causeTitle } from '../waiting/cause-words';
import { isOfCause } from '../waiting/causes';
import type { ReplayOrder } from './replay-form';

/** Before any event. */
const FIRST_DAY = '1970-01-01';

export interface ReplayPlan {
	/** To insert into the requests table; none when all wait there already. */
	rows: RequestRow[];
	/** Whether a run has something to do. */
	start: boolean;
	/** Where the browser goes on, by how the start of the run went. */
	started: string;
	queued: string;
	/** Who did what, for gpp_page_log. */
	log: PageLogRow;
}

/**
 * Turns a pressed button into rows of the requests table. Only records the tables know can be asked
 * for; what waits for a run already is not asked for twice.
 *
 * @param tables rows as n8n hands them out: `parked`, `events`, `requests`
 * @param now UTC instant
 * @returns null when no table knows the record
 */
export function planReplay(order: ReplayOrder, tables: TableRows, now: string): ReplayPlan | null {
	const known = ofOrder(order, readRows(tables));
	if (!order.all && known.parked.length === 0 && known.events.length === 0) return null;
	// The rows are those of this one record already: no name needs to be searched for among them.
	const many = order.all || order.cause !== null;
	const choice = many || known.parked.length > 0 ? 'waiting' : 'handled';
	const ask: ReplayAsk = {
		...{ choice, search: '', from: FIRST_DAY, to: '', use: 'gp', by: order.by },
		entity: many ? '' : order.entity,
		company: many ? '' : order.company,
	};
	const plan = planRequests(ask, asKnown(known), now);
	const back = (notice: string) =>
		many ? pageAddress({ page: 'waiting', notice }) : storyAddress(order, { notice });
	return {
		rows: plan.rows,
		start: plan.start,
		started: back(plan.start ? 'started' : 'nothing'),
		queued: back(plan.start ? 'queued' : 'nothing'),
		log: {
			...{ at: now, by: order.by.replace(/^page: /, ''), act: 'replay', subject: subjectOf(order) },
			...{ gp_company: order.company, before: '', after: '', records: plan.rows.length },
		},
	};
}

function subjectOf(order: ReplayOrder): string {
	if (order.all) return 'all that waits';
	return order.cause ? causeTitle(order.cause) : `${order.entity} ${order.key}`;
}

/** A table filter may find more than the record: `%` in a key would stand for anything. */
function ofOrder(order: ReplayOrder, rows: ReportRows): ReportRows {
	if (order.all) return { ...rows, events: [] };
	const { cause } = order;
	if (cause)
		return { ...rows, events: [], parked: rows.parked.filter((row) => isOfCause(row, cause)) };
	const isIt = (row: { entity: string; gp_company: string; gp_key: string }) =>
		row.entity === order.entity &&
		sameGpKey(row.gp_company, order.company) &&
		sameGpKey(row.gp_key, order.key);
	const { parked, events, requests } = rows;
	return {
		...rows,
		parked: parked.filter(isIt),
		events: events.filter(isIt),
		requests: requests.filter(isIt),
	};
}

function asKnown({ parked, events, requests }: ReportRows) {
	return {
		parked: parked as ParkedRow[],
		// A record of which only a dry run tells is known all the same: the button was pressed for it.
		events: events.map((event): AuditEventRow => ({ ...event, dry_run: false })),
		requests: requests as RequestRow[],
	};
}
