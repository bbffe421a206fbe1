import { readRows } from './data-table-nodes';
import { rows } from './node-parameters';
import { TABLES } from '../../lib/tables/tables';

/** Steps that read what decides where costs go, by name; a step that looks at it all needs them before it. */
export const CROSSWALK_READS: Array<[name: string, parameters: Record<string, unknown>]> = [
	['Read mapping', readRows(TABLES.mappings, {})],
	['Read project crosswalk', readRows(TABLES.projects, {})],
	['Read account crosswalk', readRows(TABLES.accounts, {})],
	['Read vendor crosswalk', readRows(TABLES.vendors, {})],
];

/** What they read, as parameters of a step of ours. */
export const CROSSWALK_ROWS = {
	mappingRows: rows('Read mapping'),
	projectCrosswalk: rows('Read project crosswalk'),
	accountCrosswalk: rows('Read account crosswalk'),
	vendorCrosswalk: rows('Read vendor crosswalk'),
};
