import { html, type Part, type SafeHtml } from '../base/html';

export interface Column {
	title: string;
	/** Amounts and counts stand at the right. */
	align?: 'right';
	/** On a phone: 'bare' = the value says enough without its title, 'brief' = beside others. */
	narrow?: 'bare' | 'brief' | 'bare brief';
	/** No heading to be seen, e.g. over buttons; a screen reader still reads it. */
	quiet?: true;
}

/** A table with its caption for screen readers; on a narrow screen each row becomes a card. */
export function table(
	caption: string,
	columns: readonly Column[],
	rows: ReadonlyArray<readonly Part[]>,
	foot?: readonly Part[],
): SafeHtml {
	const cells = (row: readonly Part[]) =>
		row.map((part, index) => {
			const column = columns[index]!;
			const titled = !column.quiet && !column.narrow?.startsWith('bare');
			const shown = html`${part}`;
			const look = [column.align, column.narrow, shown.text === '' && 'blank']
				.filter(Boolean)
				.join(' ');
			return html`<td class="${look}" ${titled && html` data-title="${column.title}"`}>
				${shown}
			</td>`;
		});
	return html`<table class="cards">
		<caption class="unseen">
			${caption}
		</caption>
		<thead>
			<tr>
				${columns.map(
					(column) =>
						html`<th scope="col" class="${column.align ?? ''}">
							${column.quiet ? html`<span class="unseen">${column.title}</span>` : column.title}
						</th>`,
				)}
			</tr>
		</thead>
		<tbody>
			${rows.map(
				(row) =>
					html`<tr>
						${cells(row)}
					</tr> `,
			)}
		</tbody>
		${foot &&
		html`<tfoot>
			<tr>
				${cells(foot)}
			</tr>
		</tfoot>`}
	</table>`;
}
