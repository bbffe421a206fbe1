import { DEFAULT_MAPPING_SETTINGS } from './default-settings';
import type { MappingSettings } from './types';

/**
 * What the Mapping node had until 0.3.0 where nothing was filled in: job number in account segment 1,
 * natural account in segment 2 as cost code, element in segment 3 as cost type ("300-5110-02"). Nodes
 * made then keep it; no other company is looked at with it.
 */
export const DELIVERED_UNTIL_0_3: MappingSettings = {
	...DEFAULT_MAPPING_SETTINGS,
	jobRules: [
		{ from: 'accountSegment', segment: 1, ignore: ['000'] },
		// A digit is asked for, so that "job site clean-up" is not taken for job "site".
		{ from: 'reference', pattern: '\\bJOB[ #-]*(\\w*\\d\\w*)' },
		{ from: 'purchaseOrder', pattern: '^(\\d{3})-PO' },
	],
	costAccountPattern: '^\\d{3}-5[1-3]\\d{2}-\\d{2}$',
	costCodeSegment: 2,
	costTypeSegment: 3,
	costTypes: { '01': 'L', '02': 'M', '03': 'S', '04': 'E' },
	defaultCostType: 'O',
};
