import { jsonParse, NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import {
	DEFAULT_MAPPING_SETTINGS,
	DELIVERED_UNTIL_0_3,
	type MappingSettings,
} from '../../../../lib/mapping/types';
import { type FindingRow, placesInForce } from '../../../../lib/mapping/suggest/finding-rows';
import { PLACE_SETTINGS, type PlaceSettings } from '../../../../lib/mapping/suggest/propose-types';
import type { MappingRow } from '../../../../lib/run/look-up';
import { readList } from '../../../shared/read-values';
import { isOfRelease03 } from './read-places';

/** Output of the Mapping node as the table holds it. */
interface UsedMapping {
	settings?: Partial<MappingSettings>;
	/** What of the places was filled in; absent where a node of a release up to 0.3.0 put it out. */
	filled?: PlaceSettings;
	places?: Record<string, { from: string }>;
}

export const mappingRowsProperty: INodeProperties = {
	displayName: 'Mapping Rows',
	name: 'mappingRows',
	type: 'json',
	default: '[]',
	placeholder: "={{ $('Read mapping').all() }}",
	description:
		'Rows of the table gpp_mapping: the mapping that the sync of this company used last. Without any, no place is known.',
	hint: 'Usually an expression that hands over all rows of a Data Table read before',
};

/** The mapping the company's sync used last; before its first run no place is known. */
export function lastMapping(context: IExecuteFunctions, company: string): MappingSettings {
	const used = lastUsed(context, company);
	if (used === null) {
		if (isOfRelease03(context)) return DELIVERED_UNTIL_0_3;
		const { settings } = placesInForce({ filled: {}, findings: [] });
		return { ...DEFAULT_MAPPING_SETTINGS, ...settings };
	}
	// A policy younger than the row keeps its default.
	return { ...DEFAULT_MAPPING_SETTINGS, ...used.settings, company: '' };
}

/** The same once what setup found and was accepted counts, whether or not a sync ran since. */
export function mappingWith(
	context: IExecuteFunctions,
	company: string,
	findings: readonly FindingRow[],
): MappingSettings {
	const used = lastUsed(context, company);
	if (used === null && isOfRelease03(context)) return DELIVERED_UNTIL_0_3;
	const all = used && !used.filled ? placesOf(used.settings ?? {}) : null;
	const { settings } = placesInForce({
		filled: used?.filled ?? {},
		findings,
		before: all ?? keptBefore(used),
	});
	const { unfound: _unfound, costAccountsFound: _found, ...before } = used?.settings ?? {};
	const policies = Object.fromEntries(
		Object.entries(before).filter(
			([name]) => !(PLACE_SETTINGS as readonly string[]).includes(name),
		),
	);
	return { ...DEFAULT_MAPPING_SETTINGS, ...policies, ...settings, company: '' };
}

/** Places that a company was synced with before setup of this release looked at it. */
export function placesUsedBefore(context: IExecuteFunctions): PlaceSettings | null {
	if (isOfRelease03(context)) return null;
	const used = lastUsed(context, null);
	return used && !used.filled ? placesOf(used.settings ?? {}) : keptBefore(used);
}

/** What was kept by the same rule the last time. */
function keptBefore(used: UsedMapping | null): PlaceSettings | null {
	const isKept = Object.values(used?.places ?? {}).some(
		({ from }) => from === 'as used before setup looked',
	);
	return used && isKept ? placesOf(used.settings ?? {}) : null;
}

function placesOf(settings: Partial<MappingSettings>): PlaceSettings {
	return Object.fromEntries(
		PLACE_SETTINGS.filter((name) => settings[name] !== undefined).map((name) => [
			name,
			settings[name],
		]),
	) as PlaceSettings;
}

function lastUsed(context: IExecuteFunctions, company: string | null): UsedMapping | null {
	const [row] = readList<MappingRow>(context, 'mappingRows')
		.filter(({ gp_company, settings }) => (company === null || gp_company === company) && settings)
		.sort((left, right) => (left.used_at < right.used_at ? 1 : -1));
	return row ? parsed(context, row.settings) : null;
}

function parsed(context: IExecuteFunctions, text: string): UsedMapping {
	try {
		return jsonParse<UsedMapping>(text);
	} catch {
		throw new NodeOperationError(context.getNode(), 'The row of gpp_mapping holds no mapping', {
			description: 'Run the sync once: it writes the row anew.',
		});
	}
}
