import {
	type ICredentialDataDecryptedObject,
	type ICredentials,
	ICredentialsHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeProperties,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
	NodeHelpers,
	Workflow,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import type { NodePackages } from './node-packages';

/** Credential type → what a person filled in. OAuth tokens that are fetched are kept here, as n8n keeps them. */
export type CredentialValues = Record<string, ICredentialDataDecryptedObject>;

/** Credentials as n8n hands them to a node: defaults filled in and expressions on `$self` resolved. */
export class TestCredentials extends ICredentialsHelper {
	constructor(
		private readonly packages: NodePackages,
		private readonly values: CredentialValues,
	) {
		super();
	}

	has(type: string): boolean {
		return type in this.values;
	}

	getParentTypes(name: string): string[] {
		const parents = this.packages.credential(name).extends ?? [];
		return parents.flatMap((parent) => [parent, ...this.getParentTypes(parent)]);
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		const { extends: parents, properties } = this.packages.credential(type);
		if (!parents) return properties;
		const combined: INodeProperties[] = [];
		for (const parent of parents) {
			NodeHelpers.mergeNodeProperties(combined, this.getCredentialsProperties(parent));
		}
		NodeHelpers.mergeNodeProperties(combined, properties);
		return combined;
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_details: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
	): Promise<ICredentialDataDecryptedObject> {
		const given = this.values[type] ?? {};
		const filled = NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(type),
			given as never,
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
		if (given.oauthTokenData !== undefined) filled.oauthTokenData = given.oauthTokenData;
		const workflow = new Workflow({
			nodes: [MOCK_NODE],
			connections: {},
			active: false,
			nodeTypes: MOCK_TYPES,
		});
		return workflow.expression.getComplexParameterValue(
			MOCK_NODE,
			filled as never,
			mode,
			{},
			undefined,
			undefined,
			filled as never,
		) as unknown as ICredentialDataDecryptedObject;
	}

	async updateCredentialsOauthTokenData(
		_details: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.values[type] = { ...this.values[type], oauthTokenData: data.oauthTokenData };
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		type: string,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.packages.credential(type);
		if (typeof authenticate === 'function') return await authenticate(credentials, request);
		if (authenticate) throw new Error('Declarative authentication is not part of this harness.');
		return request;
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('Stored credentials are not part of this harness.');
	}

	async updateCredentials(): Promise<void> {}
}

const MOCK_NODE: INode = {
	id: 'credential',
	name: 'credential',
	type: 'credential',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const MOCK_TYPES = {
	getByName: () => ({ description: { properties: [] } }),
	getByNameAndVersion: () => ({ description: { properties: [] } }),
	getKnownTypes: () => ({}),
} as unknown as INodeTypes;
