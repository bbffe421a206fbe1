import { cell } from '../audit/event-row';
import type { Place } from './reconcile.types';
import type { TableRow } from '../tables/tables';

/** Row of gpp_reconciliation, all text: the grid shows it as it is. */
export type ReconciliationTableRow = TableRow<'reconciliation'>;

export interface RowContext {
	/** UTC instant. */
	at: string;
	company: string;
	runId: string;
	notProven?: string;
	by: ReadonlyArray<ReadonlyArray<keyof Place>>;
	/** Names for people; the id itself where there is none. */
	projectName(id: string): string | undefined;
	vendorName(vendor: string): string | undefined;
	/** The same by GP's own vendor id. */
	gpVendorName?(id: string): string | undefined;
	/** Differences beyond this many are summed up in one row. */
	mostDifferences: number;
}

/** A row of its kind and place, nothing said. */
export function blankRow(
	kind: string,
	context: RowContext,
	place: Partial<Place> = {},
): ReconciliationTableRow {
	const { projectId = '', costCode = '', vendor = '', month = '' } = place;
	return {
		at: context.at,
		gp_company: context.company,
		row_kind: kind,
		procore_project_id: projectId,
		project: projectId === '' ? '' : (context.projectName(projectId) ?? projectId),
		cost_code: costCode,
		vendor: vendor === '' ? '' : cell(context.vendorName(vendor) ?? vendor),
		month,
		gp_amount: '',
		procore_amount: '',
		difference: '',
		explained: '',
		unexplained: '',
		cause: '',
		gp_key: '',
		gp_label: '',
		procore_id: '',
		remedy: '',
		run_id: context.runId,
		not_proven: '',
	};
}
