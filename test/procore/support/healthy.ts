import type { ProcoreStandIn } from '../../../sandbox/procore/server';

/**
 * The seven signals Procore's Integration Health scores an app on, all at zero, and nothing outside
 * its specification. `allowed`: signals a test brings about on purpose, e.g. a token that expires.
 */
export function expectHealthy(
	standIn: ProcoreStandIn,
	allowed: Partial<ReturnType<ProcoreStandIn['health']>> = {},
): void {
	expect(standIn.health()).toEqual({
		unauthorized401: 0,
		forbidden403: 0,
		notFound404: 0,
		rateLimited429: 0,
		missingCompanyHeader: 0,
		deprecatedEndpoints: 0,
		privateEndpoints: 0,
		...allowed,
	});
	expect(standIn.violations()).toEqual([]);
}
