import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { runPerItem } from '../../shared/run-per-item';
import { toNodeError } from '../../shared/to-node-error';
import { noteLogin, refuseRemembered } from '../transport/rejected-logins';
import { openGpConnection, type GpConnection } from '../transport/gp-connection';
import type { GpOperation } from './operation.types';
import * as findDeleted from './record/findDeleted.operation';
import * as get from './record/get.operation';
import * as getAll from './record/getAll.operation';
import * as getChanges from './record/getChanges.operation';
import * as discover from './service/discover.operation';
import * as request from './service/request.operation';
import * as survey from './service/survey.operation';

const RECORD_OPERATIONS: Record<string, GpOperation> = {
	findDeleted: findDeleted.execute,
	get: get.execute,
	getAll: getAll.execute,
	getChanges: getChanges.execute,
};

const SERVICE_OPERATIONS: Record<string, GpOperation> = {
	discover: discover.execute,
	request: request.execute,
	survey: survey.execute,
};

export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const resource = this.getNodeParameter('resource', 0);
	const name = this.getNodeParameter('operation', 0);
	const operation = (resource === 'service' ? SERVICE_OPERATIONS : RECORD_OPERATIONS)[name];
	if (!operation) {
		throw new NodeOperationError(this.getNode(), `There is no operation '${name}' here`);
	}
	const credential = await this.getCredentials('dynamicsGpApi');
	const stored = this.getWorkflowStaticData('global');
	if (!startedByPerson(this)) refuseRemembered(this.getNode(), credential, stored);
	const connection = await connect.call(this);
	try {
		return [
			await runPerItem.call(this, async (itemIndex) => {
				try {
					const items = await operation.call(this, connection, itemIndex);
					noteLogin(credential, null, stored);
					return items;
				} catch (error) {
					noteLogin(credential, error, stored);
					throw toNodeError(this.getNode(), error, itemIndex);
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

async function connect(this: IExecuteFunctions): Promise<GpConnection> {
	try {
		return await openGpConnection.call(this);
	} catch (error) {
		throw toNodeError(this.getNode(), error);
	}
}
