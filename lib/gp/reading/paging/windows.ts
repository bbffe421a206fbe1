import type { Completeness } from '../../../model/gp-changes';
import {
	type Answer,
	countSaysEnd,
	judgeWhole,
	looksLikeCap,
	NO_MORE_WANTED,
	notAWindow,
	type Reading,
	type Reads,
	saysMoreOfThese,
	textOf,
	untilRepeated,
} from './page';

/** Pages without rows that links may lead through one after the other. */
const MOST_EMPTY = 20;

/**
 * Reads a list the server cuts into pages by itself, by the links it gives. They are asked for without
 * `$top`, which would bound them: a list of 1,500 would seem to end after 500.
 */
export async function* readLinked<Row>(
	reading: Reading<Row>,
	start?: Answer<Row>,
): Reads<Row, Completeness> {
	const { options } = reading;
	let first = start;
	return yield* untilRepeated(reading, async function* () {
		let answer = first ?? (await reading.get({ everything: true }));
		first = undefined;
		const links = new Set<string>();
		const known = new Set<string>();
		const pages: string[] = [];
		let rows = 0;
		let empty = 0;
		let moved = false;
		for (;;) {
			yield answer.page.rows;
			rows += answer.keys.length;
			moved ||= answer.keys.some((key) => known.has(key));
			for (const key of answer.keys) known.add(key);
			const { next } = answer.page;
			const page = textOf(answer.keys);
			empty = answer.keys.length === 0 ? empty + 1 : 0;
			// A link may be new each time and lead to where it led before.
			if (next !== null && (empty > MOST_EMPTY || (empty === 0 && pages.includes(page))))
				options.unstable('its "next page" links lead in a circle');
			pages.push(page);
			if (next === null) break;
			if (links.has(next)) options.unstable('the service gave the same "next page" link twice');
			links.add(next);
			answer = await reading.get({ next });
		}
		if (moved) return 'moved';
		if (links.size === 0) return { pages, end: judgeWhole(answer, options) };
		const why = await saysMoreOfThese(reading, answer, rows);
		const end: Completeness = why ? { proven: false, why } : { proven: true, by: 'links' };
		return { pages, end: await notAWindow(reading, known, end) };
	});
}

const EMPTY_IN_THE_MIDDLE: Completeness = {
	proven: false,
	why: 'answers without rows came in the middle of the list, so that one is no sign of its end',
};

/** Rows each page is asked for early: as long as they stand where they stood, nothing slipped over the border. */
const OVERLAP = 2;

/**
 * Reads a list by offsets, pages overlapping. When the overlapping rows are not those that ended the
 * page before, or a row comes twice, rows were deleted, added or reordered meanwhile and one may have
 * slipped over a page border unread: the list is read again until a pass is quiet.
 *
 * A link to a next page only says that there is one: `$top` bounds the links, and pages that overlap
 * show more. Links are followed where the service does not skip.
 */
export async function* readWindows<Row>(reading: Reading<Row>): Reads<Row, Completeness> {
	const { options, report } = reading;
	const { pageSize } = options;
	let largestPage = 0;
	/** An answer without rows came where there had just been some, or were some afterwards. */
	let hollow = false;
	/** How to go on where offsets do not work. */
	const instead: { read: (() => Reads<Row, Completeness>) | null } = { read: null };
	const end = yield* untilRepeated(reading, async function* () {
		const pass = { pages: [] as string[], overlapped: true };
		const verdict = yield* readOnce(pass);
		if (verdict === 'moved') return verdict;
		// Overlapping rows have shown already that nothing moved.
		return { pages: pass.overlapped ? [] : pass.pages, end: verdict };
	});
	return instead.read ? yield* instead.read() : end;

	async function* readOnce(pass: {
		pages: string[];
		overlapped: boolean;
	}): Reads<Row, Completeness | 'moved'> {
		const first = await reading.get({ skip: 0, top: pageSize });
		yield first.page.rows;
		largestPage = Math.max(largestPage, first.keys.length);
		if (first.keys.length === 0) return await emptyList(first);
		if (first.keys.length > pageSize && first.page.next === null) {
			report.pagingIgnored = true;
			if (!looksLikeCap(first.keys.length)) return judgeWhole(first, options);
		}
		const firstPage = textOf(first.keys);
		const known = new Set(first.keys);
		pass.pages.push(firstPage);
		// Without the first row: of a list that has shrunk to one since the pass before, nothing can overlap.
		let tail = lastOf(first.keys.slice(1));
		let position = first.keys.length;
		let pages = 1;
		let latest = first;
		let totalBefore: number | null = null;
		/** Pages came that were shorter than others, though not the last. */
		let uneven = false;
		let countLies = false;
		for (;;) {
			const read = { rows: position, pages, largestPage, totalBefore };
			if (!countLies && countSaysEnd(latest, read, pageSize)) {
				const shown = options.learned?.countsAll === true && !looksLikeCap(position);
				if (shown || (await nothingAt(position, known))) {
					return await ended(latest, 'count');
				}
				countLies = true;
			}
			totalBefore = latest.page.total?.count ?? null;
			const skip = position - tail.length;
			const answer = await reading.tryToGet({ skip, top: pageSize });
			if (answer === null) return doesNotSkip(first);
			yield answer.page.rows;
			const { keys } = answer;
			if (textOf(keys) === firstPage)
				return keys.length > pageSize || (await ignoresOffset(skip, firstPage))
					? doesNotSkip(first)
					: 'moved';
			hollow ||= keys.length === 0 && tail.length > 0;
			if (tail.some((key, index) => keys[index] !== key)) return 'moved';
			let further = keys.slice(tail.length);
			if (further.some((key) => known.has(key))) return 'moved';
			let page = answer;
			if (further.length === 0) {
				let behind = tail.length > 0 ? yield* rowsBehind(position, tail.at(-1)!, known) : 'none';
				if (behind === 'none' && uneven) {
					behind = yield* rowsBehind(position, latest.keys.at(-1)!, known);
					hollow ||= behind !== 'none';
				}
				if (behind === 'moved') return behind;
				if (behind === 'none') {
					// A single page of one row leaves no room for an overlap that would show that it stood still.
					if (tail.length === 0 && pages === 1 && !(yield* standsStill(firstPage))) return 'moved';
					if (hollow) return EMPTY_IN_THE_MIDDLE;
					return await ended(answer, 'nothingBehind');
				}
				// The page ended with its overlap, though not the list.
				page = behind;
				further = behind.keys;
			} else pass.overlapped &&= tail.length > 0;
			uneven ||= latest.keys.length < largestPage;
			largestPage = Math.max(largestPage, page.keys.length);
			for (const key of further) known.add(key);
			pass.pages.push(textOf(page.keys));
			position += further.length;
			pages += 1;
			latest = page;
			tail = lastOf([...tail, ...further]);
		}
		/** The end, unless the service says otherwise: a link is followed to see whether anything stands there. */
		async function ended(last: Answer<Row>, by: 'count' | 'nothingBehind'): Promise<Completeness> {
			const { next } = last.page;
			let { page } = last;
			if (next !== null) {
				const linked = await reading.tryToGet({ next });
				if (linked?.keys.some((key) => !known.has(key))) {
					instead.read = () => readLinked(reading);
					return NO_MORE_WANTED;
				}
				if (linked !== null) page = { ...linked.page, total: page.total ?? null };
			}
			const why = await saysMoreOfThese(reading, { page }, position);
			const end: Completeness = why ? { proven: false, why } : { proven: true, by };
			return await notAWindow(reading, known, end);
		}
	}

	/** Whether nothing stands at a place, asked for by itself. A count that stays there is none of the page. */
	async function nothingAt(position: number, known: ReadonlySet<string>): Promise<boolean> {
		const there = await reading.tryToGet({ skip: position, top: pageSize });
		if (options.learned && there?.keys.length === 0 && there.page.total?.count === position)
			options.learned.countsAll = true;
		return there === null || there.keys.every((key) => known.has(key));
	}

	async function* standsStill(firstPage: string): Reads<Row, boolean> {
		const again = await reading.get({ skip: 0, top: pageSize });
		yield again.page.rows;
		return textOf(again.keys) === firstPage;
	}

	/**
	 * A page may be short for any reason, and then show no more than its overlap. Only asking for what is
	 * behind it shows that there is nothing; a service that refuses that, or gives what it gave, agrees.
	 */
	async function* rowsBehind(
		position: number,
		lastKey: string,
		known: ReadonlySet<string>,
	): Reads<Row, Answer<Row> | 'none' | 'moved'> {
		const behind = await reading.tryToGet({ skip: position, top: pageSize });
		if (behind === null || behind.keys.every((key) => known.has(key))) return 'none';
		if (behind.keys.some((key) => known.has(key))) return 'moved';
		// Asked without overlap, a row may have slipped over the border.
		const joined = await reading.tryToGet({ skip: position - 1, top: pageSize });
		if (joined?.keys[0] !== lastKey || joined.keys[1] !== behind.keys[0]) return 'moved';
		yield behind.page.rows;
		return behind;
	}

	async function emptyList(answer: Answer<Row>): Promise<Completeness> {
		if (answer.page.next === null) {
			if (largestPage > 0) return EMPTY_IN_THE_MIDDLE;
			const why = await saysMoreOfThese(reading, answer, 0);
			return why ? { proven: false, why } : { proven: true, by: 'nothingBehind' };
		}
		instead.read = () => readLinked(reading);
		return NO_MORE_WANTED;
	}

	/** Offsets do not work here: its links, else all at once, else what came has to be judged. */
	function doesNotSkip(first: Answer<Row>): Completeness {
		report.pagingIgnored = true;
		if (first.page.next !== null) instead.read = () => readLinked(reading);
		// It kept to no number of rows, so without one the same would come.
		else if (first.keys.length > pageSize) return judgeWhole(first, options);
		else instead.read = () => readAtOnce(first);
		return NO_MORE_WANTED;
	}

	/** Asked for no number, it may give more, or links that a number kept back. */
	async function* readAtOnce(first: Answer<Row>): Reads<Row, Completeness> {
		let before = first;
		for (let pass = 0; pass < 3; pass += 1) {
			const everything = await reading.get({ everything: true });
			if (everything.page.next !== null) return yield* readLinked(reading, everything);
			yield everything.page.rows;
			const given = new Set(everything.keys);
			// As many as the page that was asked for before: nothing shows that it is all.
			if (before.keys.every((key) => given.has(key)))
				return judgeWhole(everything, options, pageSize);
			before = everything;
		}
		return { proven: false, why: 'it gave other rows each time it was asked for all' };
	}

	/**
	 * The same page came at another offset. A further offset tells whether that was chance, and the
	 * beginning whether rows put in before it pushed the page along.
	 */
	async function ignoresOffset(skip: number, firstPage: string): Promise<boolean> {
		const further = await reading.tryToGet({ skip: skip + 1, top: pageSize });
		if (further === null) return true;
		if (textOf(further.keys) !== firstPage) return false;
		return textOf((await reading.get({ skip: 0, top: pageSize })).keys) === firstPage;
	}

	/** The rows by which the next page is to begin; a server that caps pages at one or two rows leaves room for fewer. */
	function lastOf(keys: string[]): string[] {
		const room = Math.min(OVERLAP, largestPage - 1, pageSize - 1, keys.length);
		return room > 0 ? keys.slice(-room) : [];
	}
}
