import type { Call, Reply } from './call';

const HIGHEST_PER_PAGE = 2000;

interface ListRules {
	/** Most rows a page may have. */
	cap?: number;
	/** Rows on a page when the caller names no number. */
	standard?: number;
}

/** A page of `rows` with Total, Per-Page and Link headers, as version 1 lists answer. */
export function page<T>(
	call: Call,
	rows: T[],
	show: (row: T) => unknown,
	rules: ListRules = {},
): Reply {
	const { from, to, perPage, number } = window(call, rules);
	const headers: Record<string, string> = {
		Total: String(rows.length),
		'Per-Page': String(perPage),
	};
	const link = linkHeader(call, number, perPage, rows.length);
	if (link) headers.Link = link;
	return { body: rows.slice(from, to).map(show), headers };
}

/** A page in the envelope of version 2, whose ids are text. */
export function page2<T>(call: Call, rows: T[], show: (row: T) => unknown): Reply {
	const { from, to, perPage, number } = window(call, { cap: 100, standard: 10 });
	const headers: Record<string, string> = {
		Total: String(rows.length),
		'Per-Page': String(perPage),
	};
	const link = linkHeader(call, number, perPage, rows.length);
	if (link) headers.Link = link;
	return { body: { data: rows.slice(from, to).map(show) }, headers };
}

function window(call: Call, rules: ListRules) {
	const cap = rules.cap ?? HIGHEST_PER_PAGE;
	const wanted = positive(call.query.per_page) ?? rules.standard ?? call.switches.defaultPerPage;
	const perPage = Math.min(wanted, cap);
	const number = positive(call.query.page) ?? 1;
	return { from: (number - 1) * perPage, to: number * perPage, perPage, number };
}

function positive(value: unknown): number | null {
	const number = Number(value);
	return Number.isInteger(number) && number > 0 ? number : null;
}

function linkHeader(call: Call, number: number, perPage: number, total: number): string {
	const last = Math.max(1, Math.ceil(total / perPage));
	const links: Array<[string, number]> = [];
	if (number > 1) links.push(['first', 1], ['prev', number - 1]);
	if (number < last) links.push(['next', number + 1], ['last', last]);
	return links
		.map(([rel, target]) => `<${address(call, target, perPage)}>; rel="${rel}"`)
		.join(', ');
}

function address(call: Call, number: number, perPage: number): string {
	const search = new URLSearchParams();
	for (const [name, value] of Object.entries(call.query)) {
		if (name === 'page' || name === 'per_page') continue;
		for (const one of Array.isArray(value) ? value : [value]) search.append(name, one);
	}
	search.set('page', String(number));
	search.set('per_page', String(perPage));
	return `${call.origin}${call.path}?${search}`;
}

/** `filters[name]`, plain or as an array; null when not given. */
export function filter(call: Call, name: string): string[] | null {
	const value = call.query[`filters[${name}]`] ?? call.query[`filters[${name}][]`];
	if (value === undefined) return null;
	const values = Array.isArray(value) ? value : [value];
	// Ids may come as one list; text may itself hold commas and brackets.
	if (!/(^|_)id$/.test(name) || name === 'origin_id') return values;
	return values.flatMap((one) => one.replace(/^\[|\]$/g, '').split(','));
}

/** Keeps the rows whose `field` is among the filter's values. */
export function keep<T>(call: Call, rows: T[], name: string, field: (row: T) => unknown): T[] {
	const values = filter(call, name);
	if (!values) return rows;
	return rows.filter((row) => values.includes(String(field(row))));
}

/** Keeps the rows whose date or timestamp lies in `from...to` (quotes around it are allowed). */
export function keepBetween<T>(
	call: Call,
	rows: T[],
	name: string,
	field: (row: T) => string | null,
): T[] {
	const values = filter(call, name);
	if (!values) return rows;
	const [from, to] = values[0].replace(/"/g, '').split('...');
	const end = to ?? from;
	const last = end.length === 10 ? `${end}T23:59:59Z` : end;
	return rows.filter((row) => {
		const value = field(row);
		return value !== null && value >= from && value.slice(0, last.length) <= last;
	});
}
