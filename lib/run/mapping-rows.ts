import type { TableRow } from '../tables/tables';

/** Row of gpp_mapping: which mapping decided, and when it was used first. */
export type MappingRow = TableRow<'mappings'>;

/** Row for a mapping that is not the one the company used last; null when it is. */
export function anotherMapping(input: {
	company: string;
	/** Output of the Mapping node. */
	mapping: { version: string };
	used: readonly MappingRow[];
	/** UTC instant. */
	now: string;
}): MappingRow | null {
	const settings = JSON.stringify(input.mapping);
	const [last] = input.used
		.filter(({ version }) => version)
		.sort((left, right) => (left.used_at < right.used_at ? 1 : -1));
	if (last?.settings === settings) return null;
	return {
		gp_company: input.company,
		version: input.mapping.version,
		used_at: input.now,
		settings,
	};
}
