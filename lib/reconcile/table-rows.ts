import { isZero, toFixed } from '../model/money';
import { cell } from '../audit/event-row';
import { blankRow, type ReconciliationTableRow, type RowContext } from './blank-row';
import { controlCells } from './control-rows';
import { recordRows, type RecordResult } from './records/record-rows';
import type { Comparison } from './account-books';
import type { Difference, Place, ReconcileRow } from './reconcile.types';

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
			...blankRow('total', context),
			...amounts(total),
			not_proven: cell(context.notProven ?? ''),
		},
		...controlRows('month', context, control),
		...breakdowns.flatMap((rows, index) =>
			rows.map((one) => ({
				...blankRow(kindOf(context.by[index] ?? []), context, one),
				...amounts(one),
			})),
		),
		...controlRows('vendor', context, control),
		...records.flatMap((one) => recordRows(one, context)),
		...shown.map((one) => differenceRow(one, context)),
		...(rest > 0
			? [
					{
						...blankRow('difference', context),
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
		...blankRow(`documents by ${by}`, context, by === 'month' ? { month: name } : {}),
		...(by === 'vendor' ? { vendor: cell(context.gpVendorName?.(name) ?? name) } : {}),
		...controlCells(one, control.amountsKnown),
	}));
}

function differenceRow(one: Difference, context: RowContext): ReconciliationTableRow {
	return {
		...blankRow('difference', context, one),
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
