import { plainText } from '../read/plain-text';
import { pageAddress } from '../base/links';
import { readCrosswalkForm, type CrosswalkChoice } from '../crosswalk/crosswalk-form';
import { readReplayForm, type ReplayOrder } from '../replay/replay-form';
import { visitorOf } from '../replay/replay-token';
import { refusalOf, type Refusal } from './page-guard';
import type { PageLogRow } from './page-log';

/** What was pressed on the page, read and checked. */
export type Act =
	| { accepted: true; act: 'replay'; order: ReplayOrder }
	| { accepted: true; act: 'crosswalk'; choice: CrosswalkChoice }
	| { accepted: true; act: 'reconcile'; log: PageLogRow; started: string; queued: string }
	| Refusal;

/**
 * Reads any form of the page. Each counts only for the visitor whose page it stood on.
 *
 * @param now milliseconds since 1970
 */
export function readAct(form: Record<string, unknown>, authorization: string, now: number): Act {
	const act = plainText(form.act, 20);
	if (act === 'crosswalk') {
		const reading = readCrosswalkForm(form, authorization, now);
		return reading.accepted ? { ...reading, act } : reading;
	}
	if (act !== 'reconcile') {
		const reading = readReplayForm(form, authorization, now);
		return reading.accepted ? { ...reading, act: 'replay' } : reading;
	}
	const refusal = refusalOf(form, authorization, now);
	if (refusal) return refusal;
	const company = plainText(form.company, 40);
	const back = (notice: string) => pageAddress({ page: 'reconciliation', company, notice });
	return {
		...{ accepted: true, act, started: back('reconciling'), queued: back('not-reconciling') },
		log: {
			...{ at: new Date(now).toISOString(), by: visitorOf(authorization), act },
			...{ subject: 'the books', gp_company: company, before: '', after: '', records: 0 },
		},
	};
}
