import path from 'node:path';
import { LazyPackageDirectoryLoader } from 'n8n-core';
import {
	type ICredentialType,
	type IExecuteFunctions,
	type INodeType,
	type INodeTypeDescription,
	type INodeTypes,
	type IVersionedNodeType,
	NodeHelpers,
} from 'n8n-workflow';

/** Forms, and nodes that can ask back by one: all drag in ES modules that jest cannot load. */
const DESCRIBED_ONLY = ['form', 'formTrigger', 'wait', 'emailSend', 'slack', 'microsoftTeams'].map(
	(name) => `n8n-nodes-base.${name}`,
);
const projectRoot = path.resolve(__dirname, '../..');

interface Manifest {
	name: string;
	n8n: { nodes: string[]; credentials: string[] };
}

/** n8n's own nodes and ours; ours from the sources that stand here, not from dist. */
export class NodePackages implements INodeTypes {
	private constructor(
		private readonly builtIn: LazyPackageDirectoryLoader,
		private readonly ownNodes: Map<string, INodeType | IVersionedNodeType>,
		private readonly ownCredentials: Map<string, ICredentialType>,
	) {}

	static async load(): Promise<NodePackages> {
		const builtIn = new LazyPackageDirectoryLoader(
			path.dirname(require.resolve('n8n-nodes-base/package.json')),
		);
		await builtIn.loadAll();
		const manifest = require(path.join(projectRoot, 'package.json')) as Manifest;
		const nodes = manifest.n8n.nodes.map((file) => {
			const node = instantiate<INodeType>(file);
			return [`${manifest.name}.${node.description.name}`, node] as const;
		});
		const credentials = manifest.n8n.credentials.map((file) => {
			const credential = instantiate<ICredentialType>(file);
			return [credential.name, credential] as const;
		});
		return new NodePackages(builtIn, new Map(nodes), new Map(credentials));
	}

	getByName(type: string): INodeType | IVersionedNodeType {
		const own = this.ownNodes.get(type);
		if (own) return own;
		return this.builtIn.getNode(this.builtInName(type)).type;
	}

	getByNameAndVersion(type: string, version = 1): INodeType {
		if (DESCRIBED_ONLY.includes(type)) return this.describedOnly(type, version);
		return NodeHelpers.getVersionedNodeType(this.getByName(type), version);
	}

	/**
	 * Answers of a form are handed to a run, a page at its end shows nothing here, nobody waits and no
	 * message is sent, so what n8n writes about such nodes in its catalogue is enough.
	 */
	private describedOnly(type: string, version: number): INodeType {
		const name = this.builtInName(type);
		const description = this.builtIn.types.nodes.find(
			(one) => one.name === name && [one.version].flat().includes(version),
		);
		if (!description) throw new Error(`Unknown version ${version} of ${type}`);
		return {
			description: description as INodeTypeDescription,
			async execute(this: IExecuteFunctions) {
				return [this.getInputData()];
			},
		};
	}

	private builtInName(type: string): string {
		const [packageName, name] = type.split('.');
		if (packageName !== 'n8n-nodes-base') throw new Error(`Unknown node type ${type}`);
		return name;
	}

	getKnownTypes() {
		return {};
	}

	credential(name: string): ICredentialType {
		return this.ownCredentials.get(name) ?? this.builtIn.getCredential(name).type;
	}
}

/** `dist/nodes/Procore/Procore.node.js` → an instance of the class in `nodes/Procore/Procore.node.ts`. */
function instantiate<Type>(distFile: string): Type {
	const source = distFile.replace(/^dist\//, '').replace(/\.js$/, '.ts');
	const exported = require(path.join(projectRoot, source)) as Record<string, new () => Type>;
	const className = path.basename(source).split('.')[0];
	return new exported[className]();
}
