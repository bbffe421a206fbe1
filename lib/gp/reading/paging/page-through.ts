import type { Completeness } from '../../../model/gp-changes';
import {
	type Answer,
	judgeWhole,
	notAWindow,
	type PagingOptions,
	type PagingReport,
	type Reading,
	type Reads,
	saysMoreOfThese,
	startReading,
	textOf,
	untilRepeated,
} from './page';
import { readLinked, readWindows } from './windows';

interface Pass {
	pages: string[];
	end: Completeness;
}

/**
 * Reads a list by page numbers. Where the number of the first page is not known, page 0 is asked for
 * beside page 1. It ends with an empty page, or with the last one given again.
 */
async function* readNumbered<Row>(reading: Reading<Row>): Reads<Row, Completeness> {
	const { options } = reading;
	/** Where less comes than is asked for, pages may begin at multiples of either number: both are made one. */
	let top = Math.min(options.pageSize, options.cap ?? Infinity);
	let narrowed = false;
	/** What the last pass found, where it was more than a page. */
	let found: { known: ReadonlySet<string>; first: number } | null = null;
	const end = yield* untilRepeated(reading, async function* (): Reads<Row, Pass | 'moved'> {
		const known = new Set<string>();
		const answers: Array<Answer<Row>> = [];
		const keep = async function* (answer: Answer<Row>): Reads<Row, boolean> {
			yield answer.page.rows;
			const again = answer.keys.some((key) => known.has(key));
			for (const key of answer.keys) known.add(key);
			answers.push(answer);
			return !again;
		};
		/** Number of the first page that held rows. */
		let first = options.firstPage ?? 1;
		if (options.firstPage == null) {
			const zero = await reading.tryToGet({ page: 0, top });
			if (zero !== null) yield zero.page.rows;
			const one = await reading.get({ page: 1, top });
			// A service that counts from 1 refuses page 0, gives nothing, the first page, or the whole list.
			const inZero = new Set(zero?.keys);
			const shared = one.keys.filter((key) => inZero.has(key)).length;
			if (zero !== null && shared === 0 && zero.keys.length > 0) {
				yield* keep(zero);
				first = 0;
			} else if (shared < one.keys.length && shared > 0) {
				yield one.page.rows;
				return 'moved';
			}
			if (one.keys.length === 0) return yield* passOf(null);
			yield* keep(one);
		} else {
			const answer = await reading.get({ page: first, top });
			if (answer.keys.length === 0) return yield* passOf(null);
			yield* keep(answer);
		}

		for (let number = options.firstPage == null ? 2 : first + 1; ; number += 1) {
			const last = answers.at(-1)!;
			if (answers.length > 1 && narrow()) return 'moved';
			const answer = await reading.tryToGet({ page: number, top });
			if (answer === null) return yield* passOf(`page ${number} was refused`);
			if (answer.keys.length === 0) return yield* passOf(null);
			if (textOf(answer.keys) === textOf(last.keys)) return yield* repeated(answer);
			if (!(yield* keep(answer))) return 'moved';
		}

		/** From now on as many rows are asked for as came. */
		function narrow(): boolean {
			const given = answers[0]!.keys.length;
			if (narrowed || given >= top) return false;
			narrowed = true;
			top = given;
			return true;
		}

		function pagesOf(): string[] {
			return answers.map(({ keys }) => textOf(keys));
		}

		/** The list ended; `doubt` counts only where the last page was as full as those before. */
		async function* passOf(doubt: string | null): Reads<Row, Pass | 'moved'> {
			// A row may have left for a border that one page does not show to have held still.
			if (answers.length === 1 && !(yield* standsStill())) return 'moved';
			return await ended(doubt, 'nothingBehind');
		}

		async function ended(
			doubt: string | null,
			by: 'nothingBehind' | 'lastPageRepeated',
		): Promise<Pass> {
			const rows = known.size;
			found = answers.length > 1 ? { known, first } : null;
			const last = answers.at(-1);
			const full = last !== undefined && last.keys.length >= answers[0]!.keys.length;
			const page = last && { ...last.page, next: null, more: null };
			const why =
				(page && (await saysMoreOfThese(reading, { page }, rows))) ??
				shortInTheMiddle() ??
				(doubt !== null && full ? `${doubt} after ${rows} rows` : null);
			const end: Completeness = why ? { proven: false, why } : { proven: true, by };
			return { pages: pagesOf(), end: await notAWindow(reading, known, end) };
		}

		/** Numbered pages begin where they begin: what one was cut short by is in no other. */
		function shortInTheMiddle(): string | null {
			const sizes = answers.map(({ keys }) => keys.length);
			const largest = Math.max(0, ...sizes);
			const short = sizes.slice(0, -1).find((size) => size < largest);
			return short === undefined
				? null
				: `numbered pages of ${short} and of ${largest} rows came, so rows may stand on none of them`;
		}

		async function* repeated(answer: Answer<Row>): Reads<Row, Pass | 'moved'> {
			if (answers.length > 1) return await ended(null, 'lastPageRepeated');
			// One page only: the number may be ignored, or rows moved by a whole page.
			if (!(yield* standsStill())) return 'moved';
			reading.report.pagingIgnored = true;
			return { pages: pagesOf(), end: judgeWhole(answer, options, top) };
		}

		/** Whether the one page there is comes again as it was, and is the only one in pages of its own size, too. */
		async function* standsStill(): Reads<Row, boolean> {
			const given = answers[0]!.keys.length;
			if (!narrowed && given < top) {
				const second = await reading.tryToGet({ page: first + 1, top: given });
				if (second?.keys.some((key) => !known.has(key)) && narrow()) return false;
			}
			const again = await reading.get({ page: first, top });
			yield again.page.rows;
			return textOf(again.keys) === textOf(answers[0]!.keys);
		}
	});
	return end.proven && found !== null ? await lookBehind(found) : end;

	/** In pages of one row, the one behind the last row read: a last page may have been cut short. */
	async function lookBehind({ known, first }: NonNullable<typeof found>): Promise<Completeness> {
		const behind = await reading.tryToGet({ page: first + known.size, top: 1 });
		return behind?.keys.some((key) => !known.has(key))
			? { proven: false, why: `a row stands behind the ${known.size} of the numbered pages` }
			: end;
	}
}

/**
 * Reads a list to its end, trusting neither its order nor the server's paging, and says how the end was
 * shown. A list never ends because a page was short or because as many rows came as were asked for.
 * A list whose rows move in every reading is given up with the error of `unstable`. Rows come page by
 * page, a row read twice included: the caller keeps the newer. Whoever has enough leaves the loop.
 */
export async function* pageThrough<Row>(options: PagingOptions<Row>): Reads<Row, PagingReport> {
	const reading = startReading(options);
	const read = { none: readLinked<Row>, offset: readWindows<Row>, number: readNumbered<Row> };
	reading.report.completeness = yield* read[options.paging](reading);
	return reading.report;
}
