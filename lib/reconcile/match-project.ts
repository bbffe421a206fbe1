import { canonicalOriginId } from '../model/keys';
import type { StandingDirectCost } from '../sync/standing/read-standing';
import type { ExpectedCost } from './reconcile.types';

/** A document of GP with what stands of it in the project: the first, and its copies. */
export interface Match {
	cost: ExpectedCost;
	actual: StandingDirectCost | undefined;
	copies: StandingDirectCost[];
}

/** Puts records to documents by origin id; what belongs to none is left over. */
export function matchProject(
	expected: readonly ExpectedCost[],
	standing: readonly StandingDirectCost[],
): { matches: Match[]; leftOver: StandingDirectCost[] } {
	const ours = new Set(expected.map((cost) => canonicalOriginId(cost.originId)));
	const byOrigin = new Map<string, StandingDirectCost[]>();
	const leftOver: StandingDirectCost[] = [];
	for (const record of standing) {
		const name = record.originId === null ? null : canonicalOriginId(record.originId);
		if (name === null || !ours.has(name)) leftOver.push(record);
		else byOrigin.set(name, [...(byOrigin.get(name) ?? []), record]);
	}
	const matches = expected.map((cost) => {
		const [actual, ...copies] = byOrigin.get(canonicalOriginId(cost.originId)) ?? [];
		return { cost, actual, copies };
	});
	return { matches, leftOver };
}
