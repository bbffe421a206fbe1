/** One answer of a list. */
export interface Page<Row> {
	rows: Row[];
	/** The server's own link to what follows. */
	next: string | null;
	/** The server would have said if there were more. */
	complete: boolean;
}

export type PageRequest = { skip: number; top: number } | { next: string } | { everything: true };

export interface PagingOptions<Row> {
	fetch(request: PageRequest): Promise<Page<Row>>;
	/** How pages can be asked for. `number`: by page number, so pages cannot overlap. */
	paging: 'none' | 'offset' | 'number';
	pageSize: number;
	keyOf(row: Row): string;
	/** Called for every row, a row read twice included: the caller keeps the newer. */
	take(row: Row, key: string): void;
	/** True when nothing more is wanted. */
	enough?(): boolean;
	/** Throws the error for a list that does not hold still. */
	unstable(why: string): never;
}

export interface PagingReport {
	requests: number;
	/** The server gave everything, or the same page again, whatever was asked. */
	pagingIgnored: boolean;
	/** Times the list was read from its beginning; more than once when rows moved meanwhile. */
	passes: number;
}

const MAX_REQUESTS = 20_000;
const MAX_PASSES = 6;
/** Rows each page is asked for early: as long as they stand where they stood, nothing slipped over the border. */
const OVERLAP = 2;

/**
 * Reads a list to its end, trusting neither its order nor the server's paging.
 *
 * Pages overlap. When the overlapping rows are not those that ended the page before, or a row comes
 * twice, rows were deleted, added or reordered meanwhile and one may have slipped over a page border
 * unread: the list is read again from its beginning until a pass is quiet, and given up with an error
 * when none is. A short page is not the end (servers have caps of their own), only a page without
 * anything new is.
 */
export async function pageThrough<Row>(options: PagingOptions<Row>): Promise<PagingReport> {
	const { pageSize, keyOf } = options;
	const enough = options.enough ?? (() => false);
	const report: PagingReport = { requests: 0, pagingIgnored: false, passes: 0 };
	let largestPage = 0;

	const get = async (request: PageRequest): Promise<{ page: Page<Row>; keys: string[] }> => {
		report.requests += 1;
		if (report.requests > MAX_REQUESTS)
			options.unstable(`it had not ended after ${MAX_REQUESTS} requests`);
		const page = await options.fetch(request);
		return { page, keys: page.rows.map(keyOf) };
	};
	const takeAll = ({ page, keys }: { page: Page<Row>; keys: string[] }) =>
		page.rows.forEach((row, index) => options.take(row, keys[index]!));
	/** Takes an answer and all that the server links to it. */
	const takeLinked = async (first: { page: Page<Row>; keys: string[] }): Promise<void> => {
		const links = new Set<string>();
		takeAll(first);
		for (let { page } = first; page.next !== null && !enough(); ) {
			if (links.has(page.next))
				options.unstable('the service gave the same "next page" link twice');
			links.add(page.next);
			const answer = await get({ next: page.next });
			takeAll(answer);
			page = answer.page;
		}
	};

	if (options.paging === 'none') {
		report.passes = 1;
		await takeLinked(await get({ everything: true }));
		return report;
	}
	while (report.passes < MAX_PASSES) {
		report.passes += 1;
		if ((await readOnce()) === 'quiet') return report;
	}
	options.unstable(`rows moved in each of ${MAX_PASSES} readings`);

	async function readOnce(): Promise<'quiet' | 'moved'> {
		const first = await get({ skip: 0, top: pageSize });
		if (first.page.next !== null) {
			await takeLinked(first);
			return 'quiet';
		}
		takeAll(first);
		largestPage = Math.max(largestPage, first.keys.length);
		if (first.keys.length > pageSize) {
			report.pagingIgnored = true;
			return 'quiet';
		}
		if (first.keys.length === 0 || first.page.complete) return 'quiet';

		const firstPage = first.keys.join('\n');
		const known = new Set(first.keys);
		let tail = options.paging === 'offset' ? lastOf(first.keys) : [];
		// By number the server counts in pages of its own making.
		let position = options.paging === 'number' ? pageSize : first.keys.length;
		while (!enough()) {
			const skip = position - tail.length;
			const answer = await get({ skip, top: pageSize });
			const { page, keys } = answer;
			if (page.next !== null) {
				await takeLinked(answer);
				return 'quiet';
			}
			takeAll(answer);
			largestPage = Math.max(largestPage, keys.length);
			if (skip > 0 && keys.length > 0 && keys.join('\n') === firstPage) {
				if (await ignoresOffset(skip, firstPage)) {
					report.pagingIgnored = true;
					// Unless it gave fewer rows than asked for, there are more.
					if (first.keys.length >= pageSize) await takeLinked(await get({ everything: true }));
					return 'quiet';
				}
				return options.paging === 'number' ? 'quiet' : 'moved';
			}
			if (tail.some((key, index) => keys[index] !== key)) return 'moved';
			const further = keys.slice(tail.length);
			if (further.some((key) => known.has(key))) return 'moved';
			if (further.length === 0 || (page.complete && keys.length < pageSize)) return 'quiet';
			for (const key of further) known.add(key);
			position = options.paging === 'number' ? position + pageSize : skip + keys.length;
			if (options.paging === 'offset') tail = lastOf([...tail, ...further]);
		}
		return 'quiet';
	}

	/** The same page came at another offset; a further one tells whether that was chance. */
	async function ignoresOffset(skip: number, firstPage: string): Promise<boolean> {
		if (options.paging === 'number')
			return (await get({ skip: skip + pageSize, top: pageSize })).keys.join('\n') === firstPage;
		return (await get({ skip: skip + 1, top: pageSize })).keys.join('\n') === firstPage;
	}

	/** The rows by which the next page is to begin; a server that caps pages at one or two rows leaves room for fewer. */
	function lastOf(keys: string[]): string[] {
		const room = Math.min(OVERLAP, largestPage - 1, pageSize - 1, keys.length);
		return room > 0 ? keys.slice(-room) : [];
	}
}
