import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { chosenOperation, runPerItem } from '../../shared/operations';
import { noteLogin, refuseRemembered } from '../transport/rejected-logins';
import { openGpConnection, type GpConnection } from '../transport/gp-connection';
import type { GpResource } from './operation';
import { records } from './record.resource';
import { service } from './service.resource';

const RESOURCES: Record<string, GpResource> = { ...records, service };

/** Runs the operation a node has chosen for each item, over the connection its options ask for. */
export async function runGpOperation(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const { execute } = chosenOperation(context, RESOURCES);
	const credential = await context.getCredentials('dynamicsGpApi');
	const stored = context.getWorkflowStaticData('global');
	if (!startedByPerson(context)) refuseRemembered(context.getNode(), credential, stored);
	const connections = new Map<string, GpConnection>();
	try {
		return [
			await runPerItem.call(context, async (itemIndex) => {
				const work = async () => {
					const connection = await connectionOf(context, connections, itemIndex);
					return await execute.call(context, connection, itemIndex);
				};
				const items = await work().catch(async (error: unknown) => {
					noteLogin(credential, error, stored);
					return await Promise.reject(error);
				});
				noteLogin(credential, null, stored);
				return items;
			}),
		];
	} finally {
		for (const connection of connections.values()) connection.close();
	}
}

/** Executions n8n begins by itself; a called workflow may be told who began it. */
const BY_ITSELF = ['trigger', 'integrated', 'error', 'internal'];

/** A person may try a refused login again; the clock may not. */
function startedByPerson(context: IExecuteFunctions): boolean {
	const told = String(context.getNodeParameter('options.startedBy', 0, '') ?? '').trim();
	return told === '' ? !BY_ITSELF.includes(context.getMode()) : told !== 'schedule';
}

/** One connection for all items with the same options; most often there is one in all. */
async function connectionOf(
	context: IExecuteFunctions,
	connections: Map<string, GpConnection>,
	itemIndex: number,
): Promise<GpConnection> {
	const key = JSON.stringify(context.getNodeParameter('options', itemIndex, {}));
	const connection = connections.get(key) ?? (await openGpConnection.call(context, itemIndex));
	connections.set(key, connection);
	return connection;
}
