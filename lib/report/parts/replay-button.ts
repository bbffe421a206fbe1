import { html, type SafeHtml } from '../base/html';
import type { RecordKey } from '../read/question';

/** A button that asks for the record to be read again from GP; nothing where nobody has logged in. */
export function replayButton(
	token: string | null,
	record: RecordKey,
	label: string,
	shown = 'Replay',
): SafeHtml | null {
	if (token === null) return null;
	return html`<form method="post" class="replay">
		<input type="hidden" name="token" value="${token}" /><input
			type="hidden"
			name="entity"
			value="${record.entity}"
		/><input type="hidden" name="company" value="${record.company}" /><input
			type="hidden"
			name="key"
			value="${record.key}"
		/><button type="submit" aria-label="${shown} ${label}">${shown}</button>
	</form>`;
}

/** Opens first and asks then: one click too many must not start hundreds of replays. */
export function replayAllButton(token: string | null, howMany: string): SafeHtml | null {
	if (token === null) return null;
	return html`<details class="all">
		<summary>Replay all …</summary>
		<form method="post" class="replay">
			<p>
				Reads every record below again from GP and tries to send it. Records that stand right in
				Procore are left alone.
			</p>
			<input type="hidden" name="token" value="${token}" /><input
				type="hidden"
				name="all"
				value="yes"
			/><button type="submit" class="strong">Replay all ${howMany}</button>
		</form>
	</details>`;
}
