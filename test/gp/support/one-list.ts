import { SHIPPED_PROFILES } from '../../../lib/gp/profiles/shipped-profiles';
import {
	bareList,
	type EntityProfile,
	type SiteProfile,
} from '../../../lib/gp/profiles/site-profile';
import { type ListRequest, listSource } from '../../../lib/gp/reading/list-source';
import { Pages } from '../../../lib/gp/reading/pages';
import type { ListFilter } from '../../../lib/gp/query/list-query';
import { type Answer, type Asked, servicesOf } from './services';

/* One list of a service in memory, asked in pages of ten. */

export const { odata } = SHIPPED_PROFILES;
const ANY = { knownFields: (raw: object) => ('ID' in raw ? 2 : 0), hasKey: () => true };
const PLAIN = {
	stampField: 'TS',
	orderBy: [] as string[],
	searchFields: ['NAME'],
	responsePath: null,
};
export type Row = Record<string, unknown>;

export function lists(
	answer: (asked: Asked) => Answer,
	query: Partial<SiteProfile['query']> = {},
	settings: Partial<EntityProfile> = {},
) {
	const profile = {
		...odata,
		query: { ...odata.query, count: 'none' as const, pageSize: 10, ...query },
	};
	const site = servicesOf(answer, profile);
	const read = async (filter: ListFilter = {}, more: Partial<ListRequest<Row>> = {}) => {
		site.asked.length = 0;
		const rows: Row[] = [];
		const reading = new Pages(
			listSource<Row>(site.services, {
				...{ entity: 'vendor', source: bareList('T'), recogniser: ANY, filter },
				settings: { ...PLAIN, ...settings },
				read: async (raws) => await Promise.resolve([...raws]),
				keyOf: ({ ID }) => String(ID),
				...more,
			}),
		);
		for await (const page of reading) rows.push(...page);
		const { completeness } = reading.end!;
		return {
			ids: [...new Set(rows.map(({ ID }) => ID))].join(' '),
			rows,
			end: completeness.proven ? completeness.by : completeness.why,
			asked: site.asked.map((one) => one.replace(/^T\??/, '').replaceAll('$', '')),
		};
	};
	return { ...site, read };
}
export const ids = (count: number) => Array.from({ length: count }, (_, ID) => ({ ID }));
export const paged =
	(all: object[], more: (asked: Asked) => object = () => ({})) =>
	(asked: Asked): Answer => {
		const skip = Number(asked.query('$skip') ?? 0);
		const top = Number(asked.query('$top') ?? Infinity);
		return { body: { value: all.slice(skip, skip + top), ...more(asked) } };
	};
export const REFUSED: Answer = { status: 400, body: { Message: 'not supported' } };
export const refusing =
	(what: RegExp, good: (asked: Asked) => Answer, refusal: Answer = REFUSED) =>
	(asked: Asked): Answer =>
		what.test(decodeURIComponent(asked.url)) ? refusal : good(asked);
export const SINCE = { since: '2026-05-01' };
