import type { IExecuteFunctions } from 'n8n-workflow';

import type { AuditEventRow } from '../../../../lib/audit/event-row';
import { canonicalKey, sameGpKey } from '../../../../lib/model/keys';
import {
	MOST_LEFT_OUT_EVENTS,
	type SaidOfDocuments,
} from '../../../../lib/reconcile/control-totals';
import { readList } from '../../../shared/read-values';

/** What runs said of documents they left out; null where no watermark is handed over: a workflow of before. */
export function readSaid(context: IExecuteFunctions, company: string): SaidOfDocuments | null {
	const watermarks = readList<{ entity: string; gp_company: string; modified_since: string }>(
		context,
		'watermarkRows',
	);
	if (watermarks.length === 0) return null;
	const events = readList<AuditEventRow>(context, 'leftOutRows');
	const shortened = readList<{ events_removed_at?: string }>(context, 'shortenedRunRows');
	const own = watermarks.find(
		(row) => row.entity === 'payable' && sameGpKey(row.gp_company, company),
	);
	return {
		leftOut: new Set(
			events
				.filter(
					(event) =>
						event.outcome === 'skipped' &&
						event.entity === 'payable' &&
						!event.dry_run &&
						sameGpKey(event.gp_company, company),
				)
				.map(({ gp_key }) => canonicalKey(gp_key)),
		),
		eventsWhole:
			events.length < MOST_LEFT_OUT_EVENTS && !shortened.some((row) => row.events_removed_at),
		readTo: own?.modified_since ?? '',
	};
}
