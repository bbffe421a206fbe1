import type { RecordResult } from './records/record-rows';
import type { Unrecorded } from './unrecorded';

const NAMES = { vendor: 'vendors', account: 'GL accounts' } as const;

/** What keeps a comparison from being proven complete. */
export interface Doubts {
	/** Documents GP has that the comparison lacks. */
	missing: number;
	/** Why the second reading ended early; null where it came to its end. */
	failed: string | null;
	/** Why the list may have been cut; blank where it was read to its end. */
	list: string;
	/** Documents no run said anything of, and those the list tells otherwise than they are. */
	control?: { unsaid: number; contradicted: number };
	/** Batches begun and never recorded. */
	unrecorded?: Unrecorded;
	/** Vendors and cost codes compared, too. */
	records?: readonly RecordResult[];
}

/** Column `not_proven` of the total: blank when GP's side is whole, as far as that can be shown. */
export function notProvenText({
	missing,
	failed,
	list,
	control,
	unrecorded,
	records = [],
}: Doubts): string {
	const { unsaid = 0, contradicted = 0 } = control ?? {};
	return [
		missing === 0
			? ''
			: `${documents(missing)} of GP ${missing === 1 ? 'is' : 'are'} missing from this comparison`,
		failed === null ? '' : `the second reading failed: ${failed}`,
		list,
		unsaid === 0 ? '' : `of ${documents(unsaid)} no run said what became of it`,
		contradicted === 0
			? ''
			: `GP’s list tells ${documents(contradicted)} otherwise than the document itself`,
		unrecorded ? unrecordedText(unrecorded) : '',
		...records.map((one) =>
			'failed' in one || one.missing === 0
				? ''
				: `${one.missing} ${NAMES[one.entity]} of GP are missing from this comparison`,
		),
	]
		.filter(Boolean)
		.join('; ');
}

function unrecordedText({ batches, writes, since }: Unrecorded): string {
	if (batches === 0) return '';
	const begun = since === '' ? '' : `, begun ${since.slice(0, 16).replace('T', ' ')} UTC`;
	const [what, were, whose] =
		batches === 1 ? ['1 batch', 'is', 'its'] : [`${batches} batches`, 'are', 'their'];
	const found =
		writes === 0 ? `none of ${whose} writes was met` : `${writes} of ${whose} writes named`;
	return `${what} in the journal${begun} ${were} not recorded (${found})`;
}

function documents(count: number): string {
	return count === 1 ? '1 document' : `${count} documents`;
}
