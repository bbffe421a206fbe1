import type { Completeness } from '../../../model/gp-changes';
import {
	type Answer,
	countShowsEnd,
	judgeWhole,
	looksLikeCap,
	NO_MORE_WANTED,
	type Reading,
	saysMore,
	textOf,
	untilRepeated,
} from './page';

/**
 * Reads a list the server cuts into pages by itself, by the links it gives. They are asked for without
 * `$top`, which would bound them: a list of 1,500 would seem to end after 500.
 */
export async function readLinked<Row>(
	reading: Reading<Row>,
	start?: Answer<Row>,
): Promise<Completeness> {
	const { options } = reading;
	let first = start;
	return await untilRepeated(reading, async () => {
		let answer = first ?? (await reading.get({ everything: true }));
		first = undefined;
		const links = new Set<string>();
		const known = new Set<string>();
		const pages: string[] = [];
		let rows = 0;
		let moved = false;
		for (;;) {
			await reading.take(answer);
			rows += answer.keys.length;
			pages.push(textOf(answer.keys));
			moved ||= answer.keys.some((key) => known.has(key));
			for (const key of answer.keys) known.add(key);
			const { next } = answer.page;
			if (next === null) break;
			if (reading.enough()) return { pages, end: NO_MORE_WANTED };
			if (links.has(next)) options.unstable('the service gave the same "next page" link twice');
			links.add(next);
			answer = await reading.get({ next });
		}
		if (moved) return 'moved';
		if (links.size === 0) return { pages, end: judgeWhole(answer, options) };
		const why = saysMore(answer, rows, options);
		return { pages, end: why ? { proven: false, why } : { proven: true, by: 'links' } };
	});
}

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
export async function readWindows<Row>(reading: Reading<Row>): Promise<Completeness> {
	const { options, report } = reading;
	const { pageSize } = options;
	let largestPage = 0;
	/** How to go on where offsets do not work. */
	const instead: { read: (() => Promise<Completeness>) | null } = { read: null };
	const end = await untilRepeated(reading, async () => {
		const pass = { pages: [] as string[], overlapped: true };
		const verdict = await readOnce(pass);
		if (verdict === 'moved') return verdict;
		// Overlapping rows have shown already that nothing moved.
		return { pages: pass.overlapped ? [] : pass.pages, end: verdict };
	});
	return instead.read ? await instead.read() : end;

	async function readOnce(pass: {
		pages: string[];
		overlapped: boolean;
	}): Promise<Completeness | 'moved'> {
		const first = await reading.get({ skip: 0, top: pageSize });
		await reading.take(first);
		largestPage = Math.max(largestPage, first.keys.length);
		if (first.keys.length === 0) return emptyList(first);
		if (first.keys.length > pageSize && first.page.next === null) {
			report.pagingIgnored = true;
			if (!looksLikeCap(first.keys.length)) return judgeWhole(first, options);
		}
		const firstPage = textOf(first.keys);
		const known = new Set(first.keys);
		pass.pages.push(firstPage);
		let tail = lastOf(first.keys.slice(1));
		let position = first.keys.length;
		let pages = 1;
		let latest = first;
		let totalBefore: number | null = null;
		while (!reading.enough()) {
			if (countShowsEnd(latest, { rows: position, pages, largestPage, totalBefore }, pageSize))
				return { proven: true, by: 'count' };
			totalBefore = latest.page.total?.count ?? null;
			const skip = position - tail.length;
			const answer = await reading.tryToGet({ skip, top: pageSize });
			if (answer === null) return doesNotSkip(first);
			await reading.take(answer);
			const { keys } = answer;
			largestPage = Math.max(largestPage, keys.length);
			if (keys.length > 0 && textOf(keys) === firstPage)
				return keys.length > pageSize || (await ignoresOffset(skip, firstPage))
					? doesNotSkip(first)
					: 'moved';
			if (tail.some((key, index) => keys[index] !== key)) return 'moved';
			const further = keys.slice(tail.length);
			if (further.some((key) => known.has(key))) return 'moved';
			if (further.length === 0) {
				const behind =
					tail.length > 0 && !wholeAtOnce(first, pages)
						? await rowsBehind(position, tail.at(-1)!, known)
						: 'none';
				if (behind === 'moved') return behind;
				if (behind === 'none') return endedAfter(answer, position);
				// The page ended with its overlap, though not the list.
				further.push(...behind.keys);
				latest = behind;
				for (const key of further) known.add(key);
				pass.pages.push(textOf(behind.keys));
				largestPage = Math.max(largestPage, behind.keys.length);
				position += further.length;
				pages += 1;
				tail = lastOf([...tail, ...further]);
				continue;
			}
			for (const key of further) known.add(key);
			pass.pages.push(textOf(keys));
			pass.overlapped &&= tail.length > 0;
			position = skip + keys.length;
			pages += 1;
			latest = answer;
			tail = lastOf([...tail, ...further]);
		}
		return NO_MORE_WANTED;
	}

	/** One page below what was asked for, of a number at which nobody cuts, with nothing behind it. */
	function wholeAtOnce({ keys }: Answer<Row>, pages: number): boolean {
		const rows = keys.length;
		return (
			pages === 1 &&
			rows < pageSize &&
			rows === largestPage &&
			rows !== options.cap &&
			!looksLikeCap(rows)
		);
	}

	/**
	 * A page may be short for any reason, and then show no more than its overlap. Only asking for what is
	 * behind it shows that there is nothing; a service that refuses that, or gives what it gave, agrees.
	 */
	async function rowsBehind(
		position: number,
		lastKey: string,
		known: ReadonlySet<string>,
	): Promise<Answer<Row> | 'none' | 'moved'> {
		const behind = await reading.tryToGet({ skip: position, top: pageSize });
		if (behind === null || behind.keys.every((key) => known.has(key))) return 'none';
		if (behind.keys.some((key) => known.has(key))) return 'moved';
		// Asked without overlap, a row may have slipped over the border.
		const joined = await reading.tryToGet({ skip: position - 1, top: pageSize });
		if (joined?.keys[0] !== lastKey || joined.keys[1] !== behind.keys[0]) return 'moved';
		await reading.take(behind);
		return behind;
	}

	function emptyList(answer: Answer<Row>): Completeness {
		if (answer.page.next === null) return endedAfter(answer, 0);
		instead.read = async () => await readLinked(reading);
		return NO_MORE_WANTED;
	}

	function endedAfter(answer: Answer<Row>, rows: number): Completeness {
		const why = saysMore(answer, rows, options);
		return why ? { proven: false, why } : { proven: true, by: 'nothingBehind' };
	}

	/** Offsets do not work here: its links, else all at once, else what came has to be judged. */
	function doesNotSkip(first: Answer<Row>): Completeness {
		report.pagingIgnored = true;
		if (first.page.next !== null) {
			instead.read = async () => await readLinked(reading);
		} else if (first.keys.length === pageSize) {
			// It kept to the number asked for, so there may be more.
			instead.read = async () => {
				const everything = await reading.get({ everything: true });
				if (everything.page.next !== null) return await readLinked(reading, everything);
				await reading.take(everything);
				// As many as the page that was asked for before: nothing shows that it is all.
				return judgeWhole(everything, options, pageSize);
			};
		} else return judgeWhole(first, options, pageSize);
		return NO_MORE_WANTED;
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
