import { html, type SafeHtml } from '../base/html';
import type { Question } from '../read/question';

/** A form that downloads a workbook; its days are those of the events. */
export function exportForm({ from, to }: Question): SafeHtml {
	return html`<form method="get" class="choose export" aria-label="Export">
		<input type="hidden" name="page" value="export" /><label
			>Events from <input type="date" name="from" value="${from}" /></label
		><label>to <input type="date" name="to" value="${to}" /></label
		><button type="submit">Export to Excel</button>
	</form>`;
}
