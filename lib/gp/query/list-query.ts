import { DateTime } from 'luxon';
import type { Entity } from '../../model/desired';
import type { GpRecord, Stamp } from '../../model/gp-records';
import type { EntityProfile, ListSource, SiteProfile } from '../profiles/site-profile';
import { GP_STREAMS } from '../streams';

type Literal = SiteProfile['query']['dateLiteral'];

/**
 * A stamp as a server's filter wants it. A date stands for its first instant, or its last when it
 * closes a range. Literals without a zone are written in the zone in which the server keeps stamps.
 */
export function dateLiteral(
	stamp: Stamp,
	literal: Literal,
	zone: string,
	edge: 'start' | 'end' = 'start',
): string {
	const isDate = stamp.length === 10;
	const wall = isDate
		? `${stamp}T${edge === 'start' ? '00:00:00.000' : '23:59:59.997'}`
		: DateTime.fromISO(stamp, { zone: 'utc' }).setZone(zone).toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS");
	const text = wall.replace(/\.000$/, '');
	switch (literal) {
		case 'odata3':
			return `datetime'${text}'`;
		case 'odata4':
			// An instant as it is: by way of the wall it could be the other of two when summer time ends.
			return DateTime.fromISO(isDate ? wall : stamp, { zone })
				.toUTC()
				.toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'")
				.replace('.000Z', 'Z');
		case 'iso':
			return text;
		case 'date':
			return text.slice(0, 10);
	}
}

/** Text as a literal in an OData filter. */
export function textLiteral(text: string): string {
	return `'${text.replace(/'/g, "''")}'`;
}

/** What is wanted of a list; the client filters again whatever the server makes of it. */
export interface ListFilter {
	since?: Stamp | null;
	until?: Stamp | null;
	/** Contains-search on the server, where the profile names columns for it. */
	search?: string;
	/** Ready-made condition in the OData language. */
	condition?: string;
}

export interface PageWindow {
	/** Rows to skip; with `top` it makes a page, without both everything is asked for. */
	skip?: number;
	/** Number of the page as the server counts, where it counts pages. */
	page?: number;
	top?: number;
}

/**
 * How much of the query language a server was found to accept. Sites differ and refuse what they do
 * not know, so a refusal leads to the next step; what the server does not do is done here.
 */
export type QueryStep =
	| 'asConfigured'
	| 'otherDateLiteral'
	| 'withoutCount'
	| 'pagingOnly'
	| 'bare';

/** Steps worth trying for this wish, in order. */
export function querySteps(
	profile: SiteProfile,
	entity: EntityProfile,
	filter: ListFilter,
): QueryStep[] {
	if (profile.query.dialect === 'none') return ['bare'];
	const filters = Boolean((filter.since || filter.until) && entity.stampField);
	const steps: QueryStep[] = ['asConfigured'];
	if ((filters || filter.search) && profile.query.dialect === 'odata')
		steps.push('otherDateLiteral');
	if (profile.query.count !== 'none') steps.push('withoutCount');
	if (filters || entity.orderBy.length > 0 || filter.search) steps.push('pagingOnly');
	return [...steps, 'bare'];
}

/** How a list is asked for. */
export interface Asked {
	settings: EntityProfile;
	step: QueryStep;
}

/**
 * What is asked of a service that refuses the question: a descending order may be too much for it, then in the
 * reader's, in other pages than its own, then in none; and so may the count. Never without pages, where the
 * reader has some: that would be no other way.
 */
export function askedInstead(
	{ settings, step }: Asked,
	profile: SiteProfile,
	readersOrder: string[],
): Asked[] {
	const ascending = readersOrder.map((field) => field.replace(/ desc$/, ''));
	const orders = [settings.orderBy, ...(ascending.length > 0 ? [ascending] : []), []];
	const steps = querySteps(profile, settings, {});
	return steps
		.slice(Math.max(0, steps.indexOf(step)))
		.filter((next) => next !== 'bare' || step === 'bare')
		.flatMap((next) =>
			(next === 'pagingOnly' || next === 'bare' ? [[]] : orders).map((order) => ({
				settings: { ...settings, orderBy: order },
				step: next,
			})),
		)
		.slice(1);
}

/** Query parameters for one page of a list. */
export function listQuery(
	profile: SiteProfile,
	entity: EntityProfile,
	source: ListSource,
	filter: ListFilter,
	page: PageWindow,
	step: QueryStep,
): Record<string, string> {
	const query: Record<string, string> = { ...source.parameters };
	if (step === 'bare') return filter.condition ? { ...query, $filter: filter.condition } : query;
	const { dialect, names } = profile.query;
	if (dialect === 'none') return query;
	const withFilter = step !== 'pagingOnly';
	const literal = step === 'otherDateLiteral' ? otherLiteral(profile) : profile.query.dateLiteral;
	const { zone } = profile.stamp;

	if (dialect === 'odata') {
		const conditions = source.parameters.$filter ? [source.parameters.$filter] : [];
		if (withFilter) {
			if (filter.since && entity.stampField) {
				conditions.push(`${entity.stampField} ge ${dateLiteral(filter.since, literal, zone)}`);
			}
			if (filter.until && entity.stampField) {
				conditions.push(
					`${entity.stampField} le ${dateLiteral(filter.until, literal, zone, 'end')}`,
				);
			}
			if (filter.search && entity.searchFields.length > 0) {
				conditions.push(searchCondition(entity.searchFields, filter.search, literal));
			}
			if (entity.orderBy.length > 0) query.$orderby = entity.orderBy.join(',');
		}
		if (filter.condition) conditions.push(filter.condition);
		if (conditions.length > 0) query.$filter = conditions.join(' and ');
		if (withFilter && step !== 'withoutCount') addCount(query, profile, step);
		if (page.top !== undefined) query.$top = String(page.top);
		if (page.skip) query.$skip = String(page.skip);
		return query;
	}

	if (withFilter && filter.since && names.since)
		query[names.since] = dateLiteral(filter.since, plainLiteral(literal), zone);
	if (withFilter && filter.until && names.until)
		query[names.until] = dateLiteral(filter.until, plainLiteral(literal), zone, 'end');
	if (withFilter && names.order && entity.orderBy.length > 0)
		query[names.order] = entity.orderBy.join(',');
	if (page.top !== undefined && names.limit) query[names.limit] = String(page.top);
	if (page.skip && names.offset) query[names.offset] = String(page.skip);
	if (names.page && page.page !== undefined) query[names.page] = String(page.page);
	return query;
}

/** Whether pages can be asked for at all, and whether they may overlap by a row. */
export function pagingOf(profile: SiteProfile, step: QueryStep): 'none' | 'offset' | 'number' {
	const { dialect, names } = profile.query;
	if (step === 'bare' || dialect === 'none') return 'none';
	if (dialect === 'odata' || names.offset) return 'offset';
	return names.page ? 'number' : 'none';
}

/** Asks for the number of rows beside them: it shows the end of the list without a further request. */
function addCount(query: Record<string, string>, profile: SiteProfile, step: QueryStep): void {
	const { count } = profile.query;
	if (count === 'none') return;
	const odata4 = (count === 'odata4') === (step === 'asConfigured');
	query[odata4 ? '$count' : '$inlinecount'] = odata4 ? 'true' : 'allpages';
}

function otherLiteral(profile: SiteProfile): SiteProfile['query']['dateLiteral'] {
	return profile.query.dateLiteral === 'odata3' ? 'odata4' : 'odata3';
}

/** OData's `datetime'…'` has no place among plain parameters. */
function plainLiteral(
	literal: SiteProfile['query']['dateLiteral'],
): SiteProfile['query']['dateLiteral'] {
	return literal === 'odata3' ? 'iso' : literal;
}

function searchCondition(fields: string[], search: string, literal: string): string {
	const text = textLiteral(search);
	const parts = fields.map((field) =>
		// Version 3 has substringof(needle, field), version 4 contains(field, needle).
		literal === 'odata3' ? `substringof(${text},${field})` : `contains(${field},${text})`,
	);
	return parts.length === 1 ? parts[0]! : `(${parts.join(' or ')})`;
}

/** Normalised key → its parts by name. */
export function keyPartsOf(entity: Entity, key: string): Record<string, string> {
	return GP_STREAMS[entity].keyParts(key);
}

/** The key as GP spells it. */
export function spelledKey(record: GpRecord): string {
	return GP_STREAMS[record.kind].spelledKey(record as never);
}

/** The parts in the order of the URL. */
export function urlKeyParts(keyParts: string[], entity: Entity, key: string): string[] {
	const parts = keyPartsOf(entity, key);
	return keyParts.map((part) => parts[part] ?? '');
}

/** Condition that finds one record by its key columns; null where a list has none. */
export function keyCondition(
	columns: Record<string, { column: string; type: 'text' | 'number' }>,
	parts: Record<string, string>,
): string | null {
	const entries = Object.entries(columns);
	if (entries.length === 0 || entries.some(([field]) => parts[field] === undefined)) return null;
	return entries
		.map(
			([field, { column, type }]) =>
				`${column} eq ${type === 'number' ? Number(parts[field]) : textLiteral(parts[field]!)}`,
		)
		.join(' and ');
}

/** Keys in one condition: keeps addresses well below the 2,000 characters some proxies allow. */
const KEYS_PER_REQUEST = 15;

/** What to ask a list for, so that it gives these records; the whole list where it cannot be asked by keys. */
export function filtersFor(
	columns: ListSource['keyColumns'],
	entity: Entity,
	keys: readonly string[],
): ListFilter[] {
	const conditions = keys.map((key) => keyCondition(columns, keyPartsOf(entity, key)));
	if (conditions.includes(null)) return [{}];
	const filters: ListFilter[] = [];
	for (let start = 0; start < conditions.length; start += KEYS_PER_REQUEST) {
		const some = conditions.slice(start, start + KEYS_PER_REQUEST);
		const condition = some.map((one) => (some.length > 1 ? `(${one})` : one)).join(' or ');
		filters.push({ condition: some.length > 1 ? `(${condition})` : condition });
	}
	return filters;
}
