import 'reflect-metadata';
import { PollContext } from 'n8n-core';
import { NodeConnectionTypes, Workflow } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeParameters,
	IPollFunctions,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { DynamicsGpTrigger } from '../../../nodes/DynamicsGp/DynamicsGpTrigger.node';

export interface Poller {
	/** The items of one poll as plain JSON; null when it is quiet. */
	poll(mode?: 'manual' | 'trigger'): Promise<IDataObject[] | null>;
	/** What n8n would save with the workflow. */
	saved(): IDataObject;
	set(parameters: INodeParameters): void;
}

let count = 0;

/** The trigger in an active workflow, polled through n8n's own context. */
export function createPoller(
	credential: ICredentialDataDecryptedObject,
	parameters: INodeParameters,
	staticData: IDataObject = {},
): Poller {
	const node = {
		id: `trigger-${++count}`,
		name: 'GP',
		type: 'dynamicsGpTrigger',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: { options: { pauseMs: 0 }, ...parameters },
		credentials: { dynamicsGpApi: { id: 'gp', name: 'GP' } },
	};
	const type = new DynamicsGpTrigger();
	const workflow = new Workflow({
		id: 'workflow',
		nodes: [node],
		connections: {},
		active: true,
		staticData,
		nodeTypes: {
			getByName: () => type,
			getByNameAndVersion: () => type,
			getKnownTypes: () => ({}),
		},
	});
	const additionalData = {
		credentialsHelper: {
			getParentTypes: () => [],
			getDecrypted: async () => ({ ...credential }),
			isCredentialUsableByNode: () => true,
		},
		restApiUrl: 'http://localhost/rest',
		instanceBaseUrl: 'http://localhost/',
		formWaitingBaseUrl: 'http://localhost/form-waiting',
		webhookBaseUrl: 'http://localhost/webhook',
		webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
		webhookTestBaseUrl: 'http://localhost/webhook-test',
	} as unknown as IWorkflowExecuteAdditionalData;
	return {
		async poll(mode = 'trigger') {
			const context = new PollContext(
				workflow,
				workflow.getNode('GP')!,
				additionalData,
				mode,
				'activate',
			) as unknown as IPollFunctions;
			const outputs = await type.poll.call(context);
			if (outputs === null) return null;
			expect(outputs).toHaveLength([NodeConnectionTypes.Main].length);
			return outputs[0].map(({ json }) => json);
		},
		saved: () => JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject,
		set(change) {
			Object.assign(workflow.getNode('GP')!.parameters, change);
		},
	};
}
