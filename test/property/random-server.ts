import fc from 'fast-check';
import { looksLikeCap, type Page, type PageRequest } from '../../lib/gp/reading/paging/page';
import type { Completeness } from '../../lib/model/gp-changes';

/** A server that lists rows its own way; each member is something a real one was seen or may be feared to do. */
export interface Habits {
	rows: number;
	/** Rows an answer holds where nobody asked for a number, and the most it ever holds; 0 = all. */
	pageSize: number;
	/** Rows it manages in the time it gives itself, answer by answer and over again; empty: all it is to give. */
	manages: number[];
	/** Rows behind this one are given to nobody, whatever is asked (a "result window"); 0 = none. */
	window: number;
	/** Honours a descending order. */
	descending: boolean;
	/** Honours the number of rows asked for, up to the page size. */
	top: 'honoured' | 'ignored';
	/** Honours rows to skip, or refuses them. */
	skip: 'honoured' | 'ignored' | 'refused';
	/**
	 * `boundedByTop`: the links end once as many rows came as were asked for. `withoutTop`: only where no
	 * number was asked for. `circle`: the last page links to the first.
	 */
	links: 'none' | 'boundedByTop' | 'unbounded' | 'withoutTop' | 'circle';
	/** No link is the same twice, wherever it leads (session tokens). */
	linkTokens: boolean;
	/** The last page links to one without rows. */
	linksBeyond: boolean;
	/** Number of its first page; null: page numbers are ignored. */
	pageBase: 0 | 1 | null;
	/** Numbered pages begin at multiples of what it gives, or of what was asked for even where it gives less. */
	pagesOf: 'given' | 'asked';
	/** What a page beyond the last one is, and page 0 where there is none. */
	beyond: 'empty' | 'lastPage' | 'refused';
	/** `ofThePage`, `capped` and `estimated` in any name, OData's own included. */
	count: 'absent' | 'right' | 'tooLow' | 'tooHigh' | 'ofThePage' | 'capped' | 'estimated';
	standardCount: boolean;
	/** Order of the rows: as inserted, or mixed, the same in each answer. */
	mixed: boolean;
	/** Every page begins with the last row of the one before. */
	repeatsBorder: boolean;
}

export interface Edit {
	/** After how many answers. */
	when: number;
	kind: 'delete' | 'insert' | 'insertFirst';
	where: number;
}

export class Refusal extends Error {}

export const SIZES_OF_CAPS = [10, 20, 25, 50, 64, 100];

export const habits: fc.Arbitrary<Habits> = fc.record({
	rows: fc.oneof(
		{ weight: 20, arbitrary: fc.integer({ min: 0, max: 12 }) },
		{ weight: 20, arbitrary: fc.integer({ min: 0, max: 230 }) },
		{ weight: 1, arbitrary: fc.integer({ min: 998, max: 1030 }) },
	),
	pageSize: fc.oneof(fc.constantFrom(0, ...SIZES_OF_CAPS), fc.integer({ min: 1, max: 60 })),
	manages: fc.oneof(
		{ weight: 3, arbitrary: fc.constant<number[]>([]) },
		{
			weight: 1,
			arbitrary: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 7 }),
		},
	),
	window: fc.constantFrom(0, 0, 0, 1000),
	descending: fc.boolean(),
	top: fc.constantFrom('honoured', 'honoured', 'ignored'),
	skip: fc.constantFrom('honoured', 'honoured', 'ignored', 'refused'),
	links: fc.constantFrom<Array<Habits['links']>>(
		'none',
		'none',
		'none',
		'none',
		'boundedByTop',
		'boundedByTop',
		'unbounded',
		'unbounded',
		'withoutTop',
		'withoutTop',
		'circle',
	),
	linkTokens: fc.boolean(),
	linksBeyond: fc.constantFrom(false, false, true),
	pageBase: fc.constantFrom(0, 1, 1, null),
	pagesOf: fc.constantFrom('given', 'given', 'asked'),
	beyond: fc.constantFrom('empty', 'lastPage', 'refused'),
	count: fc.constantFrom<Array<Habits['count']>>(
		'absent',
		'absent',
		'right',
		'right',
		'tooLow',
		'tooHigh',
		'ofThePage',
		'capped',
		'estimated',
	),
	standardCount: fc.boolean(),
	mixed: fc.boolean(),
	repeatsBorder: fc.constantFrom(false, false, false, false, true),
});

export const edits: fc.Arbitrary<Edit[]> = fc.oneof(
	fc.constant<Edit[]>([]),
	fc.array(
		fc.record({
			when: fc.integer({ min: 1, max: 14 }),
			kind: fc.constantFrom('delete', 'insert', 'insertFirst'),
			where: fc.integer({ min: 0, max: 229 }),
		}),
		{ minLength: 1, maxLength: 8 },
	),
);

/**
 * One answer without any hint cannot be told from a whole list, unless its size is one at which
 * services cut; nor can the last of numbered pages be told from one cut short by time, where the service
 * takes no number of rows; nor can the end of a window, unless the opposite order shows it. This is where docs/limits.md says that proof ends.
 */
export function cannotBeTold(has: Habits, by: Completeness, numbered: boolean): boolean {
	if (!by.proven) return false;
	if (numbered && has.manages.length > 0 && has.top === 'ignored') return true;
	if (has.window > 0 && !has.descending) return true;
	const cut = has.manages.length > 0 || (has.pageSize !== 0 && !looksLikeCap(has.pageSize));
	return cut && (by.by === 'wholeAnswer' || by.by === 'count');
}

/** The server in memory. What stood there from the first question to the last is in `stood`. */
export class RandomServer {
	private rows: string[];
	private answers = 0;
	readonly stood: Set<string>;

	constructor(
		private readonly has: Habits,
		private readonly edits: readonly Edit[],
	) {
		this.rows = Array.from({ length: has.rows }, (_, index) => `row${index}`);
		if (has.mixed) this.rows.sort((left, right) => mixed(left) - mixed(right));
		this.stood = new Set(this.rows);
	}

	fetch = async (request: PageRequest): Promise<Page<string>> => {
		const page = this.answer(request);
		this.answers += 1;
		for (const edit of this.edits) if (edit.when === this.answers) this.apply(edit);
		return page;
	};

	/** First rows in the opposite order. */
	lastRows = async (): Promise<string[]> => {
		const rows = this.has.descending ? this.rows.toReversed() : this.rows;
		return rows.slice(0, 2);
	};

	private answer(request: PageRequest): Page<string> {
		const { has } = this;
		const cap = has.pageSize === 0 ? Infinity : has.pageSize;
		if ('next' in request) {
			const [at, bound] = request.next.split('/').slice(1, 3).map(Number) as [number, number];
			return this.page(at, Math.min(cap, bound), bound);
		}
		if ('page' in request) return this.numbered(request.page, request.top, cap);
		const top = 'top' in request && has.top === 'honoured' ? request.top : Infinity;
		let at = 0;
		if ('skip' in request && request.skip > 0) {
			if (has.skip === 'refused') throw new Refusal('there is no $skip');
			if (has.skip === 'honoured') at = request.skip;
		}
		const linked = has.links !== 'withoutTop' || !('top' in request);
		return this.page(at, Math.min(cap, top), has.links === 'boundedByTop' ? top : Infinity, linked);
	}

	private numbered(number: number, top: number, cap: number): Page<string> {
		const { has } = this;
		const asked = has.top === 'honoured' ? top : Infinity;
		const size = Math.min(asked, cap);
		if (has.pageBase === null || size === Infinity) return this.page(0, size, Infinity, false);
		const step = has.pagesOf === 'asked' && asked < Infinity ? asked : size;
		const index = number - has.pageBase;
		const last = Math.max(0, Math.ceil(this.rows.length / step) - 1);
		if (index < 0) {
			// There is no page 0 where they count from 1.
			if (has.beyond === 'refused') throw new Refusal('there is no page 0');
			return this.page(has.beyond === 'empty' ? this.rows.length : 0, size, Infinity, false);
		}
		if (index > last) {
			if (has.beyond === 'refused') throw new Refusal(`there is no page ${number}`);
			const at = has.beyond === 'empty' ? this.rows.length : last * step;
			return this.page(at, size, Infinity, false);
		}
		return this.page(index * step, size, Infinity, false);
	}

	/** @param bound rows the links still lead to */
	private page(at: number, most: number, bound: number, linked = true): Page<string> {
		const { has } = this;
		const rows = has.window === 0 ? this.rows : this.rows.slice(0, has.window);
		const manages = has.manages[this.answers % Math.max(1, has.manages.length)] ?? Infinity;
		const size = Math.min(most, manages);
		const from = has.repeatsBorder && at > 0 ? at - 1 : at;
		const given = rows.slice(from, at + size);
		const next = at + size < rows.length || has.linksBeyond ? at + size : 0;
		const follows = next > 0 ? next < Infinity && given.length > 0 : has.links === 'circle';
		const leads = linked && has.links !== 'none' && follows && bound - size > 0;
		const token = has.linkTokens ? `/${this.answers}` : '';
		return {
			rows: given,
			next: leads ? `rows/${next}/${bound - size}${token}` : null,
			total: this.total(given.length),
		};
	}

	private total(given: number): Page<string>['total'] {
		const { count, standardCount: standard } = this.has;
		const all = this.rows.length;
		switch (count) {
			case 'absent':
				return null;
			case 'right':
				return { count: all, standard };
			case 'tooLow':
				return { count: Math.max(0, all - 7), standard };
			case 'tooHigh':
				return { count: all + 7, standard };
			case 'capped':
				return { count: Math.min(all, 100), standard };
			case 'estimated':
				return { count: Math.max(0, all + ((this.answers * 5) % 11) - 5), standard };
			case 'ofThePage':
				return { count: given, standard };
		}
	}

	private apply({ kind, where }: Edit): void {
		const index = this.rows.length === 0 ? 0 : where % this.rows.length;
		if (kind === 'delete') {
			const [gone] = this.rows.splice(index, 1);
			if (gone !== undefined) this.stood.delete(gone);
		} else {
			const at = kind === 'insertFirst' ? 0 : index;
			this.rows.splice(at, 0, `new${this.answers}-${where}-${this.rows.length}`);
		}
	}
}

function mixed(row: string): number {
	let hash = 7;
	for (const letter of row) hash = (hash * 31 + letter.charCodeAt(0)) % 100_003;
	return hash;
}
