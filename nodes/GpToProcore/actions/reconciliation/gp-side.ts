import { runStepsInTurns } from '../../../../lib/http/read-body';
import type { AccountBooks } from '../../../../lib/reconcile/account-books';
import type { DocumentHead } from '../../../../lib/reconcile/control-totals';
import { isDirectCost, slimCost } from '../../../../lib/reconcile/comparison';
import { isWithin, type Months } from '../../../../lib/reconcile/totals';
import { type Completeness, together } from '../../../../lib/model/gp-changes';
import { canonicalKey } from '../../../../lib/model/keys';
import { negate } from '../../../../lib/model/money';
import type { GpClient } from '../../../../lib/gp/gp-client';
import type { GpPayable, GpRecord } from '../../../../lib/model/gp-records';
import { documentCosts, monthOf } from '../../../../lib/mapping/direct-cost';
import { mapRecords } from '../../../../lib/mapping/map-records';
import { compileRulesInSteps } from '../../../../lib/mapping/rules';
import { checkSettings } from '../../../../lib/mapping/settings-check';
import type { MappingInput } from '../../../../lib/mapping/types';
import { hashOfState } from '../../../../lib/sync/kinds/direct-cost-state';
import { allBatches } from '../all-batches';

/** Documents asked for one by one. */
const MOST_ASKED = 100;

/**
 * Reads GP's payables through the mapping of the sync into the books. One listing, details in
 * batches and only of the months asked for; of a document nothing but its lines is kept.
 *
 * @returns whether GP's list was read to its end, as far as that can be shown
 */
export async function takeGpSide(
	books: AccountBooks,
	gp: Pick<GpClient, 'readChanges' | 'withVendorClasses' | 'withAccountFacts'>,
	input: Omit<MappingInput, 'records'>,
	company: string,
	options: { months?: Months; vendorKey?(originId: string): string; batchSize?: number } = {},
): Promise<Completeness | undefined> {
	const { months = {}, vendorKey = (originId) => originId } = options;
	await runStepsInTurns(compileRulesInSteps(input.settings.rules ?? []));
	const costOf = documentCosts(company, input);
	const asksForClass = checkSettings(input.settings).rules.askVendorClass;
	const isCompared = (month: string) => month === '' || isWithin(month, months);
	const only = (record: GpRecord): boolean => {
		if (record.kind !== 'payable' || isCompared(monthOf(record, input.settings))) return true;
		books.outside(record.key);
		return false;
	};
	let completeness: Completeness | undefined;
	for await (const batch of allBatches(gp, 'payable', { only, limit: options.batchSize })) {
		for (const { key, label, error } of batch.faults ?? []) {
			books.unreadable(key, label, error.message, error.remedy);
		}
		// A list row may lack the date: the record itself decides.
		const payables = batch.records.filter(
			(record): record is GpPayable => record.kind === 'payable' && only(record),
		);
		const known = await gp.withAccountFacts(payables);
		take((asksForClass ? await gp.withVendorClasses(known) : known) as GpPayable[]);
		completeness = together(completeness, batch.checkpoint.completeness);
	}
	return completeness;

	function take(records: GpPayable[]): void {
		const places = new Map<string, { vendor: string; month: string; history: boolean }>();
		for (const record of records) {
			const { label, cost, month, vendorOriginId } = costOf(record);
			const place = { vendor: vendorKey(vendorOriginId), month };
			books.document({
				key: record.key,
				label,
				amount: cost ?? '0',
				...place,
				head: headOf(record),
			});
			places.set(record.key, { ...place, history: record.state === 'history' });
		}
		const { desired, notSent } = mapRecords({ ...input, records });
		for (const one of desired) {
			if (isDirectCost(one)) books.expect(slimCost(one, hashOfState(one)));
		}
		for (const { outcome, reason, source } of notSent) {
			books.leaveOut({ outcome, reason, source, ...places.get(source.key) });
		}
	}
}

/**
 * Documents standing in Procore or waiting that GP's list did not hold: GP is asked for each by its
 * key, the first hundred. Where the list was cut, it has them.
 */
export async function askForUnlisted(
	books: AccountBooks,
	gp: Pick<GpClient, 'askByKey'>,
): Promise<void> {
	const keys = books.unlisted().slice(0, MOST_ASKED);
	if (keys.length === 0) return;
	const answers = await gp.askByKey('payable', keys, books.listed());
	books.askedByKey(
		new Map([...answers].map(([key, answer]) => [key, answer === 'unknown' ? 'notAsked' : answer])),
	);
}

/** Of a record, what its list row tells, too. */
function headOf(payable: GpPayable): DocumentHead {
	const { documentType, amounts, vendorId, documentDate, voided, modified } = payable;
	const reduces = ['return', 'creditMemo', 'payment'].includes(documentType);
	return {
		amount: reduces ? negate(amounts.document) : amounts.document,
		vendor: canonicalKey(vendorId),
		month: (documentDate ?? '').slice(0, 7),
		voided,
		modified,
	};
}
