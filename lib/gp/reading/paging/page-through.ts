import type { Completeness } from '../../../model/gp-changes';
import {
	type Answer,
	judgeWhole,
	NO_MORE_WANTED,
	type PagingOptions,
	type PagingReport,
	type Reading,
	saysMore,
	startReading,
	textOf,
	untilRepeated,
} from './page';
import { readLinked, readWindows } from './windows';

export type { Page, PageRequest, PagingOptions, PagingReport } from './page';

interface Pass {
	pages: string[];
	end: Completeness;
}

/**
 * Reads a list by page numbers. Where the number of the first page is not known, page 0 is asked for
 * beside page 1. It ends with an empty page, or with the last one given again.
 */
async function readNumbered<Row>(reading: Reading<Row>): Promise<Completeness> {
	const { options } = reading;
	const top = options.pageSize;
	return await untilRepeated(reading, async (): Promise<Pass | 'moved'> => {
		const known = new Set<string>();
		const answers: Array<Answer<Row>> = [];
		const keep = async (answer: Answer<Row>): Promise<boolean> => {
			await reading.take(answer);
			const again = answer.keys.some((key) => known.has(key));
			for (const key of answer.keys) known.add(key);
			answers.push(answer);
			return !again;
		};
		/** Number of the first page that held rows. */
		let first = options.firstPage ?? 1;
		if (options.firstPage == null) {
			const zero = await reading.tryToGet({ page: 0, top });
			if (zero !== null) await reading.take(zero);
			const one = await reading.get({ page: 1, top });
			// A service that counts from 1 refuses page 0, gives nothing, the first page, or the whole list.
			const inZero = new Set(zero?.keys);
			const shared = one.keys.filter((key) => inZero.has(key)).length;
			if (zero !== null && shared === 0 && zero.keys.length > 0) {
				await keep(zero);
				first = 0;
			} else if (shared < one.keys.length && shared > 0) {
				await reading.take(one);
				return 'moved';
			}
			if (one.keys.length === 0) return await passOf(null);
			await keep(one);
		} else {
			const answer = await reading.get({ page: first, top });
			if (answer.keys.length === 0) return await passOf(null);
			await keep(answer);
		}

		for (let number = options.firstPage == null ? 2 : first + 1; ; number += 1) {
			if (reading.enough()) return { pages: pagesOf(), end: NO_MORE_WANTED };
			const last = answers.at(-1)!;
			const answer = await reading.tryToGet({ page: number, top });
			if (answer === null) return await passOf(`page ${number} was refused`);
			if (answer.keys.length === 0) return await passOf(null);
			if (textOf(answer.keys) === textOf(last.keys)) return await repeated(answer);
			if (!(await keep(answer))) return 'moved';
		}

		function pagesOf(): string[] {
			return answers.map(({ keys }) => textOf(keys));
		}

		/** The list ended; `doubt` counts only where the last page was as full as those before. */
		async function passOf(doubt: string | null): Promise<Pass | 'moved'> {
			// A row may have left for a border that one page does not show to have held still.
			if (answers.length === 1 && !(await standsStill())) return 'moved';
			return ended(doubt);
		}

		function ended(doubt: string | null): Pass {
			const rows = known.size;
			const last = answers.at(-1);
			const full = last !== undefined && last.keys.length >= answers[0]!.keys.length;
			const why =
				(last && saysMore({ page: { ...last.page, next: null, more: null } }, rows, options)) ??
				(doubt !== null && full ? `${doubt} after ${rows} rows` : null);
			return {
				pages: pagesOf(),
				end: why ? { proven: false, why } : { proven: true, by: 'nothingBehind' },
			};
		}

		async function repeated(answer: Answer<Row>): Promise<Pass | 'moved'> {
			if (answers.length > 1) {
				const { pages, end } = ended(null);
				return { pages, end: end.proven ? { proven: true, by: 'lastPageRepeated' } : end };
			}
			// One page only: the number may be ignored, or rows moved by a whole page.
			if (!(await standsStill())) return 'moved';
			reading.report.pagingIgnored = true;
			return { pages: pagesOf(), end: judgeWhole(answer, options, top) };
		}

		/** Whether the one page there is comes again as it was. */
		async function standsStill(): Promise<boolean> {
			const again = await reading.get({ page: first, top });
			await reading.take(again);
			return textOf(again.keys) === textOf(answers[0]!.keys);
		}
	});
}

/**
 * Reads a list to its end, trusting neither its order nor the server's paging, and says how the end was
 * shown. A list never ends because a page was short or because as many rows came as were asked for.
 * A list whose rows move in every reading is given up with the error of `unstable`.
 */
export async function pageThrough<Row>(options: PagingOptions<Row>): Promise<PagingReport> {
	const reading = startReading(options);
	const read = { none: readLinked<Row>, offset: readWindows<Row>, number: readNumbered<Row> };
	reading.report.completeness = await read[options.paging](reading);
	return reading.report;
}
