import { ConnectorError } from '../../../../lib/model/connector-error';
import type { GpConnection } from '../../../DynamicsGp/transport/gp-connection';

/** Nothing of GP stands behind the door that is set; a login that is refused says nothing of doors. */
const NOTHING_THERE = new Set([
	'GP_SERVICE_NOT_FOUND',
	'GP_RESOURCE_NOT_OFFERED',
	'GP_WEB_SERVICE_NOT_FOUND',
	'GP_OTHER_DOOR',
]);

/**
 * Setup is the first thing a site runs, so its door may be the wrong one: where nothing stands behind
 * it the others are tried, and the error says which of them is open.
 */
export async function nameOtherDoor(error: unknown, gp: GpConnection): Promise<unknown> {
	if (!(error instanceof ConnectorError) || !NOTHING_THERE.has(error.code)) return error;
	try {
		const { proposal, advice } = await gp.survey();
		const named = proposal && advice.find((one) => one.includes(`"${proposal.serviceAddress}"`));
		if (named) error.details.remedy = `${named} ${error.remedy}`;
	} catch {
		// What setup failed with says more than that the other doors could not be tried either.
	}
	return error;
}
