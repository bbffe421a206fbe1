import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { DEFAULT_THRESHOLDS, type Thresholds } from '../../../../lib/alerts/alerts';

const threshold = (
	displayName: string,
	name: keyof Thresholds,
	description: string,
): INodeProperties => {
	const byDefault = DEFAULT_THRESHOLDS[name];
	return {
		displayName,
		name,
		type: 'number',
		default: byDefault,
		typeOptions: { minValue: 1 },
		description,
	};
};

export const thresholdsProperty: INodeProperties = {
	displayName: 'Thresholds',
	name: 'thresholds',
	type: 'collection',
	placeholder: 'Add threshold',
	default: {},
	options: [
		threshold(
			'Days Without Records',
			'silentDays',
			'Alert when runs succeed but GP gave no changed record for so many days',
		),
		threshold(
			'Failed Records',
			'failedRecords',
			'Alert when Procore refused so many records in the last run',
		),
		threshold(
			'Hours Since GP Was Read',
			'staleHours',
			'Alert when GP was not read to the end for so many hours',
		),
		threshold('Hours Until Told Again', 'repeatHours', 'How often a standing alert is repeated'),
		threshold(
			'Parked Records',
			'parkedRecords',
			'Alert when so many records of a company wait in the parked table',
		),
		threshold(
			'Table Limit (MB)',
			'tableLimitMb',
			'Size n8n allows all Data Tables together: N8N_DATA_TABLES_MAX_SIZE_BYTES of the server',
		),
		threshold(
			'Table Limit Used (%)',
			'tableLimitPercent',
			'Alert when so much of the table limit is used',
		),
	],
};

export function readThresholds(context: IExecuteFunctions): Thresholds {
	const given = context.getNodeParameter('thresholds', 0, {}) as Partial<Thresholds>;
	const changed = Object.entries(given).filter(([, value]) => Number(value) > 0);
	return { ...DEFAULT_THRESHOLDS, ...Object.fromEntries(changed) };
}
