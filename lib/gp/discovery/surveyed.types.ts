import type { QuerySettings } from '../profiles/site-profile';
import type { FoundFilter } from './find-filter';
import type { EntitySurvey } from './survey.types';

/** What was found of one entity, and how to say it in a profile. */
export interface Surveyed {
	result: EntitySurvey;
	/** Dialect in which the service limits its lists; null where none does. */
	dialect: QuerySettings['dialect'] | null;
	filter: FoundFilter | null;
	/** The order asked for is refused, without it the question is answered. */
	refusesOrder: boolean;
	/** List rows have the member for distributions and leave it empty. */
	listLeavesOut: boolean;
	/** Fields that decide, told by the record and not by a list row that looks complete. */
	onlyInDetail: string[];
	/** Rows the largest answer held that was taken for the whole list. */
	wholeRows: number | null;
}
