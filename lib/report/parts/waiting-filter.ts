import { html, trusted, type SafeHtml } from '../base/html';
import type { ParkedRow } from '../../audit/types';
import type { Question } from '../read/question';
import type { Sort } from '../waiting/choose-records';
import { ENTITIES, entityTitle } from '../../streams/streams';

const SORT_NAMES: Record<Sort, string> = {
	amount: 'greatest amount first',
	since: 'longest waiting first',
	newest: 'newest first',
	name: 'by name',
	noted: 'most often noted first',
};

/** A form that asks for the same page with other records of the list. */
export function waitingFilter(question: Question, rows: readonly ParkedRow[]): SafeHtml {
	const kept = { page: 'waiting', cause: question.cause, about: question.causeKey };
	const companies = [...new Set(rows.map((row) => row.gp_company))].sort();
	return html`<form method="get" class="choose" aria-label="Filter records">
		${Object.entries(kept).map(
			([name, value]) =>
				value !== '' && html`<input type="hidden" name="${name}" value="${value}" />`,
		)}
		<label
			>Contains <input type="search" name="q" value="${question.search}" maxlength="80" size="16"
		/></label>
		${select('Kind', 'entity', question.entity, [
			['', 'all'],
			...ENTITIES.map((name): [string, string] => [name, `${entityTitle(name)}s`]),
		])}
		${companies.length > 1 || question.company !== ''
			? select('Company', 'company', question.company, [
					['', 'all'],
					...companies.map((name): [string, string] => [name, name]),
				])
			: null}
		${select('Order', 'sort', question.sort, Object.entries(SORT_NAMES))}
		<button type="submit">Show</button>
	</form>`;
}

function select(
	title: string,
	name: string,
	chosen: string,
	options: ReadonlyArray<readonly [value: string, shown: string]>,
): SafeHtml {
	return html`<label
		>${title}
		<select name="${name}">
			${options.map(
				([value, shown]) =>
					html`<option value="${value}" ${value === chosen && trusted(' selected')}>
						${shown}
					</option>`,
			)}
		</select></label
	>`;
}
