import type { WorkflowBuilder } from '../workflow-builder';

export function addNotes(flow: WorkflowBuilder): void {
	flow
		.note(
			[
				'## When something fails',
				'n8n starts this workflow when *GP to Procore: sync* (or another of the set) fails. It closes the run in **gpp_run** with the reason and gives its lease back, so that the next run need not wait.',
				'',
				'1. **Publish** this workflow.',
				'2. In each of the other workflows open *⋯ → Settings → Error workflow* and choose this one. The command-line installer has done so; after *Import from File* it is up to you.',
				'',
				'A batch fails together with the run it belongs to: it waits ten seconds so that the run is told, once.',
			].join('\n'),
			[-40, -380],
			700,
			220,
			4,
		)
		.note(
			[
				'## Whether something is wrong',
				'Ten minutes before each hour, and after each failure, the tables are looked at. **Evaluate alerts** holds the thresholds: change them there.',
				'',
				'Told are: failed runs, refused logins, many refused or parked records, nothing read for days, GP not read for a day, replayed records that do not get there, books that differ, broken audit chains, tables nearly full, other workflows of this set that fail.',
				'',
				'Executions of one moment **take turns**, so that the same is told once.',
			].join('\n'),
			[720, -380],
			760,
			220,
			5,
		)
		.note(
			[
				'## Who is told: switch on what you use',
				'All three are **off**. Click a node, press **D** (or *⋯ → Activate*), choose its credential, and fill in the address, channel or team.',
				'',
				'One message tells everything that is due. A condition is told once, again after 24 hours, at once when it has become twice as bad, and a last time when it is over. When sending fails, it is tried again with the next check. Without any of them the alerts still stand in **gpp_alert** and on the dashboard.',
			].join('\n'),
			[1540, -380],
			720,
			230,
			4,
		);
}
