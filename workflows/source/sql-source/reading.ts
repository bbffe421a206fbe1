import type { WorkflowBuilder } from '../workflow-builder';

export const SQL_SOURCE_ID = 'gpp-sql-source';
/** The node that reads; its type is n8n's own, and another database's node takes the same parameters. */
export const SQL_NODE = 'Microsoft SQL';
const ENGINE = 'n8n-nodes-dynamics-gp-procore.gpToProcoreEngine';

/** A request comes in, is turned into one parameterised statement, and is answered with its rows. */
export function addReading(flow: WorkflowBuilder): void {
	flow
		.node('Rows wanted', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, [0, 0], {
			inputSource: 'passthrough',
		})
		.node('Write SQL', ENGINE, 1, [220, 0], { resource: 'rowSource', operation: 'writeSql' })
		.node(
			SQL_NODE,
			'n8n-nodes-base.microsoftSql',
			1.1,
			[440, 0],
			{
				operation: 'executeQuery',
				query: '{{ $json.query }}',
				options: { queryReplacement: '={{ $json.parameters }}' },
			},
			// Without it an answer of no rows would end the workflow before it is given.
			{ alwaysOutputData: true },
		)
		.node('Answer', ENGINE, 1, [660, 0], {
			resource: 'rowSource',
			operation: 'answer',
			request: "={{ $('Write SQL').first().json.request }}",
		})
		.chain('Rows wanted', 'Write SQL', SQL_NODE, 'Answer');
}
