import { counted, hidden, html, type SafeHtml } from '../base/html';
import type { Question, RecordKey } from '../read/question';
import { type Cause, causeTitle } from '../waiting/causes';

/** A button that asks for the record to be read again from GP; nothing where nobody has logged in. */
export function replayButton(
	token: string | null,
	record: RecordKey,
	label: string,
	shown = 'Replay',
): SafeHtml | null {
	if (token === null) return null;
	return html`<form method="post" class="replay">
		${hidden({ token, entity: record.entity, company: record.company, key: record.key })}<button
			type="submit"
			aria-label="${shown} ${label}"
		>
			${shown}
		</button>
	</form>`;
}

/** A button that asks for every record that waits for one thing. */
export function replayCauseButton(token: string | null, cause: Cause): SafeHtml | null {
	if (token === null) return null;
	const { company, code, key, records } = cause;
	return html`<form method="post" class="replay">
		${hidden({ token, cause: code, about: key, company })}<button
			type="submit"
			aria-label="Replay ${counted(records, 'record')}: ${causeTitle(cause)}"
		>
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
			${hidden({ token, all: 'yes' })}<button type="submit" class="strong">
				Replay all ${howMany}
			</button>
		</form>
	</details>`;
}

/** A form that downloads a workbook; its days are those of the events. */
export function exportForm({ from, to }: Question): SafeHtml {
	return html`<form method="get" class="choose export" aria-label="Export">
		<input type="hidden" name="page" value="export" /><label
			>Events from <input type="date" name="from" value="${from}" /></label
		><label>to <input type="date" name="to" value="${to}" /></label
		><button type="submit">Export to Excel</button>
	</form>`;
}

/** A button that has the books compared; nothing where nobody has logged in. */
export function reconcileButton(token: string | null, company: string): SafeHtml | null {
	if (token === null) return null;
	return html`<form method="post">
		${hidden({ token, act: 'reconcile', company })}<button type="submit">Reconcile now</button>
	</form>`;
}
