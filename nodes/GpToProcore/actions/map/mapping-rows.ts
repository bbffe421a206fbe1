import { jsonParse, NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { DELIVERED_UNTIL_0_3 } from '../../../../lib/mapping/delivered-settings';
import type { MappingSettings } from '../../../../lib/mapping/types';
import { readList } from '../../../shared/read-list';

interface MappingRow {
	gp_company: string;
	version: string;
	used_at: string;
	/** Output of the Mapping node, as JSON. */
	settings: string;
}

export const mappingRowsProperty: INodeProperties = {
	displayName: 'Mapping Rows',
	name: 'mappingRows',
	type: 'json',
	default: '[]',
	placeholder: "={{ $('Read mapping').all().map(row => row.json) }}",
	description:
		'Rows of the table gpp_mapping: the mapping that the sync of this company used last. Without any, the mapping as it is delivered.',
	hint: 'Usually an expression that hands over all rows of a Data Table read before',
};

/** The mapping the company's sync used last; the delivered one before its first run. */
export function lastMapping(context: IExecuteFunctions, company: string): MappingSettings {
	const rows = readList<MappingRow>(context, 'mappingRows')
		.filter(({ gp_company, settings }) => gp_company === company && settings)
		.sort((left, right) => (left.used_at < right.used_at ? 1 : -1));
	const given = rows.length > 0 ? parsed(context, rows[0].settings) : {};
	// A policy younger than the row keeps its default.
	return { ...DELIVERED_UNTIL_0_3, ...given.settings, company: '' };
}

function parsed(context: IExecuteFunctions, text: string): { settings?: object } {
	try {
		return jsonParse<{ settings?: object }>(text);
	} catch {
		throw new NodeOperationError(context.getNode(), 'The row of gpp_mapping holds no mapping', {
			description: 'Run the sync once: it writes the row anew.',
		});
	}
}
