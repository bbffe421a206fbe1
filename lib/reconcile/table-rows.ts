import { cell } from '../audit/event-row';
import { isZero, toFixed } from '../model/money';
import type { TableRow } from '../tables/tables';
import type { Comparison } from './account-books';
import type { RecordComparison, RecordDifference } from './compare-records';
import { controlCells } from './control-totals';
import type { Difference, DifferenceCause, Place, ReconcileRow } from './reconcile.types';

/** Row of gpp_reconciliation, all text: the grid shows it as it is. */
export type ReconciliationTableRow = TableRow<'reconciliation'>;

interface RowContext {
	/** UTC instant. */
	at: string;
	company: string;
	runId: string;
	notProven?: string;
	/** Which were compared, in words; blank where all were. */
	months?: string;
	by: ReadonlyArray<ReadonlyArray<keyof Place>>;
	/** Names for people; the id itself where there is none. */
	projectName(id: string): string | undefined;
	vendorName(vendor: string): string | undefined;
	/** The same by GP's own vendor id. */
	gpVendorName?(id: string): string | undefined;
	/** Inactive in Procore: no run writes there. */
	closedProjects?: ReadonlySet<string>;
	/** Differences beyond this many are summed up in one row. */
	mostDifferences: number;
}

/** A row of its kind and place, nothing said. */
function blankRow(
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

/** Vendors or GL accounts compared, or why they were not. */
export type RecordResult =
	| RecordComparison
	| { entity: RecordDifference['entity']; failed: string };

const NAMES = {
	vendor: { many: 'vendors', difference: 'vendor difference' },
	account: { many: 'cost codes', difference: 'cost code difference' },
} as const;

/** One row that sums up, then one for each difference; at most as many as the context allows. */
function recordRows(result: RecordResult, context: RowContext): ReconciliationTableRow[] {
	const names = NAMES[result.entity];
	if ('failed' in result) {
		return [{ ...blankRow(names.many, context), not_proven: cell(result.failed) }];
	}
	const shown = result.differences.slice(0, context.mostDifferences);
	const rest = result.differences.length - shown.length;
	return [
		{
			...blankRow(names.many, context),
			explained: recordCounts(result),
			not_proven: result.missing > 0 ? `${result.missing} of GP are missing` : '',
		},
		...shown.map((one) => ({
			...blankRow(names.difference, context, { projectId: one.projectId }),
			explained: cell(one.message),
			cause: one.cause,
			gp_key: one.key,
			gp_label: cell(one.label),
			procore_id: one.procoreId,
			remedy: cell(one.remedy),
		})),
		...(rest > 0
			? [
					{
						...blankRow(names.difference, context),
						...{ cause: 'more', explained: `${rest} more` },
					},
				]
			: []),
	];
}

/** "210 as in GP; 12 left out; 3 missing; 1 editedInProcore". */
export function recordCounts({ agree, leftOut, differences }: RecordComparison): string {
	const causes = new Map<string, number>();
	for (const { cause } of differences) causes.set(cause, (causes.get(cause) ?? 0) + 1);
	return [
		`${agree} as in GP`,
		...(leftOut > 0 ? [`${leftOut} left out`] : []),
		...[...causes]
			.sort(([left], [right]) => (left < right ? -1 : 1))
			.map(([cause, count]) => `${count} ${cause}`),
	].join('; ');
}

/** "Vendors: 210 as in GP; 3 missing." */
export function recordWords(result: RecordResult): string {
	const { many } = NAMES[result.entity];
	const title = many[0]!.toUpperCase() + many.slice(1);
	return 'failed' in result
		? `${title} were not compared: ${result.failed}.`
		: `${title}: ${recordCounts(result)}.`;
}

/** For programs: numbers by what became of them. */
export function recordSummary(result: RecordResult): Record<string, unknown> {
	if ('failed' in result) return { failed: result.failed };
	const { records, agree, leftOut, missing, differences } = result;
	return { records, agree, leftOut, missing, differences: differences.length };
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
			...blankRow('total', context, { month: context.months ?? '' }),
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
		remedy: cell(remedyOf(one, context)),
	};
}

/** Causes a run has a hand in: in a closed project only once that is open again. */
const WRITTEN_BY_RUNS: ReadonlySet<DifferenceCause> = new Set([
	'missing',
	'editedInProcore',
	'changedInGp',
	'mappingChanged',
	'changedSinceSent',
	'changedOnBothSides',
	'differs',
	'notYetVoided',
	'stale',
	'waitingRequest',
	'parked',
]);

function remedyOf(
	{ projectId, cause, remedy }: Difference,
	{ closedProjects, projectName }: RowContext,
): string {
	if (!closedProjects?.has(projectId) || !WRITTEN_BY_RUNS.has(cause)) return remedy;
	const project = projectName(projectId) ?? projectId;
	return `Project ${project} is inactive in Procore, so no run writes there: set it to active first, or let this stand. ${remedy}`;
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
