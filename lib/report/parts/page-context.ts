import type { Question } from '../read/question';
import type { ReportRows } from '../read/rows';

/** Everything a page is drawn from. */
export interface PageContext {
	question: Question;
	rows: ReportRows;
	/** UTC instant. */
	now: string;
	/** What the replay buttons carry; null where nobody has logged in: then there are none. */
	token: string | null;
	/** Hosts whose pages may be linked. */
	hosts: readonly string[];
}
