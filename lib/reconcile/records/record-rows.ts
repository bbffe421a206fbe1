import { cell } from '../../audit/event-row';
import { blankRow, type ReconciliationTableRow, type RowContext } from '../blank-row';
import type { RecordComparison, RecordDifference } from './record-comparison.types';

/** Vendors or GL accounts compared, or why they were not. */
export type RecordResult =
	| RecordComparison
	| { entity: RecordDifference['entity']; failed: string };

const NAMES = {
	vendor: { many: 'vendors', difference: 'vendor difference' },
	account: { many: 'cost codes', difference: 'cost code difference' },
} as const;

/** One row that sums up, then one for each difference; at most as many as the context allows. */
export function recordRows(result: RecordResult, context: RowContext): ReconciliationTableRow[] {
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
