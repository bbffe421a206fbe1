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
	pages: number;
	/** The server gave everything, or the same page again, whatever was asked. */
	pagingIgnored: boolean;
	/** Times the reader had to step back because rows had moved. */
	steppedBack: number;
}

interface SteadyPlace {
	position: number;
	last: string | null;
	fresh: number;
	ended: boolean;
}

const MAX_PAGES = 20_000;
const MAX_STEPS_BACK = 50;

/**
 * Reads a list to its end, trusting neither its order nor the server's paging.
 * Each page is asked for one row early: when the row that should stand first has moved, rows were
 * deleted or reordered meanwhile, one of them may have slipped over the page border, and the reader
 * steps back until it meets a row it knows. A short page is not the end (servers have caps of their
 * own), only a page without anything new is.
 */
export async function pageThrough<Row>(options: PagingOptions<Row>): Promise<PagingReport> {
	const { fetch, pageSize, keyOf, take } = options;
	const enough = options.enough ?? (() => false);
	const report: PagingReport = { pages: 0, pagingIgnored: false, steppedBack: 0 };
	const known = new Set<string>();

	const get = async (request: PageRequest): Promise<Page<Row>> => {
		report.pages += 1;
		if (report.pages > MAX_PAGES) options.unstable(`it had not ended after ${MAX_PAGES} pages`);
		return await fetch(request);
	};
	/** Number of rows not met before. */
	const takeAll = (rows: Row[]): number => {
		const before = known.size;
		for (const row of rows) {
			const key = keyOf(row);
			known.add(key);
			take(row, key);
		}
		return known.size - before;
	};
	const follow = async (from: Page<Row>): Promise<void> => {
		const links = new Set<string>();
		for (let page = from; page.next !== null && !enough(); ) {
			if (links.has(page.next)) options.unstable('the service gave the same "next page" link twice');
			links.add(page.next);
			page = await get({ next: page.next });
			takeAll(page.rows);
		}
	};

	if (options.paging === 'none') {
		const page = await get({ everything: true });
		takeAll(page.rows);
		await follow(page);
		return report;
	}

	const first = await get({ skip: 0, top: pageSize });
	takeAll(first.rows);
	if (first.next !== null) {
		await follow(first);
		return report;
	}
	if (first.rows.length > pageSize) {
		report.pagingIgnored = true;
		return report;
	}
	if (first.rows.length === 0 || first.complete) return report;

	const firstKeys = first.rows.map(keyOf).join('\n');
	let position = first.rows.length;
	let last = keyOf(first.rows.at(-1)!);
	let overlap = first.rows.length > 1 && options.paging === 'offset' ? 1 : 0;
	// By number the server counts in pages of its own making, so only full pages can be counted on.
	if (options.paging === 'number') position = pageSize;

	let stuckBefore = false;
	while (!enough()) {
		const skip = position - overlap;
		const page = await get({ skip, top: pageSize });
		if (page.next !== null) {
			takeAll(page.rows);
			await follow(page);
			return report;
		}
		const keys = page.rows.map(keyOf);
		if (skip > 0 && keys.length > 0 && keys.join('\n') === firstKeys) {
			// The same page again: the server does not skip. Unless it gave fewer rows than asked for, there are more.
			report.pagingIgnored = true;
			if (first.rows.length >= pageSize) {
				const all = await get({ everything: true });
				takeAll(all.rows);
				await follow(all);
			}
			return report;
		}
		if (overlap === 1 && keys[0] !== last && !(keys.length > 0 && known.has(keys[0]!))) {
			const steadied = await stepBack(skip);
			// The same rows up to the same place twice: the service does not answer requests that near its end.
			const stuck = steadied.fresh === 0 && steadied.position === position;
			if (stuck && stuckBefore) return report;
			stuckBefore = stuck;
			position = steadied.position;
			last = steadied.last ?? last;
			overlap = steadied.last === null ? 0 : 1;
			if (steadied.ended) return report;
			continue;
		}
		const fresh = takeAll(page.rows);
		if (page.rows.length === 0) return report;
		if (fresh === 0 && (page.rows.length <= overlap || options.paging === 'number')) return report;
		if (page.complete && page.rows.length < pageSize) return report;
		position = options.paging === 'number' ? position + pageSize : skip + page.rows.length;
		last = keys.at(-1)!;
		overlap = page.rows.length > 1 && options.paging === 'offset' ? 1 : overlap;
	}
	return report;

	/** Goes back page by page until a page begins with a row already read, or to the beginning. */
	async function stepBack(from: number): Promise<SteadyPlace> {
		for (let skip = from; ; ) {
			skip = Math.max(0, skip - Math.max(1, pageSize - 1));
			report.steppedBack += 1;
			if (report.steppedBack > MAX_STEPS_BACK) options.unstable(`rows moved ${MAX_STEPS_BACK} times while it was paged`);
			const page = await get({ skip, top: pageSize });
			const keys = page.rows.map(keyOf);
			const steady = skip === 0 || (keys.length > 0 && known.has(keys[0]!));
			if (!steady) continue;
			const fresh = takeAll(page.rows);
			if (keys.length === 0) return { position: 0, last: null, fresh, ended: true };
			return { position: skip + keys.length, last: keys.at(-1)!, fresh, ended: false };
		}
	}
}
