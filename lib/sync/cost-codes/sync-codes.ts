import type { Outcome } from '../../model/outcome';
import type { DesiredCostCode } from '../../model/desired';
import type { ProcoreClient } from '../../procore/procore-client';
import type { SyncOptions } from '../sync-options';
import { syncCostCodes, syncStandardCostCodes } from './sync-cost-codes';

/**
 * Cost codes to the desired state wherever they belong: in their project, or in the standard list
 * they name. One outcome per desired record, in order.
 */
export async function syncCodes(
	client: ProcoreClient,
	desired: DesiredCostCode[],
	options: SyncOptions,
): Promise<Outcome[]> {
	const outcomes = new Map<DesiredCostCode, Outcome>();
	const note = (codes: DesiredCostCode[], made: Outcome[]) =>
		codes.forEach((code, index) => outcomes.set(code, made[index]));
	const ofProjects = desired.filter(({ standardListId }) => !standardListId);
	note(ofProjects, await syncCostCodes(client, ofProjects, options));
	const lists = new Map<string, DesiredCostCode[]>();
	for (const one of desired) {
		if (!one.standardListId) continue;
		const codes = lists.get(one.standardListId);
		if (codes) codes.push(one);
		else lists.set(one.standardListId, [one]);
	}
	for (const [listId, codes] of lists) {
		note(codes, await syncStandardCostCodes(client, listId, codes, options));
	}
	return desired.map((one) => outcomes.get(one) as Outcome);
}
