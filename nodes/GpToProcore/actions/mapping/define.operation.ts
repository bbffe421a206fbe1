import { runStepsInTurns } from '../../../../lib/http/read-body';
import { compileRulesInSteps } from '../../../../lib/mapping/rules';
import { checkSettings, mappingVersion } from '../../../../lib/mapping/settings-check';
import { toItem } from '../../../shared/item-kinds';
import { placesUsedBefore } from '../map/mapping-rows';
import { showPlaces } from './show-places';
import { markProblems } from '../../../shared/mark-problems';
import { readMappingSettings } from '../map/read-mapping-settings';
import type { BatchOperation, OperationOption } from '../../../shared/operations';

export const option: OperationOption = {
	name: 'Define',
	value: 'define',
	action: 'Define the mapping',
	description: 'Say once how GP records become Procore records, for all Map nodes to use',
};

/** One item whatever comes in: the settings as the fields say, checked, and which ones they are. */
export const execute: BatchOperation = async function () {
	const { settings, places } = readMappingSettings(this, placesUsedBefore(this));
	await runStepsInTurns(compileRulesInSteps(settings.rules ?? []));
	const { rules, problems } = checkSettings(settings);
	markProblems(this, problems);
	if (places) showPlaces(this, places.inForce);
	return [
		[
			toItem(
				{
					kind: 'mapping',
					settings,
					version: mappingVersion(settings),
					// For the GP node that reads the payables.
					needs: { vendorClass: rules.askVendorClass },
					...(problems.length > 0 ? { problems } : {}),
					...(places ? { places: places.inForce, filled: places.filled } : {}),
				},
				0,
			),
		],
	];
};
