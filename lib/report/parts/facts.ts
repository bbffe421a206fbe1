import { html, type Part, type SafeHtml } from '../base/html';

/** Names with what they stand for; those without a value are left out. */
export function facts(entries: ReadonlyArray<readonly [name: string, value: Part]>): SafeHtml {
	const given = entries.filter(
		([, value]) => !(value === '' || value === null || value === undefined || value === false),
	);
	return html`<dl class="facts">
		${given.map(
			([name, value]) =>
				html`<div>
					<dt>${name}</dt>
					<dd>${value}</dd>
				</div>`,
		)}
	</dl>`;
}
