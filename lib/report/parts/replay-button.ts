import { html, type SafeHtml } from '../base/html';
import type { RecordKey } from '../read/question';
import type { Cause } from '../waiting/causes';
import { causeTitle } from '../waiting/cause-words';
import { counted } from '../base/format';

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

/** A button that asks for every record that waits for one thing. */
export function replayCauseButton(token: string | null, cause: Cause): SafeHtml | null {
	if (token === null) return null;
	const { company, code, key, records } = cause;
	return html`<form method="post" class="replay">
		<input type="hidden" name="token" value="${token}" /><input
			type="hidden"
			name="cause"
			value="${code}"
		/><input type="hidden" name="about" value="${key}" /><input
			type="hidden"
			name="company"
			value="${company}"
		/><button type="submit" aria-label="Replay ${counted(records, 'record')}: ${causeTitle(cause)}">
			Replay ${counted(records, 'record')}
		</button>
	</form>`;
}

/** Opens first and asks then: one click too many must not start hundreds of replays. */
export function replayAllButton(token: string | null, howMany: string): SafeHtml | null {
	if (token === null) return null;
	return html`<details class="all">
		<summary>Replay all …</summary>
		<form method="post" class="replay">
			<p>
				Reads every record that waits again from GP and tries to send it. Records that stand right
				in Procore are left alone.
			</p>
			<input type="hidden" name="token" value="${token}" /><input
				type="hidden"
				name="all"
				value="yes"
			/><button type="submit" class="strong">Replay all ${howMany}</button>
		</form>
	</details>`;
}
