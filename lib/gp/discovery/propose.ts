import { ABSENT_MEANS, declaration } from '../../model/gp-records';
import type { Entity } from '../../model/desired';
import type { SiteProfile } from '../profiles/site-profile';
import type { DeepPartial } from '../site';
import { inWords } from './survey-door';
import type { Surveyed } from './find-bounds';
import { ENTITIES, type EntitySurvey, type Survey } from './survey.types';

/** A filter may be read in another zone: so much is read again before the watermark. */
const A_DAY = 24 * 60;

type Found = Readonly<Record<Entity, Surveyed>>;

/** The profile override that fits what was found, and all of it in plain words. Pure. */
export function propose(profile: SiteProfile, found: Found): Survey {
	const advice: string[] = [];
	const suggested: Record<string, unknown> = {};
	const all = ENTITIES.map((entity) => found[entity]);
	const readable = all.filter(({ result }) => result.readable);

	const query = queryFor(profile, readable, advice);
	if (Object.keys(query).length > 0) suggested.query = query;
	const stamp = stampFor(profile, readable, advice);
	if (Object.keys(stamp).length > 0) suggested.stamp = stamp;
	const separator = separatorFor(profile, found.payable.result);
	if (separator !== null) suggested.keySeparator = separator;

	const entities: Record<string, unknown> = {};
	for (const entity of ENTITIES) {
		const { result } = found[entity];
		const change = changesOf(profile, entity, found[entity], advice);
		if (Object.keys(change).length > 0) entities[entity] = change;
		if (result.dateZones && profile.dateZone === null) {
			const [zone, ...others] = result.dateZones;
			if (zone) suggested.dateZone = zone;
			advice.push(dateAdvice(result.path, zone, others));
		}
	}
	if (Object.keys(entities).length > 0) suggested.entities = entities;
	const results = Object.fromEntries(
		ENTITIES.map((entity) => [entity, found[entity].result]),
	) as Record<Entity, EntitySurvey>;
	return {
		entities: results,
		suggestedProfile: suggested as DeepPartial<SiteProfile>,
		findings: ENTITIES.map((entity) => inWords(entity, results[entity])),
		advice,
	};
}

/** How lists are asked for: the same for all, as long as a site is one service. */
function queryFor(
	profile: SiteProfile,
	readable: readonly Surveyed[],
	advice: string[],
): Record<string, unknown> {
	const query: Record<string, unknown> = {};
	// A list of few rows shows nothing: the others decide.
	const telling = readable.filter(({ result }) => result.limit !== 'unclear' || result.paging);
	const { paging } = telling.find(({ result }) => result.paging)?.result ?? {};
	const dialects = [...new Set(telling.flatMap(({ dialect }) => dialect ?? []))];
	const noSkip = telling.filter(
		({ result, filter }) =>
			(result.offset === 'ignored' || result.offset === 'refused') && filter?.answer !== 'honoured',
	);
	if (paging) {
		const { limit, offset, page } = paging.names;
		Object.assign(query, { dialect: 'parameters', ...paging });
		advice.push(
			`The service gives pages by ${[limit, offset, page].filter(Boolean).join(' and ')}${page ? `, counted from ${paging.firstPage ?? 'a number the reader finds out'}` : ''}.`,
		);
	} else if (telling.length > 0 && dialects.length === 0 && profile.query.dialect !== 'none') {
		query.dialect = 'none';
		advice.push(
			'The lists come whole whatever is asked: they are filtered here, each run lists everything once.',
		);
	} else if (noSkip.length > 0) {
		if (profile.query.dialect !== 'none') query.dialect = 'none';
		advice.push('The service limits lists but does not skip rows, so pages cannot be asked for.');
	} else if (dialects.length === 1 && dialects[0] !== profile.query.dialect)
		query.dialect = dialects[0];

	const dialect = query.dialect ?? profile.query.dialect;
	const caps = telling.flatMap(({ result, wholeRows }) =>
		wholeRows === null ? (result.cap ?? []) : [],
	);
	const cap = Math.min(...caps);
	if (dialect !== 'none' && caps.length > 0 && cap >= 2 && cap < profile.query.pageSize)
		query.pageSize = cap;
	// Of lists that come whole: the reader then knows that one of as many rows may be cut.
	const whole = readable.flatMap(({ result, wholeRows }) =>
		result.cap !== null && result.cap === wholeRows ? [result.cap] : [],
	);
	if (whole.length > 0 && whole[0] !== profile.query.cap) query.cap = whole[0];
	if (dialect === 'odata') {
		const counts = [...new Set(readable.map(({ result }) => result.count))].filter(
			(count) => count !== 'notAsked',
		);
		const count = counts.length === 1 ? counts[0] : counts.length > 1 ? 'none' : undefined;
		const wanted = count === 'own' ? 'none' : count;
		if (wanted !== undefined && wanted !== profile.query.count) query.count = wanted;
	}
	const literals = [...new Set(readable.flatMap(({ filter }) => filter?.dateLiteral ?? []))];
	if (literals.length === 1) query.dateLiteral = literals[0];
	const since = readable.map(({ filter }) => filter?.since ?? null).find((name) => name !== null);
	if (since) query.names = { ...(query.names as object | undefined), since };
	return query;
}

function stampFor(
	profile: SiteProfile,
	readable: readonly Surveyed[],
	advice: string[],
): Record<string, unknown> {
	const stamp: Record<string, unknown> = {};
	const told = readable.map(({ result }) => result.granularity).filter(Boolean);
	const granularities = [...new Set(told)];
	if (granularities.length === 1 && profile.stamp.granularity === 'auto')
		stamp.granularity = granularities[0];
	const shifted = readable.filter(({ result }) => result.modifiedFilter === 'shifted');
	if (shifted.length === 0) return stamp;
	const paths = shifted.map(({ result }) => result.path).join(', ');
	advice.push(
		`${paths}: the filter on the change stamp leaves out a row at its own stamp, and gives it for a day before: it compares in another zone. A whole day is read again before the watermark.`,
	);
	if (profile.stamp.overlapMinutes < A_DAY) stamp.overlapMinutes = A_DAY;
	if (profile.stamp.overlapDays < 2) stamp.overlapDays = 2;
	return stamp;
}

function separatorFor(profile: SiteProfile, { detail }: EntitySurvey): string | null {
	if (!detail?.key || detail.key.parts.length < 2) return null;
	return detail.key.separator === profile.keySeparator ? null : detail.key.separator;
}

/** What differs in the profile of one entity; what a person has to know beside. */
function changesOf(
	profile: SiteProfile,
	entity: Entity,
	{ result, refusesOrder, listLeavesOut, onlyInDetail }: Surveyed,
	advice: string[],
): Record<string, unknown> {
	const change: Record<string, unknown> = {};
	const settings = profile.entities[entity];
	const { path, detail } = result;
	if (result.error) advice.push(`${path}: ${result.error.message} ${result.error.remedy}`);
	if (refusesOrder) {
		change.orderBy = [];
		advice.push(`${path} refuses an order: it is read in the order in which it comes.`);
	}
	if (result.rowsSeen > 0 && settings.stampField !== null) {
		if (result.stampField === null) {
			change.stampField = null;
			advice.push(
				`${path} carries no change stamp: it is read whole each time and compared by content.`,
			);
		} else if (result.modifiedFilter === 'losesRows') {
			change.stampField = null;
			advice.push(
				`${path}: the filter on the change stamp leaves out rows that were changed at or after the moment asked for. It is not used: the list is read whole each time and compared by content.`,
			);
		}
	}
	if (result.rowsAreComplete === false)
		advice.push(`${path} lists summaries: each changed record costs one more call.`);
	if (listLeavesOut) {
		change.details = 'always';
		advice.push(
			`${path}: the list has a place for distributions and leaves it empty, the record itself holds them: each changed record costs one more call.`,
		);
	}
	if (onlyInDetail.length > 0 && change.details === undefined) {
		change.details = 'always';
		advice.push(
			`${path}: only the record itself tells ${onlyInDetail.join(', ')}: each changed record costs one more call.`,
		);
	}
	for (const field of result.untold) advice.push(`${path} ${untoldAdvice(entity, field)}`);
	if (detail?.key && JSON.stringify(detail.key.parts) !== JSON.stringify(settings.keyParts))
		change.keyParts = detail.key.parts;
	if (detail && detail.answer !== 'honoured') {
		const what =
			detail.answer === 'notOffered'
				? 'offers no single record'
				: 'did not give a record of its own list by any usual form of the key';
		advice.push(
			result.rowsAreComplete
				? `${path} ${what}: records are read from the list alone.`
				: `${path} ${what}, and its list rows lack a part: set entities.${entity}.detail, keyParts and keySeparator in the site profile as the site documents them.`,
		);
	}
	if (entity === 'payable' && result.distributions === 'none')
		advice.push(
			`${path} tells no distributions, neither in the list nor in the record: no cost can be booked through this door. See docs/doors.md for the others.`,
		);
	for (const right of result.rights) {
		if (right.answer === 'readable') continue;
		const why = {
			refused: 'may not be read with this account',
			notOffered: 'is not published',
			failed: 'could not be read',
		};
		const kind = right.needed ? 'needed' : 'only adds to it';
		advice.push(
			`${path}: ${right.path} (${kind}) ${why[right.answer]}. ${right.message ?? ''}`.trim(),
		);
	}
	if (result.mayBeCut)
		advice.push(
			`${path}: ${result.mayBeCut}. Compare the number with GP's own; if it agrees, set query.listsComeWhole.`,
		);
	if (result.firstRowFault)
		advice.push(`${path}: ${result.firstRowFault} Its fields are: ${result.fields.join(', ')}.`);
	return change;
}

/** What happens to records without the field, and what a person can do about it. */
function untoldAdvice(entity: Entity, field: string): string {
	const name = `name the column in "fields" of the site profile, if there is one`;
	if (!Object.hasOwn(ABSENT_MEANS[entity], field))
		return field === 'retainage'
			? `does not tell retainage: documents wait where it is to be kept apart; ${name}.`
			: `does not tell ${field}: it is unknown, and Procore keeps what it has; ${name}.`;
	const what =
		field === 'voided'
			? 'does not tell whether a document is voided: posted ones are refused'
			: `does not tell ${field}: documents wait where the mapping goes by it`;
	return `${what}; ${name}. Only where the service leaves it out of documents that have none, say so: ${declaration(entity, field)}`;
}

function dateAdvice(path: string, zone: string | undefined, others: string[]): string {
	if (!zone)
		return `${path} sends dates as moments that begin a day in no zone this package knows: set "dateZone" in the site profile to the zone of the GP server, or have the service send dates without a time.`;
	const also = others.length > 0 ? ` (or ${others.join(', ')})` : '';
	return `${path} sends dates as the midnight of ${zone}${also} in UTC: the profile proposed sets "dateZone", check it.`;
}
