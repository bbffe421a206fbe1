import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { chosenOperation, runPerItem } from '../../shared/operations';
import { toNodeError } from '../../shared/to-node-error';
import { noteLogin, refuseRemembered } from '../transport/rejected-logins';
import { openGpConnection, type GpConnection } from '../transport/gp-connection';
import type { GpResource } from './operation';
import { records } from './record.resource';
import { service } from './service.resource';

const RESOURCES: Record<string, GpResource> = { ...records, service };

/** Runs the operation a node has chosen for each item, over one connection to GP. */
export async function runGpOperation(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const { execute } = chosenOperation(context, RESOURCES);
	const credential = await context.getCredentials('dynamicsGpApi');
	const stored = context.getWorkflowStaticData('global');
	if (!startedByPerson(context)) refuseRemembered(context.getNode(), credential, stored);
	const connection = await connect(context);
	try {
		return [
			await runPerItem.call(context, async (itemIndex) => {
				try {
					const items = await execute.call(context, connection, itemIndex);
					noteLogin(credential, null, stored);
					return items;
				} catch (error) {
					noteLogin(credential, error, stored);
					throw toNodeError(context.getNode(), error, itemIndex);
				}
			}),
		];
	} finally {
		connection.close();
	}
}

/** Executions n8n begins by itself; a called workflow may be told who began it. */
const BY_ITSELF = ['trigger', 'integrated', 'error', 'internal'];

/** A person may try a refused login again; the clock may not. */
function startedByPerson(context: IExecuteFunctions): boolean {
	const told = String(context.getNodeParameter('options.startedBy', 0, '') ?? '').trim();
	return told === '' ? !BY_ITSELF.includes(context.getMode()) : told !== 'schedule';
}

async function connect(context: IExecuteFunctions): Promise<GpConnection> {
	try {
		return await openGpConnection.call(context);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}
