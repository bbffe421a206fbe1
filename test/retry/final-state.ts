type Row = Record<string, unknown>;

/** What a world looks like from outside: rows of the tables, and Procore's records as its admin API shows them. */
export interface Sight {
	/** Rows of a table, by its name. */
	rows(table: string): object[];
	projects: Array<{ project_number: string; directCosts: object[] }>;
	vendors: object[];
	costCodes: object[];
	/** Of the books. */
	unexplained: string;
}

export type FinalState = ReturnType<typeof finalState>;

/**
 * What must not depend on whether anything was interrupted: every record and row, less what tells
 * one run from another, such as ids and times.
 */
export function finalState({ rows, projects, vendors, costCodes, unexplained }: Sight) {
	const plain = (list: object[], ...columns: string[]) =>
		list
			.map((row) => columns.map((name) => withoutIds(String((row as Row)[name]))).join(' · '))
			.sort();
	const fromGp = (list: object[]) => list.filter((row) => (row as Row).origin_id);
	const table = (name: string, ...columns: string[]) => plain(rows(name), ...columns);
	return {
		directCosts: projects.flatMap(({ project_number, directCosts }) =>
			plain(fromGp(directCosts), 'origin_id', 'grand_total', 'status').map(
				(cost) => `${project_number}: ${cost}`,
			),
		),
		vendors: plain(fromGp(vendors), 'origin_id', 'name', 'is_active'),
		costCodes: plain(fromGp(costCodes), 'origin_id', 'name', 'code'),
		parked: table('gpp_parked', 'entity', 'gp_key', 'reason_code', 'tries'),
		events: table('gpp_event', 'entity', 'gp_key', 'origin_id', 'outcome'),
		// How far back a reading overlaps depends on how long it took.
		watermarks: rows('gpp_watermark')
			.map((row) => row as { entity: string; modified_since: string; seen: string })
			.map(({ entity, modified_since, seen }) =>
				[entity, modified_since.slice(0, 13), Object.keys(JSON.parse(seen) as object).length].join(
					' · ',
				),
			)
			.sort(),
		jobs: table('gpp_project_crosswalk', 'gp_job', 'action'),
		accounts: table('gpp_account_crosswalk', 'gp_account', 'cost_code'),
		decisions: table('gpp_decision', 'kind', 'gp_key', 'decision', 'name'),
		mappings: table('gpp_mapping', 'gp_company', 'version'),
		requests: table('gpp_request', 'entity', 'gp_key', 'reason', 'tries'),
		journal: table('gpp_journal', 'entity'),
		// The errors workflow takes its turn there, whenever it comes by.
		leases: table('gpp_lease', 'gp_company').filter((company) => company !== '(alerts)'),
		runs: table('gpp_run', 'status', 'dry_run'),
		unexplained,
	};
}

/** Ids of projects, which a Procore that is made anew gives others. */
function withoutIds(text: string): string {
	return text.replace(/:P:\d+/, ':P');
}
