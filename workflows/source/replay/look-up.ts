import { addConfirmation } from '../guarded-triggers';
import { makeTables, readRows, selectRows } from '../data-table-nodes';
import {
	assignment,
	EVEN_IF_EMPTY,
	fields,
	isTrue,
	ONCE,
	ONCE_EVEN_IF_EMPTY,
} from '../node-parameters';
import { TABLES } from '../tables';
import type { WorkflowBuilder } from '../workflow-builder';
import { ASKED } from './names';

export function addLookUp(flow: WorkflowBuilder): void {
	const made = makeTables(
		flow,
		{
			'Table: audit events': TABLES.events,
			'Table: parked records': TABLES.parked,
			'Table: requests': TABLES.requests,
		},
		[460, 100],
		{ apart: 180 },
	);
	flow
		.table('Read parked', [1040, 100], readRows(TABLES.parked, {}), ONCE_EVEN_IF_EMPTY)
		.table('Read requests', [1220, 100], readRows(TABLES.requests, {}), ONCE_EVEN_IF_EMPTY)
		.chain(...made, 'Read parked', 'Read requests', 'Look where?');

	addConfirmation(flow, 'Really replay?', [240, -60], {
		from: 'What is asked for',
		to: made[0]!,
		description:
			'Press Replay to read these records again from GP and to bring Procore to that state.',
		button: 'Replay',
	});

	// A stored record may only go when nothing newer went since it was last tried.
	const since = `${ASKED}.choice === 'handled' ? (${ASKED}.from || '9999') : ($('Read parked').all().map(row => row.json.last_tried_at).filter(Boolean).sort()[0] ?? '9999')`;
	const until = `${ASKED}.choice === 'handled' && ${ASKED}.to ? ${ASKED}.to + 'T99' : '9999'`;
	flow
		.node('Look where?', 'n8n-nodes-base.switch', 3.2, [1420, 100], lookWhere(), ONCE)
		.node(
			'Names',
			'n8n-nodes-base.set',
			3.4,
			[1660, -120],
			fields(
				assignment(
					'names',
					// A voucher is found with and without the zeros in front of it.
					`={{ ${ASKED}.search.split(/[\\n\\r,]+/).map(name => name.trim().replace(/^0+(?=.)/, '')).filter(Boolean) }}`,
					'array',
				),
			),
			ONCE,
		)
		.node('One by one', 'n8n-nodes-base.splitOut', 1, [1840, -120], {
			fieldToSplitOut: 'names',
			options: { destinationFieldName: 'name' },
		})
		.table(
			'Find events by name',
			[2020, -120],
			selectRows(TABLES.events, {
				any: true,
				where: [
					['gp_key', 'ilike', '=%{{ $json.name }}%'],
					['gp_label', 'ilike', '=%{{ $json.name }}%'],
				],
				newestBy: 'id',
				limit: 500,
			}),
			EVEN_IF_EMPTY,
		)
		.table(
			'Find events by day',
			[2020, 100],
			selectRows(TABLES.events, {
				where: [
					['at', 'gte', `={{ ${since} }}`],
					['at', 'lt', `={{ ${until} }}`],
				],
			}),
			ONCE_EVEN_IF_EMPTY,
		)
		.link('Look where?', 'Names', 0)
		.chain('Names', 'One by one', 'Find events by name', 'Plan requests')
		.link('Look where?', 'Find events by day', 1)
		.link('Find events by day', 'Plan requests')
		.link('Look where?', 'Plan requests', 2);
}

/** By name, by day, or nowhere: the parked table is enough, or GP itself is asked. */
function lookWhere() {
	const rule = (title: string, expression: string) => ({
		...isTrue(`={{ ${expression} }}`),
		options: undefined,
		renameOutput: true,
		outputKey: title,
	});
	const byDay = `${ASKED}.choice === 'handled' || (${ASKED}.choice === 'waiting' && ${ASKED}.use === 'stored')`;
	return {
		mode: 'rules',
		rules: {
			values: [
				rule(
					'By name',
					`${ASKED}.choice === 'records' && ${ASKED}.search.replace(/[\\s,0]/g, '') !== ''`,
				),
				rule('By day', byDay),
			].map(({ options: _options, ...one }) => one),
		},
		options: { fallbackOutput: 'extra', renameFallbackOutput: 'Nowhere' },
	};
}
