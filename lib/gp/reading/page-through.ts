import { readLinked } from './paging/links';
import { readNumbered } from './paging/numbered';
import { startReading, type PagingOptions, type PagingReport } from './paging/page';
import { readWindows } from './paging/windows';

export type { Page, PageRequest, PagingOptions, PagingReport } from './paging/page';

/**
 * Reads a list to its end, trusting neither its order nor the server's paging, and says how the end was
 * shown. A list never ends because a page was short or because as many rows came as were asked for.
 * A list whose rows move in every reading is given up with the error of `unstable`.
 */
export async function pageThrough<Row>(options: PagingOptions<Row>): Promise<PagingReport> {
	const reading = startReading(options);
	const read = { none: readLinked<Row>, offset: readWindows<Row>, number: readNumbered<Row> };
	reading.report.completeness = await read[options.paging](reading);
	return reading.report;
}
