import { selectRows } from '../data-table-nodes';
import { ENGINE, EVEN_IF_ABSENT, ONCE, rowsIn } from '../node-parameters';
import { exportReads } from '../dashboard/lanes';
import { readTogether } from '../dashboard/shared';
import type { WorkflowBuilder } from '../workflow-builder';

const WEEK = "$('Last week').first().json";
const READS = exportReads((name) => `={{ ${WEEK}.${name} }}`).map(
	(read) => [`This week: ${read.rows}`, read] as const,
);

/** Nodes of this part that are drawn as one box. */
export const WEEKLY_STEPS = [
	'Last week',
	...READS.map(([name]) => name),
	'This week: all read',
	'Workbook of the week',
];

/**
 * The workbook of the page, mailed to the accountant each Monday after the weekly reconciliation. Both
 * its ends are switched off until somebody switches them on.
 */
export function addWeeklyMail(flow: WorkflowBuilder): void {
	flow
		.node(
			'Every Monday',
			'n8n-nodes-base.scheduleTrigger',
			1.2,
			[0, 1200],
			{
				rule: {
					interval: [{ field: 'weeks', triggerAtDay: [1], triggerAtHour: 7, triggerAtMinute: 30 }],
				},
			},
			{ disabled: true },
		)
		.node('Last week', ENGINE, 1, [240, 1200], { resource: 'report', operation: 'lastWeek' }, ONCE);
	READS.forEach(([name, { table, selection }], index) => {
		flow.table(name, [460, 1200 + index * 40], selectRows(table, selection), EVEN_IF_ABSENT);
	});
	readTogether(
		flow,
		['Last week', 0],
		READS.map(([name]) => name),
		['This week: all read', [800, 1200]],
	);
	const tables = READS.map(([name, { rows }]) => `${rows}: ${rowsIn(name)}`).join(', ');
	flow
		.node(
			'Workbook of the week',
			ENGINE,
			1,
			[1080, 1200],
			{
				resource: 'report',
				operation: 'workbook',
				question: `={{ ${WEEK} }}`,
				tables: `={{ { ${tables} } }}`,
			},
			ONCE,
		)
		.node(
			'Mail to the accountant',
			'n8n-nodes-base.emailSend',
			2.1,
			[1300, 1200],
			{
				fromEmail: 'n8n@example.com',
				toEmail: 'accountant@example.com',
				subject: `=GP to Procore: {{ ${WEEK}.from }} to {{ ${WEEK}.to }}`,
				emailFormat: 'text',
				text: '={{ $json.about }}',
				options: { appendAttribution: false, attachments: 'data' },
			},
			{ disabled: true },
		)
		.chain('Every Monday', 'Last week')
		.chain('This week: all read', 'Workbook of the week', 'Mail to the accountant');
}
