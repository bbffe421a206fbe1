import type { WorkflowBuilder } from '../workflow-builder';

export function addNotes(flow: WorkflowBuilder): void {
	flow
		.note(
			[
				'## Change things here',
				'1. Let the database administrator run **sql/gp-views.sql** of this package in the company database (`node_modules/n8n-nodes-dynamics-gp-procore/dist/sql`, or the repository). It makes views and a user that sees them and nothing else.',
				'2. Open **Microsoft SQL** and choose a *Microsoft SQL* credential: server, port, database of **this company**, user `gpp_reader`. Request timeout: 60000.',
				'3. **Publish** this workflow.',
				'4. Open the *Dynamics GP API* credential: Door *Rows of Another Workflow*, and as Rows Workflow the last part of the address of this page in the browser.',
				'5. Run *Service > Survey* of a Dynamics GP node to see that it works.',
				'',
				'One workflow reads one company. For a second company copy it, with another credential.',
			].join('\n'),
			[-40, -420],
			660,
			340,
			4,
		)
		.note(
			[
				'## What passes here',
				'The Dynamics GP node asks for rows: which, after which key, changed since when, at most how many. **Write SQL** turns that into one statement over the views, values as parameters; what is not in the list of views is refused. **Answer** gives the rows as one item, with the request they belong to.',
				'',
				'Rows from somewhere else (a file, a middleware, another database)? Put those nodes in place of *Write SQL* and *Microsoft SQL*; the page *Which door do I have?* in the documentation says what is asked for.',
			].join('\n'),
			[660, -420],
			620,
			260,
			5,
		);
}
