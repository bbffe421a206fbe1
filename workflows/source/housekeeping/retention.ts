import { WAITING_OUTCOMES } from '../../../lib/model/outcome';
import { deleteRows, deleteWhere, readRows, selectRows, upsertRow } from '../data-table-nodes';
import {
	anyOf,
	ENGINE,
	EVEN_IF_EMPTY,
	notEmpty,
	ONCE,
	ONCE_EVEN_IF_EMPTY,
	rows,
	TEXT_IS,
	wholeItem,
} from '../node-parameters';
import { TABLES } from '../../../lib/tables/tables';
import type { WorkflowBuilder } from '../workflow-builder';
import { NIGHT, SETTINGS } from './names';

export function addRetention(flow: WorkflowBuilder): void {
	const before = `={{ ${NIGHT}.remove_before }}`;
	flow.table(
		'Old runs',
		[2480, 100],
		selectRows(TABLES.runs, {
			where: [
				['finished_at', 'lt', before],
				['finished_at', 'isNotEmpty', ''],
				['events_removed_at', 'isEmpty', ''],
			],
			oldestBy: 'id',
			limit: `={{ ${SETTINGS}.runs_a_night }}`,
		}),
		ONCE_EVEN_IF_EMPTY,
	);
	flow.table(
		'Old events',
		[2660, 100],
		readRows(TABLES.events, { run_id: "={{ $json.run_id ?? 'none' }}" }),
		EVEN_IF_EMPTY,
	);
	flow
		.node(
			'Failures',
			'n8n-nodes-base.filter',
			2.2,
			[2840, 100],
			anyOf(
				...WAITING_OUTCOMES.map((outcome): Parameters<typeof anyOf>[0] => [
					'={{ $json.outcome }}',
					TEXT_IS,
					outcome,
				]),
			),
			EVEN_IF_EMPTY,
		)
		.node(
			'Each record once',
			'n8n-nodes-base.removeDuplicates',
			2,
			[3020, 100],
			{
				operation: 'removeDuplicateInputItems',
				compare: 'allFieldsExcept',
				fieldsToExclude: TABLES.events.columns
					.map(({ name }) => name)
					.concat('id', 'createdAt', 'updatedAt')
					.filter((name) => !RECORD.includes(name))
					.join(','),
				options: {},
			},
			EVEN_IF_EMPTY,
		);
	flow.table(
		'Newest event',
		[3200, 100],
		selectRows(TABLES.events, {
			where: RECORD.map((name) => [name, 'eq', `={{ $json.${name} ?? '' }}`]),
			newestBy: 'id',
			limit: 1,
		}),
		EVEN_IF_EMPTY,
	);
	flow.table('Parked', [3380, 100], readRows(TABLES.parked, {}), ONCE_EVEN_IF_EMPTY);
	flow
		.node(
			'What may go',
			ENGINE,
			1,
			[3580, 100],
			{
				resource: 'audit',
				operation: 'retention',
				months: `={{ ${SETTINGS}.months_to_keep }}`,
				runRows: rows('Old runs'),
				eventRows: rows('Old events'),
				parkedRows: rows('Parked'),
				latestRows: rows('Newest event'),
			},
			ONCE,
		)
		.chain(
			'Old runs',
			'Old events',
			'Failures',
			'Each record once',
			'Newest event',
			'Parked',
			'What may go',
			'Any events?',
		);
	const GO = "$('What may go').first().json";
	const step = (
		y: number,
		[question, field, split, name]: [string, string, string, string],
		parameters: Record<string, unknown>,
		next: string | null,
		x: number,
	) => {
		flow
			.node(question, 'n8n-nodes-base.if', 2.2, [x, 100], notEmpty(`={{ ${GO}.${field} }}`), ONCE)
			.node(
				`List: ${split}`,
				'n8n-nodes-base.set',
				3.4,
				[x + 180, y],
				wholeItem(`={{ { ${field}: ${GO}.${field} } }}`),
				ONCE,
			)
			.node(split, 'n8n-nodes-base.splitOut', 1, [x + 340, y], {
				fieldToSplitOut: field,
				options: {},
			});
		flow.table(name, [x + 500, y], parameters, EVEN_IF_EMPTY);
		flow.link(question, `List: ${split}`, 0).chain(`List: ${split}`, split, name);
		if (next) flow.link(question, next, 1).link(name, next);
	};
	step(
		-20,
		['Any events?', 'ranges', 'Old events to go', 'Remove events'],
		deleteWhere(TABLES.events, [
			['run_id', 'eq', '={{ $json.run_id }}'],
			['id', 'gt', '={{ $json.after }}'],
			['id', 'lt', '={{ $json.before }}'],
		]),
		'Any runs?',
		3780,
	);
	step(
		-20,
		['Any runs?', 'marked', 'Runs without events', 'Mark runs'],
		upsertRow(TABLES.runs, { run_id: '={{ $json.run_id }}' }, 'fromItem'),
		'Any empty runs?',
		4480,
	);
	step(
		-20,
		['Any empty runs?', 'emptyRuns', 'Runs that did nothing', 'Remove runs'],
		deleteRows(TABLES.runs, { run_id: '={{ $json.run_id }}' }),
		null,
		5180,
	);
}

/** Columns that name a record. */
const RECORD = ['entity', 'gp_company', 'gp_key'];
