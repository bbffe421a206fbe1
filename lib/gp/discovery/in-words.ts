import { STREAMS, type Entity } from '../../streams/streams';
import type { EntitySurvey } from './survey.types';

/** What was found of one entity, as one sentence a person can check. Pure. */
export function inWords(entity: Entity, result: EntitySurvey): string {
	const name = `${capital(STREAMS[entity].short)} (${result.path})`;
	if (!result.readable)
		return `${name}: cannot be read${result.error ? ` (${result.error.code})` : ''}.`;
	const parts = [
		pages(result),
		result.cap === null ? null : `at most ${result.cap} rows an answer`,
		LINKS[result.links],
		COUNTS[result.count],
		result.rowsAreComplete === null
			? null
			: result.rowsAreComplete
				? 'rows are complete'
				: 'rows are summaries',
		result.distributions === null ? null : DISTRIBUTIONS[result.distributions],
		detail(result),
		result.untold.length === 0 ? null : `does not tell ${result.untold.join(', ')}`,
		stamps(result),
		result.descending === 'refused' ? 'a descending order is refused' : null,
		result.mayBeCut === null ? null : `may be cut: ${result.mayBeCut}`,
	];
	return `${name}: ${parts.filter((part) => part !== null).join('; ')}.`;
}

const LINKS: Record<EntitySurvey['links'], string | null> = {
	none: null,
	given: 'gives links to its next pages',
	endAtTop: 'its links end after as many rows as were asked for, so that only pages show the rest',
};

const COUNTS: Record<EntitySurvey['count'], string | null> = {
	notAsked: null,
	none: 'does not count its rows',
	odata3: 'counts its rows by $inlinecount',
	odata4: 'counts its rows by $count',
	own: 'tells a total of its own',
};

const DISTRIBUTIONS: Record<NonNullable<EntitySurvey['distributions']>, string> = {
	list: 'distributions come with the list',
	detail: 'distributions come with each record',
	table: 'distributions come from tables of their own',
	none: 'no distributions',
};

function pages({ limit, offset, paging, links }: EntitySurvey): string {
	if (paging) {
		const { names, firstPage } = paging;
		const by = [names.limit, names.offset, names.page].filter(Boolean).join(' and ');
		return names.page === null
			? `pages by ${by}`
			: `pages by ${by}, the first is ${firstPage ?? 'unknown'}`;
	}
	if (offset === 'honoured') return 'pages by number of rows and rows to skip';
	if (links !== 'none') return 'pages by its links alone';
	return limit === 'unclear' || limit === 'honoured'
		? 'no way to ask for a further page was seen'
		: 'the whole list comes whatever is asked';
}

function detail({ detail: found }: EntitySurvey): string | null {
	if (found === null) return null;
	if (found.key === null) return 'no single record';
	const { parts, separator } = found.key;
	return parts.length < 2 ? `one record by ${parts[0]}` : `one record by ${parts.join(separator)}`;
}

function stamps({ stampField, stampFormat, modifiedFilter }: EntitySurvey): string {
	if (stampField === null) return 'no change stamp';
	const filter: Record<EntitySurvey['modifiedFilter'], string> = {
		honoured: 'whose filter works',
		ignored: 'whose filter is ignored',
		refused: 'whose filter is refused',
		shifted: 'whose filter compares in another zone',
		losesRows: 'whose filter leaves rows out',
		notAsked: 'whose filter was not asked for',
		unclear: 'whose filter is unclear',
	};
	return `change stamp ${stampField} (${stampFormat ?? 'empty'}), ${filter[modifiedFilter]}`;
}

const capital = (text: string) => `${text[0].toUpperCase()}${text.slice(1)}`;
