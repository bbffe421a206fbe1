import { add, compare, negate, subtract, toFixed } from '../../../model/money';
import { GpRecordMalformed } from '../../errors/records';
import type { RawRecord } from '../../normalise/field-reader';
import { amount, text } from '../../normalise/values';

/**
 * Distributions with the job a job product keeps for them: matched by control type, sequence and, where
 * the product tells it, account. A distribution that is analysed in several parts becomes as many lines,
 * if their amounts are its own; otherwise the document is refused.
 *
 * @param voucher for the message
 */
export function withJobs(
	lines: readonly RawRecord[],
	jobs: readonly RawRecord[],
	voucher: string,
): RawRecord[] {
	if (jobs.length === 0) return [...lines];
	return lines.flatMap((line) => {
		const own = jobs.filter((job) => belongsTo(job, line)).filter(({ JOB }) => text(JOB) !== null);
		const [first, ...others] = own;
		if (!first) return [line];
		if (others.length === 0 && text(first.AMOUNT) === null) return [{ ...line, ...codesOf(first) }];
		if (own.every((job) => sameCodes(job, first))) return [{ ...line, ...codesOf(first) }];
		const total = subtract(amount(line.DEBITAMT) ?? '0', amount(line.CRDTAMNT) ?? '0');
		const parts = own.map((job) => amount(job.AMOUNT));
		const whole = parts.every((part) => part !== null) ? add('0', ...parts) : null;
		if (whole === null || compare(whole, total) !== 0)
			throw new GpRecordMalformed(
				{ entity: 'payable', key: voucher },
				`the jobs of distribution ${text(line.DSTSQNUM)}`,
				`add up to ${whole === null ? 'no amount' : toFixed(whole)}, and the distribution is ${toFixed(total)}`,
			);
		return own.map((job, at) => {
			const part = parts[at]!;
			const isDebit = compare(part, '0') >= 0;
			return {
				...line,
				...codesOf(job),
				DEBITAMT: isDebit ? part : '0',
				CRDTAMNT: isDebit ? '0' : negate(part),
			};
		});
	});
}

function belongsTo(job: RawRecord, line: RawRecord): boolean {
	const same = (column: string) => Number(text(job[column])) === Number(text(line[column]));
	const index = Number(text(job.DSTINDX) ?? 0);
	return same('CNTRLTYP') && same('DSTSQNUM') && (index === 0 || same('DSTINDX'));
}

function codesOf({ JOB, COSTCODE, COSTTYPE }: RawRecord): RawRecord {
	return { JOB, COSTCODE, COSTTYPE };
}

function sameCodes(left: RawRecord, right: RawRecord): boolean {
	return (['JOB', 'COSTCODE', 'COSTTYPE'] as const).every(
		(name) => text(left[name]) === text(right[name]),
	);
}
