import type { WorkflowBuilder } from '../workflow-builder';

export function addNotes(flow: WorkflowBuilder): void {
	flow
		.note(
			[
				'## Send something again',
				'Open **Replay form**, choose or create a *Basic Auth* credential (a user name and a password of your choice: it keeps the form from strangers), and publish the workflow. The address of the form stands in that node.',
				'',
				'- **The records named below**: a voucher, a vendor id, an account, or a piece of one; many with one per line.',
				'- **All that failed or wait**: everything in gpp_parked.',
				'- **All handled between two days**: everything with an event on these days.',
				'- **All that GP changed since a day**: a backfill. The whole time is read again; the watermark is left alone.',
			].join('\n'),
			[-40, -340],
			620,
			280,
			4,
		)
		.note(
			[
				'## What is meant?',
				'Records are looked up in the audit trail and in gpp_parked. A piece that **several** records match is not guessed: the answer names them.',
				'',
				'*The record as it was stored* sends what was kept when the record was parked. It is refused when newer data of the record went to Procore since.',
			].join('\n'),
			[620, -340],
			620,
			180,
			5,
		)
		.note(
			[
				'## The run',
				'The records stand in **gpp_request** until a run has taken them, each only once. **Start sync** calls *GP to Procore: sync* for these records alone.',
				'',
				'After *Import from File* n8n gives workflows new ids, and publishes this one only when **Start sync** is mended: open it and choose the sync workflow (published) from the list. Or switch the node off (press **D**): then the next run of the sync takes the records.',
			].join('\n'),
			[1280, -340],
			620,
			180,
			5,
		)
		.note(
			[
				'## The answer',
				'Says what went, what was right already, what failed and why. Everything else stands in gpp_event, where `replay_of` names the request.',
			].join('\n'),
			[1700, 240],
			520,
			120,
			6,
		);
}
