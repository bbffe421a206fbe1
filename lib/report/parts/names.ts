import { html, type SafeHtml } from '../base/html';
import type { ReportRows } from '../read/rows';

/** "Lincoln School" beside `9002`, by the rows of the project crosswalk that were read for the page. */
export function projectName(rows: ReportRows, projectId: string): SafeHtml | string {
	if (projectId === '') return '';
	const row = rows.crosswalks.job.find((one) => one.target === projectId);
	const name = row?.targetName || row?.name;
	return name ? html`${name} <span class="note code">${projectId}</span>` : projectId;
}

/** What GP calls the vendor, from a record that waits; blank where that does not say. */
export function vendorNameIn(payload: string): string {
	try {
		const { vendorName } = JSON.parse(payload) as { vendorName?: unknown };
		return typeof vendorName === 'string' ? vendorName.trim().slice(0, 200) : '';
	} catch {
		return '';
	}
}
