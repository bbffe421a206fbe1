import { checkSettings } from '../../../../lib/mapping/settings-check';
import { mappingVersion } from '../../../../lib/mapping/settings-version';
import { toItem } from '../../../shared/item-kinds';
import { markProblems } from '../map/mark-problems';
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
	const settings = readMappingSettings(this);
	const { rules, problems } = checkSettings(settings);
	markProblems(this, problems);
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
				},
				0,
			),
		],
	];
};
