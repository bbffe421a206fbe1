import type { IExecuteFunctions } from 'n8n-workflow';

import type { PlacesInForce } from '../../../../lib/mapping/suggest/finding-rows';

const NAMES: Record<keyof PlacesInForce['places'], string> = {
	job: 'Job Found In',
	costAccounts: 'Cost Accounts',
	costCode: 'Cost Code From',
	costType: 'Cost Type From',
	accrual: 'Accrual Accounts',
};

/** Shows beside the node's output where each place comes from, and what is not known. */
export function showPlaces(context: IExecuteFunctions, places: PlacesInForce['places']): void {
	for (const [place, { from, said }] of Object.entries(places) as Array<
		[keyof typeof NAMES, (typeof places)[keyof typeof NAMES]]
	>) {
		if (from === 'unknown' && said === undefined) continue;
		context.addExecutionHints?.({
			message: `${NAMES[place]}: ${from}${said ? `. ${said}` : ''}`,
			type: from === 'unknown' ? 'warning' : 'info',
			location: 'outputPane',
		});
	}
}
