import { isZero, toFixed } from '../model/money';
import { cell } from '../audit/event-row';
import { controlCells } from './control-rows';
import { recordRows, type RecordResult } from './records/record-rows';
import type { Comparison } from './account-books';
import type { Difference, Place, ReconcileRow } from './reconcile.types';

/** Row of gpp_reconciliation, all text: the grid shows it as it is. */
export interface ReconciliationTableRow {
	at: string;
	gp_company: string;
	/** "total", "difference", or what a breakdown is by: "project, cost code". */
	row_kind: string;
	procore_project_id: string;
	project: string;
	cost_code: string;
	vendor: string;
	month: string;
	gp_amount: string;
	procore_amount: string;
	difference: string;
	/** Breakdowns: amounts by cause. Differences: what happened to the document. */
	explained: string;
	unexplained: string;
	cause: string;
	gp_key: string;
	gp_label: string;
	procore_id: string;
	remedy: string;
	run_id: string;
	/** Total: why the comparison may lack documents of GP, and how many; blank when it has all. */
	not_proven: string;
}

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

/** A comparison as rows: the total, the breakdowns, then every difference, greatest first. */
export function tableRows(
	comparison: Comparison,
	records: readonly RecordResult[],
	context: RowContext,
): ReconciliationTableRow[] {
	const { total, breakdowns, differences, control } = comparison;
	const shown = differences.slice(0, context.mostDifferences);
	const rest = differences.length - shown.length;
	return [
		{
			...row('total', {}, context),
			...amounts(total),
			not_proven: cell(context.notProven ?? ''),
		},
		...controlRows('month', context, control),
		...breakdowns.flatMap((rows, index) =>
			rows.map((one) => ({
				...row(kindOf(context.by[index] ?? []), one, context),
				...amounts(one),
			})),
		),
		...controlRows('vendor', context, control),
		...records.flatMap((one) => recordRows(one, context)),
		...shown.map((one) => differenceRow(one, context)),
		...(rest > 0
			? [
					{
						...row('difference', {}, context),
						cause: 'more',
						explained: `${rest} more, smaller ones`,
					},
				]
			: []),
	];
}

/** Documents GP lists, by month or vendor, with their header amounts and what became of them. */
function controlRows(
	by: 'month' | 'vendor',
	context: RowContext,
	control: Comparison['control'],
): ReconciliationTableRow[] {
	if (!control) return [];
	return (by === 'month' ? control.byMonth : control.byVendor).map(([name, one]) => ({
		...row(`documents by ${by}`, by === 'month' ? { month: name } : {}, context),
		...(by === 'vendor' ? { vendor: cell(context.gpVendorName?.(name) ?? name) } : {}),
		...controlCells(one, control.amountsKnown),
	}));
}

function differenceRow(one: Difference, context: RowContext): ReconciliationTableRow {
	return {
		...row('difference', one, context),
		difference: toFixed(one.amount),
		explained: cell(one.message),
		unexplained: one.cause === 'unexplained' ? toFixed(one.amount) : '0.00',
		cause: one.cause,
		gp_key: one.key,
		gp_label: cell(one.document),
		procore_id: one.procoreId,
		remedy: cell(one.remedy),
	};
}

function amounts({ gp, procore, difference, explained, unexplained }: ReconcileRow) {
	return {
		gp_amount: toFixed(gp),
		procore_amount: toFixed(procore),
		difference: toFixed(difference),
		explained: Object.entries(explained)
			.filter(([, amount]) => !isZero(amount))
			.map(([cause, amount]) => `${cause} ${toFixed(amount)}`)
			.join('; '),
		unexplained: toFixed(unexplained),
	};
}

const TITLES: Record<keyof Place, string> = {
	projectId: 'project',
	costCode: 'cost code',
	vendor: 'vendor',
	month: 'month',
};

function kindOf(by: ReadonlyArray<keyof Place>): string {
	return by.map((name) => TITLES[name]).join(', ') || 'total';
}

/** A row of its kind and place, nothing said. */
export function blankRow(
	kind: string,
	context: RowContext,
	place: Partial<Place> = {},
): ReconciliationTableRow {
	return row(kind, place, context);
}

function row(kind: string, place: Partial<Place>, context: RowContext): ReconciliationTableRow {
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
