import fc from 'fast-check';
import type { Page, PageRequest } from '../../lib/gp/reading/paging/page-through';

/** A server that lists rows its own way; each member is something a real one was seen or may be feared to do. */
export interface Habits {
	rows: number;
	/** Rows an answer holds where nobody asked for a number, and the most it ever holds; 0 = all. */
	pageSize: number;
	/** Honours the number of rows asked for, up to the page size. */
	top: 'honoured' | 'ignored';
	/** Honours rows to skip, or refuses them. */
	skip: 'honoured' | 'ignored' | 'refused';
	/** `boundedByTop`: the links end once as many rows came as were asked for. */
	links: 'none' | 'boundedByTop' | 'unbounded';
	/** Number of its first page; null: page numbers are ignored. */
	pageBase: 0 | 1 | null;
	/** What a page beyond the last one is, and page 0 where there is none. */
	beyond: 'empty' | 'lastPage' | 'refused';
	count: 'absent' | 'right' | 'tooLow' | 'tooHigh' | 'ofThePage';
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
	rows: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 230 })),
	pageSize: fc.oneof(fc.constantFrom(0, ...SIZES_OF_CAPS), fc.integer({ min: 1, max: 60 })),
	top: fc.constantFrom('honoured', 'honoured', 'ignored'),
	skip: fc.constantFrom('honoured', 'honoured', 'ignored', 'refused'),
	links: fc.constantFrom('none', 'none', 'boundedByTop', 'unbounded'),
	pageBase: fc.constantFrom(0, 1, 1, null),
	beyond: fc.constantFrom('empty', 'lastPage', 'refused'),
	count: fc.constantFrom('absent', 'absent', 'right', 'tooLow', 'tooHigh', 'ofThePage'),
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

	private answer(request: PageRequest): Page<string> {
		const { has } = this;
		const cap = has.pageSize === 0 ? Infinity : has.pageSize;
		if ('next' in request) {
			const [at, bound] = request.next.split('/').slice(-2).map(Number) as [number, number];
			return this.page(at, Math.min(cap, bound), bound);
		}
		if ('page' in request) return this.numbered(request.page, request.top, cap);
		const top = 'top' in request && has.top === 'honoured' ? request.top : Infinity;
		let at = 0;
		if ('skip' in request && request.skip > 0) {
			if (has.skip === 'refused') throw new Refusal('there is no $skip');
			if (has.skip === 'honoured') at = request.skip;
		}
		return this.page(at, Math.min(cap, top), has.links === 'boundedByTop' ? top : Infinity);
	}

	private numbered(number: number, top: number, cap: number): Page<string> {
		const { has } = this;
		const size = Math.min(has.top === 'honoured' ? top : Infinity, cap);
		if (has.pageBase === null || size === Infinity) return this.page(0, size, Infinity, false);
		const index = number - has.pageBase;
		const last = Math.max(0, Math.ceil(this.rows.length / size) - 1);
		if (index < 0) {
			// There is no page 0 where they count from 1.
			if (has.beyond === 'refused') throw new Refusal('there is no page 0');
			return this.page(has.beyond === 'empty' ? this.rows.length : 0, size, Infinity, false);
		}
		if (index > last) {
			if (has.beyond === 'refused') throw new Refusal(`there is no page ${number}`);
			const at = has.beyond === 'empty' ? this.rows.length : last * size;
			return this.page(at, size, Infinity, false);
		}
		return this.page(index * size, size, Infinity, false);
	}

	/** @param bound rows the links still lead to */
	private page(at: number, size: number, bound: number, linked = true): Page<string> {
		const { has, rows } = this;
		const from = has.repeatsBorder && at > 0 ? at - 1 : at;
		const given = rows.slice(from, at + size);
		const behind = at + size < rows.length;
		const left = bound - size;
		const follows = linked && has.links !== 'none' && behind && left > 0;
		return {
			rows: given,
			next: follows ? `rows/${at + size}/${left}` : null,
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
			case 'ofThePage':
				// A member of OData's own name is what OData says it is.
				return { count: given, standard: false };
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
