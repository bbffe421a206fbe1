import { html, type SafeHtml } from '../base/html';

/** How an outcome or state looks: its colour says the same as its word. */
const TONES: Record<string, string> = {
	created: 'created',
	updated: 'updated',
	reactivated: 'updated',
	adopted: 'adopted',
	unchanged: 'quiet',
	skipped: 'quiet',
	voided: 'voided',
	parked: 'parked',
	locked: 'parked',
	conflict: 'parked',
	failed: 'failed',
	success: 'good',
	'success with problems': 'parked',
	running: 'adopted',
	stopped: 'parked',
	abandoned: 'failed',
	waiting: 'parked',
	problem: 'failed',
	warning: 'parked',
};

export function badge(word: string, shown = word): SafeHtml {
	const tone = Object.hasOwn(TONES, word) ? TONES[word]! : 'quiet';
	return html`<span class="badge ${tone}">${shown}</span>`;
}
