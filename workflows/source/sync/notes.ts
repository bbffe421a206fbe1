import type { WorkflowBuilder } from '../workflow-builder';

export function addNotes(flow: WorkflowBuilder): void {
	flow
		.note(
			[
				'## Start here',
				'1. Open **GP vendors** and choose or create the *Dynamics GP API* credential: server address, company, Windows login.',
				'2. Open **Procore projects** and choose or create the *Procore OAuth2 API* credential: client id and secret, company id.',
				'3. Use the same two credentials in every node with a red mark (or press **Set up template**).',
				'4. For its form, choose a *Basic Auth* credential in **Run with options** (a name and password of your own), or switch that node off.',
				'5. Run it from *Run now* (the arrow beside **Execute workflow** chooses). Then publish the workflow: it runs every hour.',
				'',
				'*Run with options* is a form: try a **dry run** first if you like. It writes nothing to Procore.',
			].join('\n'),
			[-40, -260],
			500,
			340,
			4,
		)
		.note(
			[
				'## What it remembers',
				'These steps make the **Data Tables** when they are not there yet (Overview → Data tables).',
				'- **gpp_project_crosswalk**: which Procore project a GP job is. Fill in `procore_project_id` where it is empty.',
				'- **gpp_account_crosswalk**: which cost code and cost type a GL account is. **gpp_vendor_crosswalk**: exceptions only.',
				'- **gpp_parked**: what could not go, why, and what to do. It is tried again by itself.',
				'- **gpp_event** and **gpp_run**: the audit trail. **gpp_watermark**: how far GP was read. Set `modified_since` back to read from there.',
				'- **gpp_request**: records to read again on the next run. **gpp_lease**: which run is at work. **gpp_journal**: batches begun and not recorded yet.',
				'',
				'Do not name other tables so that they contain one of these names: n8n finds tables by part of the name.',
			].join('\n'),
			[1820, -260],
			540,
			370,
			5,
		)
		.note(
			[
				'## The run',
				'Takes the lease of the GP company (a second run meanwhile is skipped), then lets this workflow **call itself once per batch** until nothing is left: vendors, then GL accounts, then payables.',
				'',
				'If a run fails (server down, login refused), it is closed as failed and its lease given back. Press **Retry** on *this* execution in the executions list (the workflow must be published): it goes on where the last batch was recorded. Nothing is written twice. Or leave it to the next run.',
				'',
				'To be **told** of failures, import *GP to Procore: errors and alerts* too and choose it under *⋯ → Settings → Error workflow*. Without it n8n only notes in its log that it found none; runs work and fail just the same.',
			].join('\n'),
			[2380, -260],
			420,
			340,
			5,
		)
		.note(
			[
				'## One batch',
				'Says that it is alive when a minute has passed, and reads the tables. **Mapping** is the one place that says how a job or cost code is found and what becomes of freight, voids and the rest.',
				'',
				'If an earlier batch was cut off (n8n stopped or killed), what it wrote to Procore is found again by its mark there and gets the audit event it never had.',
			].join('\n'),
			[-40, 760],
			800,
			150,
			6,
		)
		.note(
			[
				'## When a crosswalk row was changed',
				'Before the first batch of a run, rows that people edited, added or deleted since the last run are found (table **gpp_decision** remembers what was decided), and the records they concern are asked for. This very run reads them again: what goes elsewhere now is taken out where it stood.',
			].join('\n'),
			[-40, 930],
			800,
			140,
			6,
		)
		.note(
			[
				'## Change things here',
				'**Mapping** says how a job and a cost code are found, and what becomes of freight, tax and voids. **GP …** and **Sync …** hold the two credentials and their options. All else works by itself.',
			].join('\n'),
			[800, 360],
			1520,
			560,
			3,
		)
		.note(
			[
				'## What became of it',
				'Every record that was handled leaves an audit event. What could not go is parked; what went later is taken off the list. Only then the watermark moves. **Keep the order from top to bottom**: n8n runs these branches by their place on the canvas.',
			].join('\n'),
			[2400, 300],
			400,
			190,
			6,
		);
}
