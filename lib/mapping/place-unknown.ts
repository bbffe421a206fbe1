import type { PlaceToFind } from './types';
import type { Reason } from './verdict';

const PLACES: Record<PlaceToFind, { what: string; field: string }> = {
	job: { what: 'where the job stands', field: 'Job Found In' },
	costAccounts: { what: 'which accounts are job cost', field: 'Cost Accounts' },
	costCode: { what: 'where the cost code stands', field: 'Cost Code From' },
	costType: { what: 'where the cost type stands', field: 'Cost Type From or Default Cost Type' },
};

/** Nothing is sent on a guess: what a place would decide waits until it is known. */
export function placeUnknown(place: PlaceToFind, why: string): Reason {
	const { what, field } = PLACES[place];
	return {
		code: 'place-unknown',
		message: `Setup has not found ${what}: ${why}`,
		remedy: `Run "GP to Procore: setup" and accept what it finds, or fill in ${field} in the node Mapping of the sync. The next run tries again.`,
	};
}
