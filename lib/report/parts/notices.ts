import { html, type SafeHtml } from '../base/html';

/** What happened to the button pressed just before, by the code in the address: the text is ours alone. */
const NOTICES: Record<string, [tone: 'good' | 'warn', text: string]> = {
	started: [
		'good',
		'The replay has started. It is done in a moment; what came of it appears here.',
	],
	queued: [
		'warn',
		'The replay is noted, but the sync could not be started now. The next run takes it. Is the workflow “GP to Procore: sync” published?',
	],
	saved: [
		'good',
		'Saved. The records it concerns are being sent again; what came of them appears here in a moment.',
	],
	'saved-only': ['good', 'Saved. No record is known that it concerns.'],
	'saved-queued': [
		'warn',
		'Saved, and the records it concerns are noted, but the sync could not be started now. The next run takes them. Is the workflow “GP to Procore: sync” published?',
	],
	reconciling: [
		'good',
		'The books are being compared. Load this page again in a while; a large company takes minutes.',
	],
	'not-reconciling': [
		'warn',
		'The comparison could not be started. Is the workflow “GP to Procore: reconcile” there and published?',
	],
	nothing: ['warn', 'There is nothing to replay: no record is waiting.'],
};

export function notice(code: string): SafeHtml | null {
	if (!Object.hasOwn(NOTICES, code)) return null;
	const [tone, text] = NOTICES[code]!;
	return html`<div class="banner ${tone}" role="status"><p>${text}</p></div>`;
}

/** Tables that could not be read, with what n8n said. */
export function problems(list: readonly string[]): SafeHtml | null {
	if (list.length === 0) return null;
	return html`<div class="banner warn" role="alert">
		<p>
			<strong>Not everything could be read.</strong> If this n8n is new, run “GP to Procore: setup”
			or the sync once: they make the tables.
		</p>
		${list.map((problem) => html`<p class="note">${problem}</p>`)}
	</div>`;
}
